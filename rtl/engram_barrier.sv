// Says when nothing is on its way. Every flit that comes to be is counted as produced (an injection, a copy that leaves a
// router's output) and every one that ends as consumed (all copies of it have left a router, or it was dropped; a core or
// the host is done with it), so that their difference is the number of flits in flight; numbers of flits are taken with
// their signs into one counter, which wraps, as sums of single counters would. `open_o` looks at one snapshot, of the
// cycle before: nothing in flight, all cores idle, no injection waiting. It closes in the cycle after `start_i`.
module engram_barrier #(
  parameter int Tiles = 16
) (
  input  logic               clk_i,
  input  logic               rst_ni,
  input  logic               start_i,          // a phase begins: in the next cycle cores and injectors are no longer idle
  input  logic [4*Tiles-1:0] produced_i,       // flits in this cycle, a number a tile
  input  logic [4*Tiles-1:0] consumed_i,
  input  logic [Tiles-1:0]   idle_i,           // a core holds nothing but what is counted, and starts nothing by itself
  input  logic [1:0]         host_produced_i,  // a bit a virtual channel: a flit enters from the host
  input  logic [1:0]         host_consumed_i,  // a flit leaves to the host
  input  logic               host_idle_i,      // the host holds no injection
  output logic               open_o
);

  localparam int CountBits = 32;

  logic [CountBits-1:0] change, change_q;
  logic [CountBits-1:0] flight_q;  // in flight at the beginning of the cycle before: what idle_q belongs to
  logic                 idle_q;

  assign open_o = idle_q && flight_q == '0;

  always_comb begin
    change = '0;
    if (|produced_i || |consumed_i || |host_produced_i || |host_consumed_i) begin
      for (int t = 0; t < Tiles; t++)
        change = change + CountBits'(produced_i[4*t +: 4]) - CountBits'(consumed_i[4*t +: 4]);
      for (int v = 0; v < 2; v++)
        change = change + CountBits'(host_produced_i[v]) - CountBits'(host_consumed_i[v]);
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      change_q <= '0;
      flight_q <= '0;
      idle_q <= 1'b0;
    end else begin
      change_q <= change;
      flight_q <= flight_q + change_q;
      idle_q <= &idle_i && host_idle_i && !start_i;
    end
  end

endmodule
