// Grants are one-hot and given to requests only, stay until they are served, and no request waits for more than the
// others once each.
module arbiter (
  input logic       clk_i,
  input logic [4:0] request_i,
  input logic       ready_i,
  input logic [4:0] watched_i
);

  localparam int Requests = 5;

  logic rst_n = 1'b0;
  always_ff @(posedge clk_i) rst_n <= 1'b1;

  logic [4:0] grant, seen;
  engram_rr_arbiter #(.Requests(Requests)) dut (
    .clk_i, .rst_ni(rst_n), .request_i(seen), .ready_i, .grant_o(grant)
  );
`ifdef ARBITER_UNFAIR
  // The first request goes before the others.
  assign seen = request_i[0] && !held ? 5'd1 : request_i;
`else
  assign seen = request_i;
`endif

  (* hierconn *) wire [4:0] \dut.above_q ;
  (* hierconn *) wire [4:0] \dut.held_q ;

  logic [4:0] past_request = '0, past_grant = '0;
  logic       past_served = 1'b1, held = 1'b0;
  logic [4:0] watched = 5'd1, below, before;
  logic [3:0] waited = '0, ahead;
  logic       waits;

  // Places that come before the watched one, which is one-hot, in the order of turns.
  assign waits = |(request_i & watched);
  assign below = watched - 5'd1;
  assign before = |(\dut.above_q  & watched) ? below & \dut.above_q  : below | \dut.above_q ;
  assign ahead = 4'(before[0]) + 4'(before[1]) + 4'(before[2]) + 4'(before[3]) + 4'(before[4]);

  always_ff @(posedge clk_i) begin
    past_request <= rst_n ? request_i : '0;
    past_grant <= rst_n ? grant : '0;
    past_served <= !rst_n || ready_i || grant == '0;
    held <= rst_n && grant != '0 && !ready_i;
    if (!rst_n) begin
      watched <= watched_i;
      waited <= '0;
    end else begin
      assume (watched != '0 && (watched & (watched - 5'd1)) == '0);
      // A request stays until it is served.
      assume ((past_request & ~request_i & ~(past_served ? past_grant : 5'd0)) == '0);
      if (!waits || (|(grant & watched) && ready_i)) waited <= '0;
      else if (grant != '0 && ready_i) waited <= waited + 4'd1;
      assert ((grant & (grant - 1'b1)) == '0);
`ifdef ARBITER_LETS_GO
      if (past_served && past_grant != '0) assert (grant == past_grant);
`else
      if (!past_served) assert (grant == past_grant);
`endif
      assert (waited < Requests);
`ifndef ARBITER_UNFAIR
      // Why: each turn brings the watched request nearer, and who waits has not been served.
      assert ((past_grant & (past_grant - 5'd1)) == '0 && (past_grant & ~past_request) == '0);
      if (waited != '0) assert (|(past_request & watched) && !(past_served && |(past_grant & watched)));
      assert (((~\dut.above_q ) & (~\dut.above_q  + 5'd1)) == '0);
      if (\dut.held_q  != '0 && waited != '0) assert (|(\dut.held_q  & (before | watched)));
      assert (\dut.held_q  == (past_served ? 5'd0 : past_grant));
      if (waits) assert (waited + ahead < Requests);
`endif
    end
  end

endmodule
