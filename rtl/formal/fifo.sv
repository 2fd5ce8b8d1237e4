// A queue never holds more words than it has places, says so rightly on both sides (the credit of the sender), and a word of
// any choice leaves once, at its turn, as it came.
module fifo (
  input logic       clk_i,
  input logic       in_valid_i,
  input logic [7:0] in_data_i,
  input logic       out_ready_i,
  input logic       choose_i
);

  localparam int Depth = 4;

  logic rst_n = 1'b0;
  always_ff @(posedge clk_i) rst_n <= 1'b1;

  logic       in_ready, out_valid;
  logic [7:0] out_data;
  engram_fifo #(.Width(8), .Depth(Depth)) dut (
    .clk_i, .rst_ni(rst_n), .in_valid_i, .in_ready_o(in_ready), .in_data_i, .out_valid_o(out_valid), .out_ready_i,
    .out_data_o(out_data)
  );

  logic push, pop;
`ifdef FIFO_IGNORES_CREDIT
  assign push = in_valid_i;
`else
  assign push = in_valid_i && in_ready;
`endif
  assign pop = out_valid && out_ready_i;

  // The queue's registers, found by name when the design is flat.
  (* hierconn *) wire [1:0] \dut.write_q ;
  (* hierconn *) wire [1:0] \dut.read_q ;
  (* hierconn *) wire [2:0] \dut.count_q ;
  (* hierconn *) wire [7:0] \dut.words_q[0] ;
  (* hierconn *) wire [7:0] \dut.words_q[1] ;
  (* hierconn *) wire [7:0] \dut.words_q[2] ;
  (* hierconn *) wire [7:0] \dut.words_q[3] ;
  logic [31:0] words;
  assign words = {\dut.words_q[3] , \dut.words_q[2] , \dut.words_q[1] , \dut.words_q[0] };

  // Words inside; the chosen one: its data, and how many leave before it.
  logic [3:0] inside = '0, before = '0;
  logic       chosen = 1'b0;
  logic [7:0] word = '0;
  logic [1:0] place;
  assign place = \dut.read_q  + before[1:0];
  always_ff @(posedge clk_i) begin
    if (rst_n) begin
      inside <= inside + 4'(push) - 4'(pop);
      if (!chosen && push && choose_i) begin
        chosen <= 1'b1;
        word <= in_data_i;
        before <= inside - 4'(pop);
      end else if (chosen && pop) begin
        before <= before - 4'd1;
        if (before == '0) chosen <= 1'b0;
      end
      assert (inside <= Depth);
      assert (in_ready == (inside < Depth));
      assert (out_valid == (inside != '0));
      if (chosen) assert (before < inside);
      if (chosen && before == '0) assert (out_data == word);
      // Why
      assert (inside == {1'b0, \dut.count_q });
      assert (\dut.write_q  == \dut.read_q  + \dut.count_q [1:0]);
      if (chosen) assert (words[8*place +: 8] == word);
    end
  end

endmodule
