// Runs the vectors of philox_vectors.py through the generator.
module philox_bench;

  logic         clk, rst_n, start, done;
  logic [63:0]  key;
  logic [127:0] counter;
  logic [31:0]  word, want;
  integer       file, got, cycles, vectors, failures;
  reg [8*256:1] path;

  engram_philox dut (
    .clk_i(clk), .rst_ni(rst_n), .start_i(start), .key_i(key), .counter_i(counter), .done_o(done), .word_o(word)
  );

  always #5 clk = !clk;

  initial begin
    clk = 1'b0;
    rst_n = 1'b0;
    start = 1'b0;
    vectors = 0;
    failures = 0;
    if (!$value$plusargs("vectors=%s", path)) $display("FAIL: no +vectors=");
    file = $fopen(path, "r");
    repeat (2) @(negedge clk);
    rst_n = 1'b1;
    @(negedge clk);
    got = $fscanf(file, "%h %h %h", counter, key, want);
    while (got == 3) begin
      start = 1'b1;
      cycles = 1;
      @(negedge clk);
      start = 1'b0;
      while (done !== 1'b1 && cycles < 20) begin
        cycles = cycles + 1;
        if (done !== 1'b1) @(negedge clk);
      end
      vectors = vectors + 1;
      if (word !== want || done !== 1'b1) begin
        failures = failures + 1;
        if (failures < 10) $display("FAIL: counter %h: got %h, expected %h", counter, word, want);
      end
      @(negedge clk);
      got = $fscanf(file, "%h %h %h", counter, key, want);
    end
    if (failures == 0 && vectors > 1000) $display("PASS: %0d vectors", vectors);
    else $display("FAIL: %0d of %0d vectors", failures, vectors);
    $finish;
  end

endmodule
