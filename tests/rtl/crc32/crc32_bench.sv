// Runs the words of crc32_vectors.py through the checksum.
module crc32_bench;

  logic [31:0] crc = 32'hFFFFFFFF, word = '0, next, want;
  integer      file, words = 0, failures = 0;
  reg [8*256:1] path;

  engram_crc32 dut (.enable_i(1'b1), .crc_i(crc), .data_i(word), .crc_o(next));

  initial begin
    if (!$value$plusargs("vectors=%s", path)) $display("FAIL: no +vectors=");
    file = $fopen(path, "r");
    while ($fscanf(file, "%h %h", word, want) == 2) begin
      #1;
      words = words + 1;
      if (~next !== want) failures = failures + 1;
      crc = next;
      #1;
    end
    if (failures == 0 && words == 2000) $display("PASS: %0d words", words);
    else $display("FAIL: %0d of %0d words", failures, words);
    $finish;
  end

endmodule
