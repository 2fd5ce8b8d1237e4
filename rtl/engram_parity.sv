// The nine parity bits of a flit: even, a bit a byte of the data and one for the kind. Combinational.
module engram_parity (
  input  logic                                  enable_i,  // without it the bits are 0
  input  logic [engram_pkg::FlitDataBits-1:0]   data_i,
  input  logic [1:0]                            kind_i,
  output logic [engram_pkg::FlitParityBits-1:0] parity_o
);

  assign parity_o = enable_i ? {^kind_i, ^data_i[63:56], ^data_i[55:48], ^data_i[47:40], ^data_i[39:32], ^data_i[31:24],
                                ^data_i[23:16], ^data_i[15:8], ^data_i[7:0]}
                             : '0;

endmodule
