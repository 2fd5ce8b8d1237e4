// The accumulator ring: sums for each slot, neuron and port, in a bank for each lane (neuron mod lanes). Handshake: adds
// enter in a cycle in which `add_ready_o` is high, at most one a bank; it is low while a take or an access by the control
// network is served, which need not wait. Throughput: an add a bank and cycle, whatever the addresses. `sums_o` and
// `ctrl_data_o` follow by one cycle.
module engram_ring #(
  parameter int Neurons = 256,
  parameter int Slots = 16,
  parameter int Ports = 4,
  parameter int Bits = 24,  // of a sum
  parameter int Lanes = 8,
  parameter int RowBits = $clog2(Neurons / Lanes),
  parameter int SlotBits = $clog2(Slots),
  parameter int PortBits = $clog2(Ports),
  parameter int AddressBits = $clog2(Slots * Neurons * Ports)
) (
  input  logic                       clk_i,
  input  logic                       rst_ni,
  // Lane b adds to the neuron {row, b}.
  input  logic [Lanes-1:0]           add_valid_i,
  output logic                       add_ready_o,
  input  logic [Lanes*RowBits-1:0]   add_row_i,
  input  logic [Lanes*SlotBits-1:0]  add_slot_i,
  input  logic [Lanes*PortBits-1:0]  add_port_i,
  input  logic [Lanes*Bits-1:0]      add_value_i,
  // Takes the sums of a neuron and clears them.
  input  logic                       take_valid_i,
  input  logic [$clog2(Neurons)-1:0] take_neuron_i,
  input  logic [SlotBits-1:0]        take_slot_i,
  output logic [Ports*Bits-1:0]      sums_o,
  // One sum, {slot, neuron, port}; not in the cycle of a take.
  input  logic                       ctrl_valid_i,
  input  logic                       ctrl_write_i,
  input  logic [AddressBits-1:0]     ctrl_address_i,
  input  logic [Bits-1:0]            ctrl_data_i,
  output logic [Bits-1:0]            ctrl_data_o
);

  localparam int LaneBits = $clog2(Lanes);

  logic [SlotBits-1:0] ctrl_slot;
  logic [RowBits-1:0]  ctrl_row, take_row;
  logic [LaneBits-1:0] ctrl_bank, take_bank, bank_q;
  logic [PortBits-1:0] ctrl_port, port_q;
  logic [Lanes*Ports*Bits-1:0] words;

  assign {ctrl_slot, ctrl_row, ctrl_bank, ctrl_port} = ctrl_address_i;
  assign {take_row, take_bank} = take_neuron_i;
  assign add_ready_o = !take_valid_i && !ctrl_valid_i;

  for (genvar b = 0; b < Lanes; b++) begin : g_bank
    logic                        valid;
    logic [1:0]                  kind;
    logic [SlotBits+RowBits-1:0] address;
    logic [PortBits-1:0]         port;
    logic [Bits-1:0]             value;

    always_comb begin
      valid = add_valid_i[b];
      kind = 2'd0;
      address = {add_slot_i[SlotBits*b +: SlotBits], add_row_i[RowBits*b +: RowBits]};
      port = add_port_i[PortBits*b +: PortBits];
      value = add_value_i[Bits*b +: Bits];
      if (take_valid_i) begin
        valid = take_bank == LaneBits'(b);
        kind = 2'd1;
        address = {take_slot_i, take_row};
      end else if (ctrl_valid_i) begin
        valid = ctrl_bank == LaneBits'(b);
        kind = ctrl_write_i ? 2'd2 : 2'd3;
        address = {ctrl_slot, ctrl_row};
        port = ctrl_port;
        value = ctrl_data_i;
      end
    end

    engram_ring_bank #(.Words(Slots * Neurons / Lanes), .Ports(Ports), .Bits(Bits)) u_bank (
      .clk_i(clk_i), .rst_ni(rst_ni), .valid_i(valid), .kind_i(kind), .address_i(address), .port_i(port),
      .value_i(value), .word_o(words[Ports*Bits*b +: Ports*Bits])
    );
  end

  always_ff @(posedge clk_i) begin
    if (take_valid_i || ctrl_valid_i) begin
      bank_q <= take_valid_i ? take_bank : ctrl_bank;
      port_q <= ctrl_port;
    end
  end

  assign sums_o = words[Ports*Bits*bank_q +: Ports*Bits];
  assign ctrl_data_o = sums_o[Bits*port_q +: Bits];

  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      assert (!take_valid_i || !ctrl_valid_i);
      // What arrives in a step is for later ones, once its sums are being taken.
      for (int b = 0; b < Lanes; b++)
        assert (!take_valid_i || !add_valid_i[b] || add_slot_i[SlotBits*b +: SlotBits] != take_slot_i);
    end
  end

  // What tests have to reach: adds that wait, and all lanes at once.
  always_ff @(posedge clk_i) begin
    cover (rst_ni && add_valid_i != '0 && take_valid_i);
    cover (rst_ni && add_valid_i == '1 && add_ready_o);
  end

endmodule
