// A core: delivery of spikes to the accumulator ring, crossbar, neuron engine, registers. Handshakes: spikes, control flits and
// replies are valid/ready. A pulse of `update_start_i`, with the step, converts what the crossbar has and then runs the programs
// of all neurons; `idle_o` is high when nothing is left to do. `consumed_o` counts the flits that were taken in a cycle: what
// they cause keeps the core from being idle. After a reset the core clears its memories and takes nothing meanwhile.
module engram_core (
  input  logic                                 clk_i,
  input  logic                                 rst_ni,
  input  logic [engram_pkg::CtrlPlaceBits-1:0] x_i,  // constant
  input  logic [engram_pkg::CtrlPlaceBits-1:0] y_i,
  input  logic                                 spike_in_valid_i,
  output logic                                 spike_in_ready_o,
  input  logic [31:0]                          spike_in_key_i,
  input  logic [23:0]                          spike_in_payload_i,
  output logic                                 spike_out_valid_o,
  input  logic                                 spike_out_ready_i,
  output logic [31:0]                          spike_out_key_o,
  output logic [23:0]                          spike_out_payload_o,
  input  logic                                 ctrl_in_valid_i,
  output logic                                 ctrl_in_ready_o,
  input  logic [1:0]                           ctrl_in_kind_i,
  input  logic [63:0]                          ctrl_in_data_i,
  output logic                                 ctrl_out_valid_o,
  input  logic                                 ctrl_out_ready_i,
  output logic [63:0]                          ctrl_out_data_o,
  input  logic                                 update_start_i,
  input  logic [31:0]                          step_i,  // changes only while all cores are idle
  output logic                                 idle_o,
  output logic [1:0]                           consumed_o,
  // The router's table and what it reports
  output logic                                 route_write_o,
  output logic                                 route_read_o,
  output logic [$clog2(engram_chip_pkg::RouteEntries)-1:0] route_entry_o,
  output logic [1:0]                           route_part_o,
  output logic [31:0]                          route_wdata_o,
  input  logic [31:0]                          route_rdata_i,
  input  logic                                 unrouted_i,
  input  logic                                 parity_i,
  input  logic [31:0]                          error_key_i
);

  localparam int NeuronBits = $clog2(engram_chip_pkg::Neurons);
  localparam int SlotBits = $clog2(engram_chip_pkg::Slots);
  localparam int SumBits = engram_chip_pkg::Ports * engram_chip_pkg::AccumulatorBits;
  localparam int RouteEntryBits = $clog2(engram_chip_pkg::RouteEntries);
  localparam int RowAddressBits = $clog2(engram_chip_pkg::SynapseWords) + 2;
  localparam int DeliveryAddressBits = RowAddressBits > 17 ? RowAddressBits : 17;
  localparam int RingParts = engram_chip_pkg::Slots * engram_chip_pkg::Neurons * engram_chip_pkg::Ports;
  localparam int ClearAddresses =
      RingParts > engram_chip_pkg::SynapseWords ? RingParts : engram_chip_pkg::SynapseWords;
  localparam int ClearBits = $clog2(ClearAddresses);

  logic                  take_valid, write, delivery_valid, delivery_flip, delivery_ack, neuron_valid, neuron_ready;
  logic [NeuronBits-1:0] take_neuron;
  logic [SlotBits-1:0]   take_slot;
  logic [SumBits-1:0]    sums;
  logic [3:0]            memory, sops, error_cause;
  logic [19:0]           address;
  logic [31:0]           wdata, delivery_rdata, neuron_rdata, error_address;
  logic [71:0]           mask;
  logic                  route_valid, enable, delivery_idle, regs_idle, neuron_idle, spike_in, row, stall, no_key, saturated,
                         illegal, delivery_error, unused_done;
  logic [63:0]           seed;
  logic [7:0]            illegal_pc;
  logic [1:0]            corrected, double_errors;
  logic                  pending, converting, waits_q, neuron_start, drive, xbar_busy;
  logic [3:0]            codes;

  // Clearing

  logic                 clear, clear_neuron, regs_ready;
  logic [ClearBits-1:0] clear_address;
  logic [3:0]           clear_memory;
  logic [19:0]          clear_part;

  engram_clear #(.Addresses(ClearAddresses)) u_clear (
    .clk_i(clk_i), .rst_ni(rst_ni), .busy_o(clear), .address_o(clear_address), .neuron_valid_o(clear_neuron),
    .neuron_ready_i(neuron_ready), .neuron_memory_o(clear_memory), .neuron_address_o(clear_part)
  );

  assign ctrl_in_ready_o = regs_ready && !clear;
  assign idle_o = delivery_idle && regs_idle && neuron_idle && !waits_q && !clear;
  assign consumed_o = {1'b0, spike_in} + {1'b0, ctrl_in_valid_i && ctrl_in_ready_o};
  assign route_write_o = clear ? clear_address < ClearBits'(4 * engram_chip_pkg::RouteEntries) : route_valid && write;
  assign route_read_o = route_valid && !write;
  assign route_entry_o = clear ? clear_address[RouteEntryBits+1:2] : address[RouteEntryBits+1:2];
  assign route_part_o = clear ? clear_address[1:0] : address[1:0];
  assign route_wdata_o = clear ? '0 : wdata;

  // Neurons run when the crossbar has converted.

  assign neuron_start = waits_q ? !converting : update_start_i && !pending;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) waits_q <= 1'b0;
    else waits_q <= waits_q ? converting : update_start_i && pending;
  end

  engram_delivery #(
    .Neurons(engram_chip_pkg::Neurons), .Slots(engram_chip_pkg::Slots), .Ports(engram_chip_pkg::Ports),
    .Bits(engram_chip_pkg::AccumulatorBits), .SynapseWords(engram_chip_pkg::SynapseWords),
    .Axons(engram_chip_pkg::Axons), .KeyEntries(engram_chip_pkg::KeyEntries),
    .Crossbars(engram_chip_pkg::Crossbars)
  ) u_delivery (
    .clk_i(clk_i), .rst_ni(rst_ni), .step_i(step_i), .seed_i(seed), .update_i(update_start_i), .pending_o(pending),
    .converting_o(converting), .idle_o(delivery_idle),
    .spike_valid_i(spike_in_valid_i), .spike_ready_o(spike_in_ready_o), .spike_key_i(spike_in_key_i),
    .spike_payload_i(spike_in_payload_i), .take_valid_i(take_valid), .take_neuron_i(take_neuron),
    .take_slot_i(take_slot), .sums_o(sums), .clear_i(clear), .clear_address_i(RowAddressBits'(clear_address)),
    .ctrl_valid_i(delivery_valid), .ctrl_write_i(write),
    .ctrl_flip_i(delivery_flip), .ctrl_memory_i(memory), .ctrl_address_i(address[DeliveryAddressBits-1:0]),
    .ctrl_wdata_i(wdata), .ctrl_mask_i(mask), .ctrl_ack_o(delivery_ack), .ctrl_rdata_o(delivery_rdata),
    .spike_o(spike_in), .no_key_o(no_key), .row_o(row), .sops_o(sops), .stall_o(stall), .drive_o(drive), .codes_o(codes),
    .xbar_busy_o(xbar_busy), .corrected_o(corrected),
    .double_o(double_errors), .error_o(delivery_error), .error_cause_o(error_cause), .error_address_o(error_address)
  );

  engram_neuron_engine #(
    .Neurons(engram_chip_pkg::Neurons), .Slots(engram_chip_pkg::Slots), .StateWords(engram_chip_pkg::StateWords),
    .Instructions(engram_chip_pkg::Instructions), .Constants(engram_chip_pkg::Constants),
    .Segments(engram_chip_pkg::Segments)
  ) u_neurons (
    .clk_i(clk_i), .rst_ni(rst_ni), .start_i(neuron_start), .step_i(step_i), .enable_i(enable), .seed_i(seed),
    .idle_o(neuron_idle), .done_o(unused_done), .take_valid_o(take_valid), .take_neuron_o(take_neuron), .take_slot_o(take_slot),
    .take_sums_i(sums), .spike_valid_o(spike_out_valid_o), .spike_ready_i(spike_out_ready_i),
    .spike_key_o(spike_out_key_o), .spike_payload_o(spike_out_payload_o),
    .ctrl_valid_i(clear ? clear_neuron : neuron_valid), .ctrl_ready_o(neuron_ready), .ctrl_write_i(clear || write),
    .ctrl_memory_i(clear ? clear_memory : memory), .ctrl_address_i(clear ? clear_part : address),
    .ctrl_wdata_i(clear ? '0 : wdata), .ctrl_rdata_o(neuron_rdata), .saturated_o(saturated), .illegal_o(illegal),
    .illegal_pc_o(illegal_pc)
  );

  engram_core_regs u_regs (
    .clk_i(clk_i), .rst_ni(rst_ni), .x_i(x_i), .y_i(y_i), .idle_o(regs_idle), .in_valid_i(ctrl_in_valid_i && !clear),
    .in_ready_o(regs_ready), .in_kind_i(ctrl_in_kind_i), .in_data_i(ctrl_in_data_i),
    .out_valid_o(ctrl_out_valid_o), .out_ready_i(ctrl_out_ready_i), .out_data_o(ctrl_out_data_o), .write_o(write),
    .memory_o(memory), .address_o(address), .wdata_o(wdata), .delivery_valid_o(delivery_valid),
    .delivery_flip_o(delivery_flip), .delivery_mask_o(mask), .delivery_ack_i(delivery_ack),
    .delivery_rdata_i(delivery_rdata), .neuron_valid_o(neuron_valid), .neuron_ready_i(neuron_ready),
    .neuron_rdata_i(neuron_rdata), .route_valid_o(route_valid), .route_rdata_i(route_rdata_i), .enable_o(enable),
    .seed_o(seed), .spike_in_i(spike_in), .spike_out_i(spike_out_valid_o && spike_out_ready_i), .row_i(row),
    .sops_i(sops), .stall_i(stall), .codes_i(codes), .drive_i(drive), .xbar_busy_i(xbar_busy),
    .updating_i(!neuron_idle), .corrected_i(corrected), .double_i(double_errors),
    .saturated_i(saturated), .parity_i(parity_i), .unrouted_i(unrouted_i), .router_key_i(error_key_i),
    .no_key_i(no_key), .no_key_key_i(spike_in_key_i), .illegal_i(illegal), .illegal_pc_i(illegal_pc),
    .error_i(delivery_error), .error_cause_i(error_cause), .error_address_i(error_address)
  );

endmodule
