// The ALU's signed multiplier, a module of its own so that proofs can put any product in its place. Combinational.
module engram_multiplier (
  input  logic signed [32:0] a_i,
  input  logic signed [32:0] b_i,
  output logic signed [65:0] product_o
);

  assign product_o = a_i * b_i;

endmodule
