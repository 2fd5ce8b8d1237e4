// CRC-32 (IEEE 802.3, reflected) over one more 32-bit word, lowest byte first. Combinational: a register that starts
// as all ones and takes crc_o a word holds the complement of the checksum. Handshake: none.
module engram_crc32 (
  input  logic        enable_i,  // without it crc_o is crc_i
  input  logic [31:0] crc_i,     // before the word
  input  logic [31:0] data_i,    // the word
  output logic [31:0] crc_o      // after the word
);

  localparam logic [31:0] Polynomial = 32'hEDB88320;

  always_comb begin
    crc_o = crc_i;
    if (enable_i) begin
      crc_o = crc_i ^ data_i;
      for (int i = 0; i < 32; i++) crc_o = (crc_o >> 1) ^ (crc_o[0] ? Polynomial : 32'd0);
    end
  end

endmodule
