// The neuron engine ends each step, whatever its memories hold, takes each neuron's sums once, and a spike stays until it is
// taken. Memories, ALU and random numbers are replaced by all that keep their promises: data that stay until the next read,
// an answer within two cycles, one less than rtl/formal/alu.sv proves, a number that comes once.
module engram_ram #(
  parameter int Depth = 64,
  parameter int Width = 32
) (
  input  logic                     clk_i,
  input  logic                     write_i,
  input  logic [$clog2(Depth)-1:0] waddr_i,
  input  logic [Width-1:0]         wdata_i,
  input  logic                     read_i,
  input  logic [$clog2(Depth)-1:0] raddr_i,
  output logic [Width-1:0]         rdata_o
);
  (* anyseq *) logic [Width-1:0] word;
  logic [Width-1:0] rdata_q;
  always_ff @(posedge clk_i) if (read_i) rdata_q <= word;
  assign rdata_o = rdata_q;
`ifndef NEURON_ENGINE_LONG_SEGMENTS
  // Segments of one neuron: word 0 of a segment, of which only the segments' memory has 16.
  always_comb if (Depth == 16) assume (word[23:16] == 8'd0);
`endif
endmodule

module engram_alu (
  input  logic        clk_i,
  input  logic        rst_ni,
  input  logic        start_i,
  input  logic [5:0]  opcode_i,
  input  logic [1:0]  rounding_i,
  input  logic [5:0]  width_i,
  input  logic        signed_i,
  input  logic [6:0]  shift_i,
  input  logic [5:0]  align_i,
  input  logic [2:0]  imm_i,
  input  logic [32:0] a_i,
  input  logic [32:0] b_i,
  input  logic [32:0] c_i,
  input  logic [31:0] random_i,
  output logic        done_o,
  output logic [32:0] result_o,
  output logic        saturated_o
);
  (* anyseq *) logic        ready;
  (* anyseq *) logic [32:0] result;
  logic [1:0] waited_q;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) waited_q <= 2'd0;
    else waited_q <= start_i && !done_o ? waited_q + 2'd1 : 2'd0;
  end
`ifdef NEURON_ENGINE_ALU_HANGS
  assign done_o = start_i && ready;
`else
  assign done_o = start_i && (ready || waited_q == 2'd1);
`endif
  assign result_o = result;
  assign saturated_o = 1'b0;
endmodule

module engram_philox (
  input  logic         clk_i,
  input  logic         rst_ni,
  input  logic         start_i,
  input  logic [63:0]  key_i,
  input  logic [127:0] counter_i,
  output logic         done_o,
  output logic [31:0]  word_o
);
  (* anyseq *) logic [31:0] word;
  logic started_q;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) started_q <= 1'b0;
    else started_q <= start_i;
  end
  assign done_o = started_q;
  assign word_o = word;
endmodule

module neuron_engine (
  input logic        clk_i,
  input logic        start_i,
  input logic [31:0] step_i,
  input logic        enable_i,
  input logic [95:0] sums_i,
  input logic        ready_i
);

  logic rst_n = 1'b0;
  always_ff @(posedge clk_i) rst_n <= 1'b1;

  logic        idle, done, take, spike_valid;
  logic [5:0]  take_neuron;
  logic [3:0]  take_slot;
  logic [31:0] key;
  logic [23:0] payload;

  engram_neuron_engine #(
    .Neurons(64), .Slots(16), .StateWords(2), .Instructions(2), .Constants(2), .Segments(2)
  ) dut (
    .clk_i, .rst_ni(rst_n), .start_i, .step_i, .enable_i, .seed_i(64'd0), .idle_o(idle), .done_o(done),
    .take_valid_o(take), .take_neuron_o(take_neuron), .take_slot_o(take_slot), .take_sums_i(sums_i),
    .spike_valid_o(spike_valid), .spike_ready_i(ready_i), .spike_key_o(key), .spike_payload_o(payload),
    .ctrl_valid_i(1'b0), .ctrl_ready_o(), .ctrl_write_i(1'b0), .ctrl_memory_i(4'd0), .ctrl_address_i(20'd0),
    .ctrl_wdata_i(32'd0), .ctrl_rdata_o(), .saturated_o(), .illegal_o(), .illegal_pc_o()
  );

  // A step starts at once and when the one before is done; spikes wait for at most two cycles.
  logic [1:0] refused = '0;
  logic [6:0] cycles = '0;
  logic [3:0] takes = '0;
  always_comb begin
    assume (start_i == (rst_n && idle));
    if (!rst_n) assume (!start_i);
`ifndef NEURON_ENGINE_NEVER_READY
    if (refused == 2'd1) assume (ready_i);
`endif
  end
  always_ff @(posedge clk_i) begin
    refused <= spike_valid && !ready_i ? 2'd1 : 2'd0;
    cycles <= idle || done ? 7'd0 : cycles + 7'd1;
    takes <= idle ? 4'd0 : takes + {3'd0, take};
    if (rst_n) begin
      // 2 segments of 8 cycles and a neuron of 2 instructions of 2 cycles, and the end of the step
      assert (cycles <= 7'd27);
      assert (takes <= 4'd2);
    end
  end

endmodule
