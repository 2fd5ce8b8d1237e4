// The check bits of a word that is to be stored: Hamming (engram_pkg::SecdedMasks) and the parity of everything, which
// together correct one wrong bit and detect two. Combinational.
module engram_secded_enc #(
  parameter int DataBits = 64,  // 64 or 32
  parameter int CheckBits = 8   // 8 for 64 bits of data, 7 for 32
) (
  input  logic [DataBits-1:0]  data_i,
  output logic [CheckBits-1:0] check_o
);

  localparam int HammingBits = CheckBits - 1;

  logic [HammingBits-1:0] hamming;

  for (genvar i = 0; i < HammingBits; i++) begin : g_check
    assign hamming[i] = ^(data_i & engram_pkg::SecdedMasks[engram_pkg::SecdedDataBits*i +: DataBits]);
  end

  assign check_o = {^{data_i, hamming}, hamming};

endmodule
