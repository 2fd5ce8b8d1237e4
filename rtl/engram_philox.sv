// Philox4x32-10, word 0 (Salmon et al., SC 2011), equal to runtime/Philox.h. Handshake: a pulse of `start_i` takes key
// and counter; `done_o` is high for one cycle, the 12th counted from that of `start_i`, with the word. One number every
// 12 cycles: a round a cycle, between a cycle to take the operands and one to give the result.
module engram_philox (
  input  logic         clk_i,
  input  logic         rst_ni,
  input  logic         start_i,    // only while no number is on its way
  input  logic [63:0]  key_i,      // seed
  input  logic [127:0] counter_i,  // {stream, step, index high, index low}
  output logic         done_o,
  output logic [31:0]  word_o
);

  localparam logic [31:0] Multiplier0 = 32'hD2511F53;
  localparam logic [31:0] Multiplier1 = 32'hCD9E8D57;
  localparam logic [31:0] Weyl0 = 32'h9E3779B9;
  localparam logic [31:0] Weyl1 = 32'hBB67AE85;
  localparam logic [3:0] Rounds = 4'd10;

  // 0 idle, 1..10 rounds, 11 the result is there
  logic [3:0]  stage_q;
  logic [31:0] c0_q, c1_q, c2_q, c3_q, k0_q, k1_q;
  logic [63:0] product0, product1;
  logic        in_round;

  assign in_round = stage_q != 4'd0 && stage_q <= Rounds;
  assign done_o = stage_q == Rounds + 4'd1;
  assign word_o = c0_q;

  always_comb begin
    product0 = '0;
    product1 = '0;
    if (in_round) begin
      product0 = {32'd0, Multiplier0} * {32'd0, c0_q};
      product1 = {32'd0, Multiplier1} * {32'd0, c2_q};
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      stage_q <= 4'd0;
    end else if (start_i) begin
      stage_q <= 4'd1;
    end else if (in_round) begin
      stage_q <= stage_q + 4'd1;
    end else begin
      stage_q <= 4'd0;
    end
  end

  always_ff @(posedge clk_i) begin
    if (start_i) begin
      {c3_q, c2_q, c1_q, c0_q} <= counter_i;
      {k1_q, k0_q} <= key_i;
    end else if (in_round) begin
      c0_q <= product1[63:32] ^ c1_q ^ k0_q;
      c1_q <= product1[31:0];
      c2_q <= product0[63:32] ^ c3_q ^ k1_q;
      c3_q <= product0[31:0];
      k0_q <= k0_q + Weyl0;
      k1_q <= k1_q + Weyl1;
    end
  end

  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      assert (stage_q <= Rounds + 4'd1);
      assert (!start_i || stage_q == 4'd0);
    end
  end

endmodule
