// A converter of the crossbar: what the sum of a column is worth. code = clamp(rne((sum - low) * gain / 2^24), 0, 2^bits - 1),
// rne to the nearest even; term = scale * (code - zero) * 2^plane. Handshake: while `advance_i` is high, everything moves a
// stage a clock; a term follows its sum by three. One sum a cycle. `stages_i` says which stages hold a sum: others rest.
module engram_xbar_converter #(
  parameter int SumBits = 18,
  parameter int TermBits = 32  // terms wrap
) (
  input  logic                clk_i,
  input  logic                advance_i,
  input  logic [2:0]          stages_i,  // a sum is at the input, in stage 1, in stage 2
  input  logic [SumBits-1:0]  sum_i,
  // Settings of the sum's slice, with the sum
  input  logic [19:0]         low_i,
  input  logic [23:0]         gain_i,
  input  logic [15:0]         zero_i,    // with the code, one stage later
  input  logic [15:0]         scale_i,   // likewise
  input  logic [3:0]          bits_i,    // less one; stays
  input  logic [2:0]          plane_i,   // one more stage later
  output logic [TermBits-1:0] term_o
);

  localparam int ScaledBits = 46;  // 21 bits of a difference by 25 of a gain

  logic signed [20:0]           distance;
  logic signed [ScaledBits-1:0] scaled_q;
  logic [ScaledBits-25:0]       whole;
  logic [16:0]                  top;
  logic [15:0]                  code;
  logic                         up;
  logic signed [17:0]           above;
  logic signed [TermBits-1:0]   value_q;

  always_comb begin
    distance = '0;
    if (stages_i[0]) distance = {{(21 - SumBits){sum_i[SumBits-1]}}, sum_i} - {low_i[19], low_i};
  end

  always_comb begin
    code = '0;
    above = '0;
    top = (17'd1 << ({1'b0, bits_i} + 5'd1)) - 17'd1;
    up = scaled_q[23] && (scaled_q[22:0] != '0 || scaled_q[24]);
    whole = scaled_q[ScaledBits-1:24] + {{(ScaledBits - 25){1'b0}}, up};
    if (stages_i[1]) begin
      if (scaled_q[ScaledBits-1]) code = '0;
      else if (whole > {{(ScaledBits - 24 - 17){1'b0}}, top}) code = top[15:0];
      else code = whole[15:0];
      above = {2'b00, code} - {{2{zero_i[15]}}, zero_i};
    end
  end

  always_ff @(posedge clk_i) begin
    if (advance_i && stages_i[0]) scaled_q <= distance * $signed({1'b0, gain_i});
    if (advance_i && stages_i[1]) value_q <= TermBits'(above * $signed({1'b0, scale_i}));
    if (advance_i && stages_i[2]) term_o <= value_q << plane_i;
  end

endmodule
