// Round robin: of the requests the next one above that served last. Handshake: `grant_o` is one-hot, or zero without a
// request, and comes in the cycle of the request; it stays until `ready_i`, which serves it. A request has to stay until
// it is served. No request waits for more than Requests - 1 others.
module engram_rr_arbiter #(
  parameter int Requests = 5
) (
  input  logic                clk_i,
  input  logic                rst_ni,
  input  logic [Requests-1:0] request_i,
  input  logic                ready_i,
  output logic [Requests-1:0] grant_o
);

  logic [Requests-1:0] above_q;  // places above that served last
  logic [Requests-1:0] held_q;   // a grant that was not served yet
  logic [Requests-1:0] first;

  always_comb begin
    first = request_i & above_q;
    if (first == '0) first = request_i;
    grant_o = held_q != '0 ? held_q : first & (~first + 1'b1);
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      above_q <= '1;
      held_q <= '0;
    end else if (grant_o != '0) begin
      held_q <= ready_i ? '0 : grant_o;
      if (ready_i) above_q <= ~(grant_o | (grant_o - 1'b1));
    end
  end

  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      assert ((grant_o & (grant_o - 1'b1)) == '0);
      assert ((grant_o & ~request_i) == '0);
      assert ((grant_o == '0) == (request_i == '0));
    end
  end

endmodule
