// The barrier is never early and always ends. The world around it is any closed system: flits come to be only where a flit
// is, a core is not idle or the host holds an injection; nothing becomes active by itself but by a start.
module barrier (
  input logic       clk_i,
  input logic       start_i,
  input logic [7:0] produced_i,
  input logic [7:0] consumed_i,
  input logic [1:0] idle_i,
  input logic [1:0] host_produced_i,
  input logic [1:0] host_consumed_i,
  input logic       host_idle_i
);

  logic rst_n = 1'b0;
  always_ff @(posedge clk_i) rst_n <= 1'b1;

  logic [7:0] seen_produced, seen_consumed;
`ifdef BARRIER_MISSES_A_COPY
  assign seen_produced = {produced_i[7:4], produced_i[3:0] == 4'd3 ? 4'd2 : produced_i[3:0]};
`else
  assign seen_produced = produced_i;
`endif
`ifdef BARRIER_MISSES_AN_END
  assign seen_consumed = {consumed_i[7:4], 4'd0};
`else
  assign seen_consumed = consumed_i;
`endif

  logic open;
  engram_barrier #(.Tiles(2)) dut (
    .clk_i, .rst_ni(rst_n), .start_i, .produced_i(seen_produced), .consumed_i(seen_consumed), .idle_i,
    .host_produced_i, .host_consumed_i, .host_idle_i, .open_o(open)
  );

  // Flits that there are; more than a mesh can hold is not meant.
  logic [31:0] flits = '0, made, ended;
  logic        active, was_active = 1'b0, was_started = 1'b0;
  logic [1:0]  quiet_for = '0;
  assign made = 32'(produced_i[3:0]) + 32'(produced_i[7:4]) + 32'(host_produced_i[0]) + 32'(host_produced_i[1]);
  assign ended = 32'(consumed_i[3:0]) + 32'(consumed_i[7:4]) + 32'(host_consumed_i[0]) + 32'(host_consumed_i[1]);
`ifdef BARRIER_STARTS_BY_ITSELF
  assign active = flits != '0 || !idle_i[0] || !host_idle_i;
`else
  assign active = flits != '0 || idle_i != '1 || !host_idle_i;
`endif

  // What the barrier counts, as far as it got; found by name when the design is flat.
  (* hierconn *) wire [31:0] \dut.flight_q ;
  (* hierconn *) wire [31:0] \dut.change_q ;

  always_ff @(posedge clk_i) begin
    if (!rst_n) begin
      flits <= '0;
      was_active <= 1'b0;
      was_started <= 1'b0;
      quiet_for <= '0;
      assume (produced_i == '0 && consumed_i == '0 && host_produced_i == '0 && host_consumed_i == '0 && !start_i);
    end else begin
      flits <= flits + made - ended;
      was_active <= active;
      was_started <= start_i;
      quiet_for <= active || start_i ? 2'd0 : quiet_for + 2'(quiet_for != 2'd3);
      assume (flits < 32'd4096 && ended <= flits + made);
      if (!active) assume (made == '0 && ended == '0);
      if (!was_active && !was_started) assume (!active);
`ifndef BARRIER_MISSES_A_COPY
`ifndef BARRIER_MISSES_AN_END
      assert (\dut.flight_q  + \dut.change_q  == flits);
      // A change of the cycle before belongs to one that was active.
      assert (\dut.change_q  == '0 || was_active);
`endif
`endif
      // Never early, but in the cycle of a start and that after, of which it cannot know.
      if (open && !was_started) assert (!active);
      // It ends: three cycles after the last thing happened.
      if (quiet_for == 2'd3) assert (open);
    end
  end

endmodule
