// A tile: a router and the core at its local port. Channels of the four links are numbered as in engram_router, 2 * port +
// virtual channel with ports 0 E, 1 N, 2 W, 3 S; handshake valid/ready. At (0,0) the W channels are those of the host.
module engram_tile #(
  parameter int Columns = 4,
  parameter int Rows = 4,
  parameter logic [4:0] Links = 5'b11111  // ports of the router that lead anywhere, a bit each
) (
  input  logic                                 clk_i,
  input  logic                                 rst_ni,
  input  logic [engram_pkg::CtrlPlaceBits-1:0] x_i,  // constant
  input  logic [engram_pkg::CtrlPlaceBits-1:0] y_i,
  input  logic [7:0]                           in_valid_i,
  output logic [7:0]                           in_ready_o,
  input  logic [8*engram_pkg::FlitBits-1:0]    in_flit_i,
  output logic [7:0]                           out_valid_o,
  input  logic [7:0]                           out_ready_i,
  output logic [8*engram_pkg::FlitBits-1:0]    out_flit_o,
  input  logic                                 update_start_i,
  input  logic [31:0]                          step_i,
  // To the barrier
  output logic                                 idle_o,
  output logic [3:0]                           produced_o,
  output logic [3:0]                           consumed_o
);

  localparam int FlitBits = engram_pkg::FlitBits;
  localparam int EntryBits = $clog2(engram_chip_pkg::RouteEntries);

  logic [1:0]            to_core_valid, to_core_ready, from_core_valid, from_core_ready;
  logic [2*FlitBits-1:0] to_core_flit, from_core_flit;
  logic                  table_write, table_read, unrouted, parity_error;
  logic [EntryBits-1:0]  table_entry;
  logic [1:0]            table_part, core_consumed;
  logic [31:0]           table_wdata, table_rdata, error_key;
  logic [3:0]            router_produced, router_consumed;

  engram_router #(
    .Columns(Columns),
    .Rows(Rows),
    .Entries(engram_chip_pkg::RouteEntries),
    .Links(Links)
  ) u_router (
    .clk_i,
    .rst_ni,
    .x_i,
    .y_i,
    .in_valid_i({from_core_valid, in_valid_i}),
    .in_ready_o({from_core_ready, in_ready_o}),
    .in_flit_i({from_core_flit, in_flit_i}),
    .out_valid_o({to_core_valid, out_valid_o}),
    .out_ready_i({to_core_ready, out_ready_i}),
    .out_flit_o({to_core_flit, out_flit_o}),
    .table_write_i(table_write),
    .table_read_i(table_read),
    .table_entry_i(table_entry),
    .table_part_i(table_part),
    .table_wdata_i(table_wdata),
    .table_rdata_o(table_rdata),
    .produced_o(router_produced),
    .consumed_o(router_consumed),
    .unrouted_o(unrouted),
    .parity_o(parity_error),
    .error_key_o(error_key)
  );

  // Flits of the core

  logic [engram_pkg::SpikeKeyBits-1:0]     spike_key;
  logic [engram_pkg::SpikePayloadBits-1:0] spike_payload;
  logic [engram_pkg::FlitDataBits-1:0]     spike_data, reply_data;
  logic [engram_pkg::FlitParityBits-1:0]   spike_parity, reply_parity;

  assign spike_data = {step_i[engram_pkg::SpikeStepBits-1:0], spike_payload, spike_key};

  engram_parity u_spike_parity (.enable_i(from_core_valid[0]), .data_i(spike_data), .kind_i(engram_pkg::KindSpike), .parity_o(spike_parity));
  engram_parity u_reply_parity (.enable_i(from_core_valid[1]), .data_i(reply_data), .kind_i(engram_pkg::KindReply), .parity_o(reply_parity));

  assign from_core_flit = {reply_parity, engram_pkg::KindReply, reply_data,
                           spike_parity, engram_pkg::KindSpike, spike_data};

  engram_core u_core (
    .clk_i,
    .rst_ni,
    .x_i,
    .y_i,
    .spike_in_valid_i(to_core_valid[engram_pkg::VcSpike]),
    .spike_in_ready_o(to_core_ready[engram_pkg::VcSpike]),
    .spike_in_key_i(to_core_flit[engram_pkg::SpikeKeyLow +: engram_pkg::SpikeKeyBits]),
    .spike_in_payload_i(to_core_flit[engram_pkg::SpikePayloadLow +: engram_pkg::SpikePayloadBits]),
    .spike_out_valid_o(from_core_valid[engram_pkg::VcSpike]),
    .spike_out_ready_i(from_core_ready[engram_pkg::VcSpike]),
    .spike_out_key_o(spike_key),
    .spike_out_payload_o(spike_payload),
    .ctrl_in_valid_i(to_core_valid[engram_pkg::VcControl]),
    .ctrl_in_ready_o(to_core_ready[engram_pkg::VcControl]),
    .ctrl_in_kind_i(to_core_flit[FlitBits + engram_pkg::FlitKindLow +: 2]),
    .ctrl_in_data_i(to_core_flit[FlitBits +: engram_pkg::FlitDataBits]),
    .ctrl_out_valid_o(from_core_valid[engram_pkg::VcControl]),
    .ctrl_out_ready_i(from_core_ready[engram_pkg::VcControl]),
    .ctrl_out_data_o(reply_data),
    .update_start_i,
    .step_i,
    .idle_o,
    .consumed_o(core_consumed),
    .route_write_o(table_write),
    .route_read_o(table_read),
    .route_entry_o(table_entry),
    .route_part_o(table_part),
    .route_wdata_o(table_wdata),
    .route_rdata_i(table_rdata),
    .unrouted_i(unrouted),
    .parity_i(parity_error),
    .error_key_i(error_key)
  );

  // What the core hands out is produced here; what it is done with, it says.
  assign produced_o = router_produced + {3'd0, from_core_valid[0] && from_core_ready[0]} +
                      {3'd0, from_core_valid[1] && from_core_ready[1]};
  assign consumed_o = router_consumed + {2'd0, core_consumed};

endmodule
