// The proof holds for any product, which spares the solver the multiplication.
module engram_multiplier (
  input  logic [32:0] a_i,
  input  logic [32:0] b_i,
  output logic [65:0] product_o
);
  (* anyseq *) logic [65:0] product;
  assign product_o = product;
endmodule

// The ALU answers within three cycles; what it saturates is in the range of the result's format.
module alu (
  input logic        clk_i,
  input logic        start_i,
  input logic [5:0]  opcode_i,
  input logic [1:0]  rounding_i,
  input logic [5:0]  width_i,
  input logic        signed_i,
  input logic [6:0]  shift_i,
  input logic [5:0]  align_i,
  input logic [2:0]  imm_i,
  input logic [32:0] a_i,
  input logic [32:0] b_i,
  input logic [32:0] c_i,
  input logic [31:0] random_i
);

  logic rst_n = 1'b0;
  always_ff @(posedge clk_i) rst_n <= 1'b1;

  // An instruction stays until it is done.
  localparam int Bits = 1 + 6 + 2 + 6 + 1 + 7 + 6 + 3 + 3 * 33 + 32;
  logic            waits_q = 1'b0;
  logic [Bits-1:0] all, all_q;
  logic            done, saturated;
  logic [32:0]     result;
  assign all = {start_i, opcode_i, rounding_i, width_i, signed_i, shift_i, align_i, imm_i, a_i, b_i, c_i, random_i};
  always_ff @(posedge clk_i) begin
    all_q <= all;
    waits_q <= rst_n && start_i && !done;
  end
  always_comb begin
    if (waits_q) assume (all == all_q);
    if (!rst_n) assume (!start_i);
    assume (width_i >= 6'd1 && width_i <= (signed_i ? 6'd33 : 6'd32));
  end

  engram_alu dut (
    .clk_i, .rst_ni(rst_n), .start_i, .opcode_i, .rounding_i, .width_i, .signed_i, .shift_i, .align_i, .imm_i, .a_i, .b_i,
    .c_i, .random_i, .done_o(done), .result_o(result), .saturated_o(saturated)
  );

  // Latency
  logic [1:0] waited = '0;
  always_ff @(posedge clk_i) waited <= start_i && !done ? waited + 2'd1 : 2'd0;

  // The range
  logic signed [33:0] beyond;  // what lies above the highest bit, or above all but the sign
  logic [5:0]         width;
  logic               saturates;
`ifdef ALU_NARROWER_RANGE
  assign width = width_i - 6'd1;
`else
  assign width = width_i;
`endif
  assign beyond = $signed({result[32], result}) >>> (signed_i ? width - 6'd1 : width);
  assign saturates = opcode_i == engram_pkg::OpLdp || opcode_i == engram_pkg::OpAdd || opcode_i == engram_pkg::OpSub ||
                     opcode_i == engram_pkg::OpMul || opcode_i == engram_pkg::OpMad || opcode_i == engram_pkg::OpCvt ||
                     opcode_i == engram_pkg::OpNeg || opcode_i == engram_pkg::OpAbs || opcode_i == engram_pkg::OpShl ||
                     opcode_i == engram_pkg::OpShr;

  always_ff @(posedge clk_i) begin
    if (rst_n) begin
`ifdef ALU_CLAIMED_FASTER
      assert (waited <= 2'd1);
`else
      assert (waited <= 2'd2);
`endif
      if (done && saturates && start_i) assert (beyond == 34'sd0 || (signed_i && beyond == -34'sd1));
    end
  end

endmodule
