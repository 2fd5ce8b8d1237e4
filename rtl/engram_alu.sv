// What instructions compute, equal to engram::a1::execute (runtime/accelerator/Instruction.cpp). Handshake: `start_i` with
// operands and fields, which stay until `done_o`; the result is valid while `done_o` is high. Latency: `done_o` comes with
// `start_i`, and two cycles later for MUL, MAD, CVT, MULW, SHL and SHR (3 cycles); one instruction at a time.
//
// The long path is a multiplier, an aligned sum of 100 bits, and one shifter to the right that serves both directions:
// a number to be shifted to the left enters at its upper end. Beyond 2^34 a shift to the left leads out of every range,
// so such numbers are cut there and keep the shifter at 132 bits: 100, and 32 behind the point for rounding.
module engram_alu (
  input  logic        clk_i,
  input  logic        rst_ni,
  input  logic        start_i,
  input  logic [5:0]  opcode_i,    // engram_pkg::Op*; others give 0
  input  logic [1:0]  rounding_i,
  input  logic [5:0]  width_i,     // 0 and what registers cannot hold: the widest
  input  logic        signed_i,
  input  logic [6:0]  shift_i,     // signed
  input  logic [5:0]  align_i,
  input  logic [2:0]  imm_i,       // relation of CMP; [0] which operand of MAD is aligned
  input  logic [32:0] a_i,         // LDS, LDC: the word, zero-extended; LDP: the sum
  input  logic [32:0] b_i,         // LDP: the bias or 0
  input  logic [32:0] c_i,
  input  logic [31:0] random_i,    // for stochastic rounding
  output logic        done_o,
  output logic [32:0] result_o,
  output logic        saturated_o  // LDP: the result is not the exact sum
);

  // Fields as used

  logic is_long, is_shl, is_shr;
  logic [5:0] width, cut_width;

  always_comb begin
    is_shl = opcode_i == engram_pkg::OpShl;
    is_shr = opcode_i == engram_pkg::OpShr;
    is_long = opcode_i == engram_pkg::OpMul || opcode_i == engram_pkg::OpMad ||
              opcode_i == engram_pkg::OpCvt || opcode_i == engram_pkg::OpMulw || is_shl || is_shr;
    width = width_i;
    if (width_i == 6'd0 || width_i > (signed_i ? 6'd33 : 6'd32)) width = signed_i ? 6'd33 : 6'd32;
    cut_width = width;
    if (opcode_i == engram_pkg::OpLdc || (opcode_i == engram_pkg::OpLds && width == 6'd33))
      cut_width = 6'd32;
  end

  // Bits that only numbers outside of the range use: all above the sign bit or the highest bit.
  logic [32:0] outside;
  assign outside = {33{1'b1}} << (signed_i ? width - 6'd1 : width);

  // Short path

  logic signed [33:0] a_ext, b_ext, exact, short_flipped;
  logic [32:0] low, cut_above, cut_low, short_result;
  logic        short_over, cut_sign, relation;

  assign a_ext = {a_i[32], a_i};
  assign b_ext = {b_i[32], b_i};

  always_comb begin
    unique case (opcode_i)
      engram_pkg::OpSub:                    exact = a_ext - b_ext;
      engram_pkg::OpNeg:                    exact = -a_ext;
      engram_pkg::OpAbs:                    exact = a_i[32] ? -a_ext : a_ext;
      default:                              exact = a_ext + b_ext;
    endcase
  end
  assign short_flipped = exact ^ {34{exact[33] && signed_i}};
  assign short_over = short_flipped[33] || |(short_flipped[32:0] & outside);

  always_comb begin
    unique case (opcode_i)
      engram_pkg::OpAnd:  low = a_i & b_i;
      engram_pkg::OpOr:   low = a_i | b_i;
      engram_pkg::OpXor:  low = a_i ^ b_i;
      engram_pkg::OpAddw: low = a_i + b_i;
      engram_pkg::OpSubw: low = a_i - b_i;
      engram_pkg::OpMulw: low = sum_q[32:0];
      default:            low = a_i;
    endcase
  end
  assign cut_above = {33{1'b1}} << cut_width;
  assign cut_sign = signed_i && |(low & ~cut_above & (cut_above >> 1 | 33'h1_0000_0000));
  assign cut_low = cut_sign ? low | cut_above : low & ~cut_above;

  always_comb begin
    unique case (imm_i)
      3'd0:    relation = a_i == b_i;
      3'd1:    relation = a_i != b_i;
      3'd2:    relation = a_ext < b_ext;
      3'd3:    relation = a_ext <= b_ext;
      3'd4:    relation = a_ext > b_ext;
      3'd5:    relation = a_ext >= b_ext;
      default: relation = 1'b0;
    endcase
  end

  assign short_result = !short_over ? exact[32:0] : !exact[33] ? ~outside : signed_i ? outside : 33'd0;

  // Long path: the product, the aligned sum, shift and rounding

  logic [1:0]          stage_q;
  logic signed [32:0]  factor_a, factor_b;
  logic signed [65:0]  product, product_q;
  logic signed [99:0]  sum_q, aligned_product, aligned_addend;
  logic signed [99:0]  product_ext, addend_ext;
  logic [5:0]          product_align, addend_align;
  logic                is_mad;

  assign is_mad = opcode_i == engram_pkg::OpMad;
  assign product_ext = {{34{product_q[65]}}, product_q};
  assign addend_ext = {{67{c_i[32]}}, c_i};
  assign product_align = is_mad && !imm_i[0] ? align_i : 6'd0;
  assign addend_align = is_mad && imm_i[0] ? align_i : 6'd0;

  always_comb begin
    factor_a = '0;
    factor_b = '0;
    aligned_product = '0;
    aligned_addend = '0;
    if (start_i && is_long) begin
      factor_a = a_i;
      factor_b = 33'd1;
      if (opcode_i == engram_pkg::OpMul || is_mad || opcode_i == engram_pkg::OpMulw)
        factor_b = b_i;
    end
    if (stage_q == 2'd1) begin
      aligned_product = product_ext <<< product_align;
      if (is_mad) aligned_addend = addend_ext <<< addend_align;
    end
  end

  engram_multiplier i_multiplier (.a_i(factor_a), .b_i(factor_b), .product_o(product));

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) stage_q <= 2'd0;
    else if (stage_q == 2'd0) stage_q <= {1'b0, start_i && is_long};
    else stage_q <= stage_q == 2'd1 ? 2'd2 : 2'd0;
  end

  always_ff @(posedge clk_i) begin
    if (stage_q == 2'd0 && start_i && is_long) product_q <= product;
    if (stage_q == 2'd1) sum_q <= aligned_product + aligned_addend;
  end

  logic [6:0]          amount;  // of SHL and SHR
  logic                left;
  logic [6:0]          distance;
  logic [6:0]          shift_right;
  logic signed [131:0] shifter_in, shifter;
  logic signed [99:0]  below;
  logic [31:0]         fraction;
  logic                beyond, lost, up, long_over;
  logic signed [100:0] rounded, long_flipped;
  logic [32:0]         long_result;
  logic [31:0]         lost_mask;

  assign amount = |b_i[32:6] ? 7'd64 : {1'b0, b_i[5:0]};

  always_comb begin
    left = shift_i[6];
    distance = shift_i[6] ? -shift_i : shift_i;
    if (is_shl || is_shr) begin
      left = is_shl && amount != 7'd0;
      distance = amount;
    end
  end

  assign beyond = sum_q[99:34] != {66{sum_q[99]}};
  assign shifter_in = left ? {beyond ? {sum_q[99], 1'b1, 34'd0} : sum_q[35:0], 96'd0} : {sum_q, 32'd0};
  assign shift_right = left ? 7'd64 - distance : distance;
  // Quiet but when it is used.
  assign shifter = stage_q == 2'd2 ? shifter_in >>> shift_right : 132'sd0;
  assign below = shifter[131:32];
  assign fraction = shifter[31:0];
  assign lost_mask = !left && distance > 7'd32 ? ~({32{1'b1}} << (distance - 7'd32)) : '0;
  assign lost = |(sum_q[31:0] & lost_mask);

  always_comb begin
    unique case (rounding_i)
      engram_pkg::RoundNearestEven: up = fraction[31] && (|fraction[30:0] || lost || below[0]);
      engram_pkg::RoundTowardZero:  up = below[99] && (|fraction || lost);
      engram_pkg::RoundFloor:       up = 1'b0;
      default:                      up = random_i > ~fraction;  // carry of their sum
    endcase
  end

  assign rounded = {below[99], below} + {100'd0, up};
  assign long_flipped = rounded ^ {101{rounded[100] && signed_i}};
  assign long_over = |long_flipped[100:33] || |(long_flipped[32:0] & outside);

  assign long_result = !long_over ? rounded[32:0] : !rounded[100] ? ~outside : signed_i ? outside : 33'd0;

  // Result

  always_comb begin
    unique case (opcode_i)
      engram_pkg::OpLdp, engram_pkg::OpAdd, engram_pkg::OpSub, engram_pkg::OpNeg, engram_pkg::OpAbs:
        result_o = short_result;
      engram_pkg::OpMul, engram_pkg::OpMad, engram_pkg::OpCvt, engram_pkg::OpShl, engram_pkg::OpShr:
        result_o = long_result;
      engram_pkg::OpLds, engram_pkg::OpLdc, engram_pkg::OpAnd, engram_pkg::OpOr, engram_pkg::OpXor,
      engram_pkg::OpAddw, engram_pkg::OpSubw, engram_pkg::OpMulw:
        result_o = cut_low;
      engram_pkg::OpMin: result_o = a_ext < b_ext ? a_i : b_i;
      engram_pkg::OpMax: result_o = a_ext < b_ext ? b_i : a_i;
      engram_pkg::OpCmp: result_o = {32'd0, relation};
      engram_pkg::OpSel: result_o = c_i[0] ? a_i : b_i;
      default:           result_o = '0;
    endcase
    done_o = is_long ? stage_q == 2'd2 : start_i;
    saturated_o = opcode_i == engram_pkg::OpLdp && done_o && short_over;
  end

  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      assert (stage_q != 2'd3);
      // The instruction stays until it is done.
      assert (stage_q == 2'd0 || (start_i && is_long));
    end
  end

  // What tests have to reach: every rounding, of numbers that fit and of others, to both sides.
  for (genvar r = 0; r < 4; r++) begin : g_up
    always_ff @(posedge clk_i)
      cover (rst_ni && stage_q == 2'd2 && rounding_i == 2'(r) && !long_over && fraction != '0 && !rounded[100]);
  end
  for (genvar r = 0; r < 4; r++) begin : g_down
    always_ff @(posedge clk_i)
      cover (rst_ni && stage_q == 2'd2 && rounding_i == 2'(r) && !long_over && fraction != '0 && rounded[100]);
  end
  for (genvar r = 0; r < 4; r++) begin : g_over
    always_ff @(posedge clk_i) cover (rst_ni && stage_q == 2'd2 && rounding_i == 2'(r) && long_over);
  end

endmodule
