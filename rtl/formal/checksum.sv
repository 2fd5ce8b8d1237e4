// A checksum in the place of engram_crc32 that a solver sees through. What is proved of the loader holds for any function.
module engram_crc32 (
  input  logic        enable_i,
  input  logic [31:0] crc_i,
  input  logic [31:0] data_i,
  output logic [31:0] crc_o
);

  assign crc_o = enable_i ? {crc_i[30:0], crc_i[31]} ^ data_i : crc_i;

endmodule
