// Clears the memories of a core after a reset. Each memory is written with zeros, an address a cycle; SYNAPSE, AXON, KEYMAP,
// RING and ROUTE at `address_o`, all at once, and those of the neuron engine one after the other beside them. Handshake:
// `busy_o` begins with the reset; accesses of the neuron engine are valid/ready. Latency: as many cycles as the largest
// memory has addresses.
module engram_clear #(
  parameter int Addresses = 16384,  // of the largest memory, a power of two, more than the neuron engine's have together
  parameter int AddressBits = $clog2(Addresses)
) (
  input  logic                   clk_i,
  input  logic                   rst_ni,
  output logic                   busy_o,
  output logic [AddressBits-1:0] address_o,
  output logic                   neuron_valid_o,
  input  logic                   neuron_ready_i,
  output logic [3:0]             neuron_memory_o,
  output logic [19:0]            neuron_address_o
);

  logic                   busy_q, neuron_q;
  logic [AddressBits-1:0] address_q;
  logic [3:0]             memory_q;
  logic [19:0]            part_q;
  logic [20:0]            parts;

  engram_memory_parts u_parts (.memory_i(memory_q), .parts_o(parts));

  assign busy_o = busy_q;
  assign address_o = address_q;
  assign neuron_valid_o = busy_q && neuron_q;
  assign neuron_memory_o = memory_q;
  assign neuron_address_o = part_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      busy_q <= 1'b1;
      address_q <= '0;
      neuron_q <= 1'b1;
      memory_q <= engram_pkg::MemProgram;
      part_q <= '0;
    end else if (busy_q) begin
      address_q <= address_q + 1'b1;
      if (address_q == '1) busy_q <= 1'b0;
      if (neuron_valid_o && neuron_ready_i) begin
        part_q <= part_q + 20'd1;
        if ({1'b0, part_q} + 21'd1 == parts) begin
          part_q <= '0;
          unique case (memory_q)
            engram_pkg::MemProgram:  memory_q <= engram_pkg::MemState;
            engram_pkg::MemState:    memory_q <= engram_pkg::MemConstant;
            engram_pkg::MemConstant: memory_q <= engram_pkg::MemSegment;
            default:                 neuron_q <= 1'b0;
          endcase
        end
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (rst_ni) assert (busy_q || !neuron_q);
  end

endmodule
