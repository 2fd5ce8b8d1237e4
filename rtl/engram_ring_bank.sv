// A bank of the accumulator ring: a word of sums, one a port, for each slot and neuron of the bank. One operation a cycle:
// the word is read in the cycle of the operation and written in the next one; an operation that follows on the same word
// gets what is being written. `word_o` is the word before the operation, one cycle after it. Zero after power-up in simulation.
module engram_ring_bank #(
  parameter int Words = 512,  // a power of two
  parameter int Ports = 4,
  parameter int Bits = 24     // of a sum
) (
  input  logic                     clk_i,
  input  logic                     rst_ni,
  input  logic                     valid_i,
  input  logic [1:0]               kind_i,   // 0 add, 1 clear all ports, 2 set, 3 only read
  input  logic [$clog2(Words)-1:0] address_i,
  input  logic [$clog2(Ports)-1:0] port_i,
  input  logic [Bits-1:0]          value_i,  // added or set, mod 2^Bits
  output logic [Ports*Bits-1:0]    word_o
);

  localparam int WordBits = Ports * Bits;
  localparam logic [1:0] Add = 2'd0;
  localparam logic [1:0] Clear = 2'd1;
  localparam logic [1:0] ReadOnly = 2'd3;

  logic [WordBits-1:0]      words_q [Words];
  logic [WordBits-1:0]      read_q, written_q, next;
  logic                     valid_q, forward_q;
  logic [1:0]               kind_q;
  logic [$clog2(Words)-1:0] address_q;
  logic [$clog2(Ports)-1:0] port_q;
  logic [Bits-1:0]          value_q;
  logic                     writes;

`ifndef SYNTHESIS
  initial for (int i = 0; i < Words; i++) words_q[i] = '0;
`endif

  assign writes = valid_q && kind_q != ReadOnly;
  assign word_o = forward_q ? written_q : read_q;

  always_comb begin
    next = '0;
    if (valid_q) begin
      next = word_o;
`ifdef RING_NO_CLEAR
      if (kind_q == Clear) next = word_o;
`else
      if (kind_q == Clear) next = '0;
`endif
      else next[Bits*port_q +: Bits] = (kind_q == Add ? word_o[Bits*port_q +: Bits] : '0) + value_q;
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) valid_q <= 1'b0;
    else valid_q <= valid_i;
  end

  always_ff @(posedge clk_i) begin
    if (writes) begin
      words_q[address_q] <= next;
      written_q <= next;
    end
    if (valid_i) begin
      read_q <= words_q[address_i];
`ifdef RING_NO_FORWARDING
      forward_q <= 1'b0;
`else
      forward_q <= writes && address_q == address_i;
`endif
      kind_q <= kind_i;
      address_q <= address_i;
      port_q <= port_i;
      value_q <= value_i;
    end
  end

  // What tests have to reach: an operation on the word that is being written, of each kind.
  for (genvar k = 0; k < 4; k++) begin : g_cover
    always_ff @(posedge clk_i) cover (rst_ni && valid_q && forward_q && kind_q == 2'(k));
  end

`ifdef FORMAL
  // The sum of a port of any word, kept beside the memory with two more bits, and the sum of the magnitudes of what went into
  // it. If that one stays within the compiler's bound, which knows no order, what comes out is all that was added since the
  // word was cleared or set, and has not wrapped.
  (* anyconst *) logic [$clog2(Words)-1:0] watched;
  (* anyconst *) logic [$clog2(Ports)-1:0] port;
  localparam int WideBits = Bits + 2;
  localparam logic signed [WideBits-1:0] Bound = (WideBits'(1) << (Bits - 1)) - WideBits'(1);
  logic signed [WideBits-1:0] sum_q, before_q, value_wide, magnitude_q, magnitude;
  logic                       started_q;
  assign value_wide = {{2{value_i[Bits-1]}}, value_i};
  assign magnitude = value_wide < 0 ? -value_wide : value_wide;
  initial begin
    started_q = 1'b0;
    assume (words_q[watched][Bits*port +: Bits] == '0);
    sum_q = '0;
    magnitude_q = '0;
  end
  always_ff @(posedge clk_i) begin
    started_q <= 1'b1;
    assume (rst_ni == started_q);
    if (valid_i && rst_ni && address_i == watched) begin
      before_q <= sum_q;
      if (kind_i == Clear) begin
        sum_q <= '0;
        magnitude_q <= '0;
      end else if (port_i == port && kind_i == 2'd2) begin
        sum_q <= value_wide;
        magnitude_q <= magnitude;
      end else if (port_i == port && kind_i == Add) begin
        sum_q <= sum_q + value_wide;
        magnitude_q <= magnitude_q + magnitude;
      end
    end
    assume (!valid_i || rst_ni);
`ifndef RING_UNBOUNDED
    assume (magnitude_q <= Bound);
`endif
    if (started_q) begin
      assert (sum_q <= magnitude_q && sum_q >= -magnitude_q);
      if (valid_q && address_q == watched) begin
        assert (before_q == {{2{word_o[Bits*port + Bits - 1]}}, word_o[Bits*port +: Bits]});
        assert (sum_q[Bits-1:0] == (kind_q == ReadOnly ? before_q[Bits-1:0] : next[Bits*port +: Bits]));
      end else begin
        assert (sum_q == {{2{words_q[watched][Bits*port + Bits - 1]}}, words_q[watched][Bits*port +: Bits]});
      end
      // What lets the induction begin anywhere.
      if (valid_q && forward_q) assert (written_q == words_q[address_q]);
      if (valid_q && !forward_q) assert (read_q == words_q[address_q]);
      if (valid_q && address_q == watched && kind_q == ReadOnly) assert (sum_q == before_q);
    end
  end
`endif

endmodule
