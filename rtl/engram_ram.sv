// A memory with one synchronous read and one write port. Handshake: none; `rdata_o` follows `read_i` by one cycle and
// stays until the next read. A read of the word that is being written gives the old word. Zero after power-up in simulation;
// what synthesis makes of it holds anything then.
module engram_ram #(
  parameter int Depth = 64,  // words, a power of two, at least 2
  parameter int Width = 32   // bits of a word
) (
  input  logic                     clk_i,
  input  logic                     write_i,   // writes wdata_i to waddr_i
  input  logic [$clog2(Depth)-1:0] waddr_i,
  input  logic [Width-1:0]         wdata_i,
  input  logic                     read_i,    // reads raddr_i
  input  logic [$clog2(Depth)-1:0] raddr_i,
  output logic [Width-1:0]         rdata_o
);

  logic [Width-1:0] words_q [Depth];
  logic [Width-1:0] rdata_q;

`ifndef SYNTHESIS
  initial begin
    for (int i = 0; i < Depth; i++) words_q[i] = '0;
    rdata_q = '0;
  end
`endif

  always_ff @(posedge clk_i) begin
    if (write_i) words_q[waddr_i] <= wdata_i;
    if (read_i) rdata_q <= words_q[raddr_i];
  end

  assign rdata_o = rdata_q;

endmodule
