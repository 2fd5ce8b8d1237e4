// A router of the mesh: five ports (0 E, 1 N, 2 W, 3 S, 4 local) times two virtual channels (0 spikes, 1 control); index
// 2 * port + channel. Handshake: valid/ready a channel; `out_valid_o` and `out_flit_o` stay until `out_ready_i`, and
// `in_ready_o` depends on registers only. Latency: two cycles; throughput: a flit a cycle into the heads, of all inputs
// together, and a copy a cycle from each output channel.
//
// A flit waits in the FIFO of its input until the head behind the FIFO is free and its turn comes; then parity is checked
// and its ports are found: by the table for spikes, by place (x first) for control flits, towards (0,0) for replies. From
// the head a copy leaves by each of these ports when that port takes it; the head is free once all have left. Only turns
// that keep the mesh free of deadlock are made, whatever the tables say: never back, never from N or S to E or W, never
// out of the mesh but to the host, which is behind W of (0,0). A flit with bad parity is dropped and counted; what cannot
// be routed, to any or some of its ports, is counted as unrouted.
module engram_router #(
  parameter int Columns = 4,
  parameter int Rows = 4,
  parameter int Entries = 64,  // of the table
  parameter int Depth = 4,     // of each FIFO
  parameter logic [4:0] Links = 5'b11111  // ports that lead anywhere, a bit each
) (
  input  logic                                  clk_i,
  input  logic                                  rst_ni,
  input  logic [engram_pkg::CtrlPlaceBits-1:0]  x_i,            // place of the tile; constant
  input  logic [engram_pkg::CtrlPlaceBits-1:0]  y_i,
  input  logic [9:0]                            in_valid_i,
  output logic [9:0]                            in_ready_o,
  input  logic [10*engram_pkg::FlitBits-1:0]    in_flit_i,
  output logic [9:0]                            out_valid_o,
  input  logic [9:0]                            out_ready_i,
  output logic [10*engram_pkg::FlitBits-1:0]    out_flit_o,
  // Memory port of the table (engram_match_table)
  input  logic                                  table_write_i,
  input  logic                                  table_read_i,
  input  logic [$clog2(Entries)-1:0]            table_entry_i,
  input  logic [1:0]                            table_part_i,
  input  logic [31:0]                           table_wdata_i,
  output logic [31:0]                           table_rdata_o,
  // Events in this cycle
  output logic [3:0]                            produced_o,     // copies that leave
  output logic [3:0]                            consumed_o,     // flits of which all copies have left, or that are dropped
  output logic                                  unrouted_o,
  output logic                                  parity_o,
  output logic [31:0]                           error_key_o     // of the two above: key, or upper half of a control flit
);

  localparam int Channels = 2 * engram_pkg::NumPorts;
  localparam int FlitBits = engram_pkg::FlitBits;

  // Queues of the inputs

  logic [Channels-1:0] queue_valid, take;
  logic [FlitBits-1:0] queue_flit [Channels];

  for (genvar c = 0; c < Channels; c++) begin : g_queue
    if (Links[c/2]) begin : g_link
      engram_fifo #(.Width(FlitBits), .Depth(Depth)) u_fifo (
        .clk_i,
        .rst_ni,
        .in_valid_i(in_valid_i[c]),
        .in_ready_o(in_ready_o[c]),
        .in_data_i(in_flit_i[c*FlitBits +: FlitBits]),
        .out_valid_o(queue_valid[c]),
        .out_ready_i(take[c]),
        .out_data_o(queue_flit[c])
      );
    end else begin : g_none
      assign in_ready_o[c] = 1'b0;
      assign queue_valid[c] = 1'b0;
      assign queue_flit[c] = '0;
    end
  end

  // One flit a cycle gets its ports

  logic [Channels-1:0]             head_free;
  logic [FlitBits-1:0]             flit;
  logic [engram_pkg::NumPorts-1:0] from;  // port of the flit, one-hot
  logic [engram_pkg::NumPorts-1:0] control;
  logic                            from_control;

  engram_rr_arbiter #(.Requests(Channels)) u_turn (
    .clk_i,
    .rst_ni,
    .request_i(queue_valid & head_free),
    .ready_i(1'b1),
    .grant_o(take)
  );

  for (genvar p = 0; p < engram_pkg::NumPorts; p++) begin : g_side
    assign from[p] = |take[2*p +: 2];
    assign control[p] = take[2*p + engram_pkg::VcControl];
  end
  assign from_control = |control;

  always_comb begin
    flit = '0;
    if (|take) begin
      for (int c = 0; c < Channels; c++)
        if (take[c]) flit = queue_flit[c];
    end
  end

  logic [1:0]                            kind;
  logic [engram_pkg::FlitParityBits-1:0] parity;
  logic                                  parity_good, is_spike;
  logic [engram_pkg::RouteBits-1:0]      table_route;
  logic [31:0]                           unused_rest;
  logic                                  table_hit;

  assign kind = flit[engram_pkg::FlitKindLow +: 2];
  assign is_spike = kind == engram_pkg::KindSpike;

  engram_parity u_parity (.enable_i(|take), .data_i(flit[0 +: engram_pkg::FlitDataBits]), .kind_i(kind), .parity_o(parity));

  assign parity_good = parity == flit[engram_pkg::FlitParityLow +: engram_pkg::FlitParityBits];

  engram_match_table #(.Entries(Entries), .ValueBits(engram_pkg::RouteBits)) u_table (
    .clk_i,
    .rst_ni,
    .write_i(table_write_i),
    .read_i(table_read_i),
    .entry_i(table_entry_i),
    .part_i(table_part_i),
    .wdata_i(table_wdata_i),
    .rdata_o(table_rdata_o),
    .lookup_i(|take && is_spike),
    .key_i(flit[engram_pkg::SpikeKeyLow +: engram_pkg::SpikeKeyBits]),
    .hit_o(table_hit),
    .value_o(table_route),
    .rest_o(unused_rest)
  );

  logic [engram_pkg::CtrlPlaceBits-1:0] to_x, to_y;
  logic [engram_pkg::RouteBits-1:0]     route, legal, kept;
  logic [engram_pkg::NumPorts-1:0]      ports;
  logic                                 along_row, at_host;

  assign to_x = flit[engram_pkg::CtrlXLow +: engram_pkg::CtrlPlaceBits];
  assign to_y = flit[engram_pkg::CtrlYLow +: engram_pkg::CtrlPlaceBits];
  assign at_host = x_i == '0 && y_i == '0;

  always_comb begin
    route = '0;
    unique case (kind)
      engram_pkg::KindSpike: if (table_hit) route = table_route;
      engram_pkg::KindReply: begin
        if (x_i != '0) route[engram_pkg::PortWest] = 1'b1;
        else if (y_i != '0) route[engram_pkg::PortSouth] = 1'b1;
        else route[engram_pkg::RouteHost] = 1'b1;
      end
      default: begin
        if (to_x > x_i) route[engram_pkg::PortEast] = 1'b1;
        else if (to_x < x_i) route[engram_pkg::PortWest] = 1'b1;
        else if (to_y > y_i) route[engram_pkg::PortNorth] = 1'b1;
        else if (to_y < y_i) route[engram_pkg::PortSouth] = 1'b1;
        else route[engram_pkg::PortLocal] = 1'b1;
      end
    endcase

    along_row = !from[engram_pkg::PortNorth] && !from[engram_pkg::PortSouth];
    legal = '0;
    legal[engram_pkg::PortEast] = x_i != engram_pkg::CtrlPlaceBits'(Columns - 1) && along_row &&
                                  !from[engram_pkg::PortEast];
    legal[engram_pkg::PortNorth] = y_i != engram_pkg::CtrlPlaceBits'(Rows - 1) && !from[engram_pkg::PortNorth];
    legal[engram_pkg::PortWest] = x_i != '0 && along_row && !from[engram_pkg::PortWest];
    legal[engram_pkg::PortSouth] = y_i != '0 && !from[engram_pkg::PortSouth];
    legal[engram_pkg::PortLocal] = 1'b1;
    legal[engram_pkg::RouteHost] = at_host;
    // Each kind stays in its virtual channel, so cores meet only what they expect.
    if (is_spike == from_control) legal = '0;

    kept = route & legal;
    ports = kept[engram_pkg::NumPorts-1:0];
    if (kept[engram_pkg::RouteHost]) ports[engram_pkg::PortWest] = 1'b1;
    if (!parity_good) ports = '0;
  end

  assign parity_o = |take && !parity_good;
  assign unrouted_o = |take && parity_good && (route == '0 || kept != route);
  assign error_key_o = is_spike ? flit[31:0] : flit[63:32];

  // Heads: a bit a port by which a copy has still to leave; none when the head is empty

  localparam int NumPorts = engram_pkg::NumPorts;

  logic [Channels*NumPorts-1:0] left_q, left, sent;
  logic [FlitBits-1:0]          head_flit [Channels];
  logic [Channels-1:0]          released;

  assign left = left_q & ~sent;

  for (genvar c = 0; c < Channels; c++) begin : g_head
    if (Links[c/2]) begin : g_link
      logic [FlitBits-1:0] flit_q;
      logic [NumPorts-1:0] ports_q;

      assign head_flit[c] = flit_q;
      assign left_q[c*NumPorts +: NumPorts] = ports_q;
      assign head_free[c] = left[c*NumPorts +: NumPorts] == '0;
      assign released[c] = ports_q != '0 && head_free[c];

      always_ff @(posedge clk_i or negedge rst_ni) begin
        if (!rst_ni) ports_q <= '0;
        else ports_q <= take[c] ? ports : left[c*NumPorts +: NumPorts];
      end

      always_ff @(posedge clk_i) begin
        if (take[c]) flit_q <= flit;
      end
    end else begin : g_none
      assign head_flit[c] = '0;
      assign left_q[c*NumPorts +: NumPorts] = '0;
      assign head_free[c] = 1'b1;
      assign released[c] = 1'b0;
    end
  end

  // Outputs

  for (genvar o = 0; o < NumPorts; o++) begin : g_out
    for (genvar v = 0; v < 2; v++) begin : g_channel
      logic [NumPorts-1:0] request, grant;
      logic [FlitBits-1:0] chosen;

      for (genvar p = 0; p < NumPorts; p++) begin : g_from
        assign request[p] = left_q[(2*p+v)*NumPorts + o];
        assign sent[(2*p+v)*NumPorts + o] = grant[p] && out_ready_i[2*o+v];
      end

      if (Links[o]) begin : g_link
        engram_rr_arbiter #(.Requests(NumPorts)) u_arbiter (
          .clk_i,
          .rst_ni,
          .request_i(request),
          .ready_i(out_ready_i[2*o+v]),
          .grant_o(grant)
        );

        always_comb begin
          chosen = '0;
          if (|grant) begin
            for (int p = 0; p < NumPorts; p++)
              if (grant[p]) chosen = head_flit[2*p+v];
          end
        end
      end else begin : g_none
        assign grant = '0;
        assign chosen = '0;
      end

      assign out_valid_o[2*o+v] = |grant;
      assign out_flit_o[(2*o+v)*FlitBits +: FlitBits] = chosen;
    end
  end

  // Events

  logic [Channels-1:0] left_by;  // outputs by which a copy leaves
  logic                dropped;

  assign left_by = out_valid_o & out_ready_i;
  assign dropped = |take && ports == '0;

  always_comb begin
    produced_o = '0;
    consumed_o = '0;
    if (|left_by || dropped) begin
      consumed_o = {3'd0, dropped};
      for (int c = 0; c < Channels; c++) begin
        produced_o = produced_o + {3'd0, left_by[c]};
        consumed_o = consumed_o + {3'd0, released[c]};
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      // A flit enters a head only when all copies of the last one have left.
      for (int c = 0; c < Channels; c++)
        if (take[c]) assert (queue_valid[c] && left[c*NumPorts +: NumPorts] == '0);
      // What makes the order of channels acyclic, and the mesh with it free of deadlock.
      if (take[0] || take[1]) assert (!ports[engram_pkg::PortEast]);
      if (take[2] || take[3]) assert (!ports[engram_pkg::PortNorth] && !ports[engram_pkg::PortEast]);
      if (take[6] || take[7]) assert (!ports[engram_pkg::PortSouth] && !ports[engram_pkg::PortEast]);
      if (take[2] || take[3] || take[6] || take[7]) assert (!ports[engram_pkg::PortWest] || at_host);
    end
  end

  // What tests have to reach: every kind of flit, what goes wrong with them, forks and full queues.
  for (genvar k = 0; k < 4; k++) begin : g_cover_kind
    always_ff @(posedge clk_i) cover (rst_ni && |take && parity_good && kind == 2'(k));
  end
  for (genvar v = 0; v < 2; v++) begin : g_cover_full
    always_ff @(posedge clk_i) cover (rst_ni && in_valid_i[2*engram_pkg::PortWest + v] && !in_ready_o[2*engram_pkg::PortWest + v]);
  end
  always_ff @(posedge clk_i) begin
    cover (rst_ni && parity_o);
    cover (rst_ni && unrouted_o);
    cover (rst_ni && |take && (ports & (ports - 5'd1)) != '0);
  end

endmodule
