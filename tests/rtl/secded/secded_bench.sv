// Every wrong bit is corrected and every two are found, for words of 64 and of 32 bits.
module secded_bench;

  reg  [63:0] data64;
  reg  [31:0] data32;
  wire [7:0]  check64;
  wire [6:0]  check32;
  reg  [71:0] wrong64;
  reg  [38:0] wrong32;
  wire [63:0] out64;
  wire [31:0] out32;
  wire        corrected64, double64, corrected32, double32;
  integer     first, second, round, failures = 0, words = 0;

  engram_secded_enc #(.DataBits(64), .CheckBits(8)) enc64 (.data_i(data64), .check_o(check64));
  engram_secded_dec #(.DataBits(64), .CheckBits(8)) dec64 (
    .data_i(data64 ^ wrong64[63:0]), .check_i(check64 ^ wrong64[71:64]), .data_o(out64), .corrected_o(corrected64),
    .double_o(double64)
  );
  engram_secded_enc #(.DataBits(32), .CheckBits(7)) enc32 (.data_i(data32), .check_o(check32));
  engram_secded_dec #(.DataBits(32), .CheckBits(7)) dec32 (
    .data_i(data32 ^ wrong32[31:0]), .check_i(check32 ^ wrong32[38:32]), .data_o(out32), .corrected_o(corrected32),
    .double_o(double32)
  );

  initial begin
    for (round = 0; round < 2; round = round + 1)
      for (first = 0; first <= 72; first = first + 1)
        for (second = first + 1; second <= 73; second = second + 1) begin
          data64 = {$random, $random};
          data32 = $random;
          wrong64 = (first < 72 ? 72'd1 << first : 72'd0) ^ (second < 72 ? 72'd1 << second : 72'd0);
          wrong32 = (first < 39 ? 39'd1 << first : 39'd0) ^ (second < 39 ? 39'd1 << second : 39'd0);
          #1;
          words = words + 1;
          if (corrected64 !== (first < 72 && second >= 72) || double64 !== (second < 72)) failures = failures + 1;
          if (corrected32 !== (first < 39 && second >= 39) || double32 !== (second < 39)) failures = failures + 1;
          if (!double64 && out64 !== data64) failures = failures + 1;
          if (!double32 && out32 !== data32) failures = failures + 1;
        end
    if (failures == 0) $display("PASS: %0d words", words);
    else $display("FAIL: %0d of %0d words", failures, words);
    $finish;
  end

endmodule
