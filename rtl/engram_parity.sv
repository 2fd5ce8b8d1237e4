// The nine parity bits of a flit: even, a bit a byte of the data and one for the kind. Combinational.
module engram_parity (
  input  logic [engram_pkg::FlitDataBits-1:0]   data_i,
  input  logic [1:0]                            kind_i,
  output logic [engram_pkg::FlitParityBits-1:0] parity_o
);

  for (genvar k = 0; k < engram_pkg::FlitDataBits / 8; k++) begin : g_byte
    assign parity_o[k] = ^data_i[8*k +: 8];
  end
  assign parity_o[engram_pkg::FlitParityBits-1] = ^kind_i;

endmodule
