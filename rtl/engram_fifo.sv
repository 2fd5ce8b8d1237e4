// A queue in registers. Handshake: valid/ready on both sides; `in_ready_o` is the credit of the sender, says that a
// place is free, and depends on registers only, as `out_valid_o` does. Latency: one cycle; throughput: a word a cycle.
module engram_fifo #(
  parameter int Width = 75,  // bits of a word
  parameter int Depth = 4    // words, a power of two, at least 2
) (
  input  logic             clk_i,
  input  logic             rst_ni,
  input  logic             in_valid_i,
  output logic             in_ready_o,
  input  logic [Width-1:0] in_data_i,
  output logic             out_valid_o,
  input  logic             out_ready_i,
  output logic [Width-1:0] out_data_o
);

  localparam int AddressBits = $clog2(Depth);

  logic [Width-1:0]       words_q [Depth];
  logic [AddressBits-1:0] write_q, read_q;
  logic [AddressBits:0]   count_q;
  logic                   push, pop;

  assign in_ready_o = count_q != (AddressBits + 1)'(Depth);
  assign out_valid_o = count_q != '0;
  assign out_data_o = words_q[read_q];
  assign push = in_valid_i && in_ready_o;
  assign pop = out_valid_o && out_ready_i;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      write_q <= '0;
      read_q <= '0;
      count_q <= '0;
    end else begin
      if (push) write_q <= write_q + 1'b1;
      if (pop) read_q <= read_q + 1'b1;
      if (push && !pop) count_q <= count_q + 1'b1;
      if (pop && !push) count_q <= count_q - 1'b1;
    end
  end

  always_ff @(posedge clk_i) begin
    if (push) words_q[write_q] <= in_data_i;
  end

  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      assert (Depth >= 2 && Depth == 1 << AddressBits);
      assert (count_q <= (AddressBits + 1)'(Depth));
      assert (write_q == read_q + count_q[AddressBits-1:0]);
    end
  end

  // What tests have to reach: a queue that is full, and words that come and leave at once.
  always_ff @(posedge clk_i) begin
    cover (rst_ni && in_valid_i && !in_ready_o);
    cover (rst_ni && push && pop);
  end

endmodule
