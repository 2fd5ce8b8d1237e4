// A stored word of any data, of which one bit is wrong, of data or check, comes out right and is told; two wrong bits are
// told; a right word comes out as it is. The wrong bits are at any two places, a place beyond the word being none. That the
// decoder sees in such a word, by parity and syndrome, what it sees in its wrong bits alone is assumed here, and proved in
// rtl/formal/secded_linear.sv. There is no state, so that one step shows it for good.
module secded_pair #(
  parameter int DataBits = 64,
  parameter int CheckBits = 8
) (
  input logic [DataBits-1:0] data_i,
  input logic [6:0]          first_i,
  input logic [6:0]          second_i
);

  localparam int WordBits = DataBits + CheckBits;

  logic [CheckBits-1:0] check;
  logic [DataBits-1:0]  out;
  logic [WordBits-1:0]  first, second, error, word;
  logic                 corrected, double;

  (* hierconn *) wire [CheckBits-2:0] \u_dec.syndrome ;
  (* hierconn *) wire                 \u_dec.odd ;
  (* hierconn *) wire [CheckBits-2:0] \u_alone.syndrome ;
  (* hierconn *) wire                 \u_alone.odd ;

  engram_secded_enc #(.DataBits(DataBits), .CheckBits(CheckBits)) u_enc (.data_i, .check_o(check));

  assign first = WordBits'(1) << first_i;
  assign second = WordBits'(1) << second_i;
  assign error = first_i == second_i ? first : first ^ second;
  assign word = {check, data_i} ^ error;

  engram_secded_dec #(.DataBits(DataBits), .CheckBits(CheckBits)) u_dec (
    .data_i(word[DataBits-1:0]), .check_i(word[WordBits-1:DataBits]), .data_o(out), .corrected_o(corrected),
    .double_o(double)
  );

  engram_secded_dec #(.DataBits(DataBits), .CheckBits(CheckBits)) u_alone (
    .data_i(error[DataBits-1:0]), .check_i(error[WordBits-1:DataBits]), .data_o(), .corrected_o(), .double_o()
  );
  always_comb assume ({\u_dec.odd , \u_dec.syndrome } == {\u_alone.odd , \u_alone.syndrome });

  logic one, two;
  assign two = first_i != second_i && first != '0 && second != '0;
  assign one = !two && error != '0;

  always_comb begin
    assert (double == two);
    assert (corrected == one);
    if (!two) assert (out == data_i);
  end

endmodule

module secded (
  input logic [63:0] data_i,
  input logic [6:0]  first_i,
  input logic [6:0]  second_i
);

  secded_pair #(.DataBits(64), .CheckBits(8)) u_synapses (.data_i, .first_i, .second_i);
  secded_pair #(.DataBits(32), .CheckBits(7)) u_axons (.data_i(data_i[31:0]), .first_i, .second_i);

endmodule
