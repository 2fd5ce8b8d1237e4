// What rtl/formal/secded.sv builds on: turning over any one bit of any word changes what the decoder sees of it, syndrome and
// parity, as that bit alone would, and it sees nothing in a word from the encoder. There is no state, so that one step shows
// it for good.
module secded_linear_width #(
  parameter int DataBits = 64,
  parameter int CheckBits = 8,
  parameter int WordBits = DataBits + CheckBits
) (
  input logic [WordBits-1:0] word_i
);

  function automatic logic [WordBits-1:0] bit_at(input int place);
    bit_at = WordBits'(1) << place;
  endfunction

  logic [CheckBits-1:0] seen, seen_stored, check;
  secded_view #(.DataBits(DataBits), .CheckBits(CheckBits)) u_word (.word_i, .seen_o(seen));

  for (genvar p = 0; p < WordBits; p++) begin : g_place
    logic [CheckBits-1:0] turned, alone;
    secded_view #(.DataBits(DataBits), .CheckBits(CheckBits)) u_turned (.word_i(word_i ^ bit_at(p)), .seen_o(turned));
    secded_view #(.DataBits(DataBits), .CheckBits(CheckBits)) u_alone (.word_i(bit_at(p)), .seen_o(alone));
    always_comb assert (turned == (seen ^ alone));
  end

  // The parity bit, which is the highest, is 0 here: what it is to be is what the decoder then sees. As it turns over only
  // that, as shown above, the decoder sees nothing in the whole word.
  engram_secded_enc #(.DataBits(DataBits), .CheckBits(CheckBits)) u_enc (.data_i(word_i[DataBits-1:0]), .check_o(check));
  secded_view #(.DataBits(DataBits), .CheckBits(CheckBits)) u_stored (
    .word_i({1'b0, check[CheckBits-2:0], word_i[DataBits-1:0]}), .seen_o(seen_stored)
  );
  always_comb begin
    assert (seen_stored == {check[CheckBits-1], {(CheckBits - 1){1'b0}}});
    assert (g_place[WordBits-1].alone == {1'b1, {(CheckBits - 1){1'b0}}});
  end

endmodule

// What the decoder makes of a word before it corrects: parity and syndrome
module secded_view #(
  parameter int DataBits = 64,
  parameter int CheckBits = 8
) (
  input  logic [DataBits+CheckBits-1:0] word_i,
  output logic [CheckBits-1:0]          seen_o
);

  logic [DataBits-1:0] data;
  logic                corrected, double;
  engram_secded_dec #(.DataBits(DataBits), .CheckBits(CheckBits)) dut (
    .data_i(word_i[DataBits-1:0]), .check_i(word_i[DataBits+CheckBits-1:DataBits]), .data_o(data),
    .corrected_o(corrected), .double_o(double)
  );
  (* hierconn *) wire [CheckBits-2:0] \dut.syndrome ;
  (* hierconn *) wire                 \dut.odd ;
  assign seen_o = {\dut.odd , \dut.syndrome };

endmodule

module secded_linear (
  input logic [71:0] word_i
);

  secded_linear_width #(.DataBits(64), .CheckBits(8)) u_synapses (.word_i);
  secded_linear_width #(.DataBits(32), .CheckBits(7)) u_axons (.word_i(word_i[38:0]));

endmodule
