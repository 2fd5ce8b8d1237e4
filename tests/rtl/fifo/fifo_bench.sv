// Random traffic through a queue: words leave in the order in which they came, none twice, and it holds its depth.
module fifo_bench;

  localparam int Depth = 4;
  localparam int Words = 20000;

  logic        clk = 1'b0, rst_n = 1'b0, in_valid = 1'b0, out_ready = 1'b0;
  logic [15:0] in_data = '0, out_data;
  logic        in_ready, out_valid;
  integer      sent = 0, received = 0, failures = 0, was_full = 0, speed = 0;

  engram_fifo #(.Width(16), .Depth(Depth)) dut (
    .clk_i(clk), .rst_ni(rst_n), .in_valid_i(in_valid), .in_ready_o(in_ready), .in_data_i(in_data),
    .out_valid_o(out_valid), .out_ready_i(out_ready), .out_data_o(out_data)
  );

  always #5 clk = !clk;

  // The word number k is a function of k, so that order and completeness show in the word.
  function [15:0] word_of(input integer k);
    word_of = k * 16'd40503 ^ (k >> 7);
  endfunction

  task check(input logic condition);
    if (condition !== 1'b1) begin
      failures = failures + 1;
      if (failures < 10) $display("FAIL: at word %0d of %0d", received, sent);
    end
  endtask

  initial begin
    repeat (2) @(negedge clk);
    rst_n = 1'b1;
    while (received < Words && failures < 10) begin
      @(negedge clk);
      // Phases in which the reader, or the writer, is the slower one.
      if ($urandom % 64 == 0) speed = $urandom % 5;
      in_data = word_of(sent);
      in_valid = sent < Words && $urandom % 4 >= speed;
      out_ready = $urandom % 4 >= 4 - speed || speed == 0;
      #1;
      check(in_ready === (sent - received < Depth));
      check(out_valid === (sent > received));
      if (!in_ready) was_full = was_full + 1;
      if (out_valid) check(out_data === word_of(received));
      if (out_valid && out_ready) received = received + 1;
      if (in_valid && in_ready) sent = sent + 1;
    end
    if (failures == 0 && was_full > 100) $display("PASS: %0d words, full in %0d cycles", received, was_full);
    else $display("FAIL: %0d failures, full in %0d cycles", failures, was_full);
    $finish;
  end

endmodule
