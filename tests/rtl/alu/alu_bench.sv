// Runs the vectors of alu_vectors.py through the ALU.
module alu_bench;

  logic        clk = 1'b0, rst_n = 1'b0, start = 1'b0;
  logic [5:0]  opcode = '0, width = '0, align = '0;
  logic [1:0]  rounding = '0;
  logic        is_signed = 1'b0, done, saturated;
  logic [6:0]  shift = '0;
  logic [2:0]  imm = '0;
  logic [32:0] a = '0, b = '0, c = '0, result, want;
  logic [31:0] random = '0;
  integer      file, got, cycles, vectors = 0, failures = 0;
  reg [8*256:1] path;

  engram_alu dut (
    .clk_i(clk), .rst_ni(rst_n), .start_i(start), .opcode_i(opcode), .rounding_i(rounding), .width_i(width),
    .signed_i(is_signed), .shift_i(shift), .align_i(align), .imm_i(imm), .a_i(a), .b_i(b), .c_i(c),
    .random_i(random), .done_o(done), .result_o(result), .saturated_o(saturated)
  );

  always #5 clk = !clk;

  task read;
    got = $fscanf(file, "%h %h %h %h %h %h %h %h %h %h %h %h", opcode, rounding, width, is_signed, shift, align,
                  imm, a, b, c, random, want);
  endtask

  initial begin
    if (!$value$plusargs("vectors=%s", path)) $display("FAIL: no +vectors=");
    file = $fopen(path, "r");
    repeat (2) @(negedge clk);
    rst_n = 1'b1;
    @(negedge clk);
    read;
    while (got == 12) begin
      start = 1'b1;
      #1;
      cycles = 1;
      while (done !== 1'b1 && cycles < 20) begin
        @(negedge clk);
        #1;
        cycles = cycles + 1;
      end
      vectors = vectors + 1;
      if (result !== want || done !== 1'b1) begin
        failures = failures + 1;
        if (failures < 10)
          $display("FAIL: opcode %0d of %h, %h, %h: got %h, expected %h", opcode, a, b, c, result, want);
      end
      @(negedge clk);
      start = 1'b0;
      read;
    end
    if (failures == 0 && vectors > 1000) $display("PASS: %0d vectors", vectors);
    else $display("FAIL: %0d of %0d vectors", failures, vectors);
    $finish;
  end

endmodule
