// A stored word as it was written, if at most one of its bits is wrong; see engram_secded_enc. Combinational. Three and
// more wrong bits may look like one.
module engram_secded_dec #(
  parameter int DataBits = 64,  // as of the encoder
  parameter int CheckBits = 8
) (
  input  logic [DataBits-1:0]  data_i,
  input  logic [CheckBits-1:0] check_i,
  output logic [DataBits-1:0]  data_o,
  output logic                 corrected_o,  // one bit was wrong, of data or check
  output logic                 double_o      // data_o is not to be used
);

  localparam int HammingBits = CheckBits - 1;

  logic [HammingBits-1:0]          syndrome;
  logic                            odd;
  logic                            in_check;  // the wrong bit is none of the data
  logic [DataBits-1:0]             wrong;
  logic [HammingBits*DataBits-1:0] agrees;

  assign odd = ^{data_i, check_i};
  assign in_check = (syndrome & (syndrome - 1'b1)) == '0;

  for (genvar i = 0; i < HammingBits; i++) begin : g_check
    assign syndrome[i] =
        ^(data_i & engram_pkg::SecdedMasks[engram_pkg::SecdedDataBits*i +: DataBits]) ^ check_i[i];
    assign agrees[DataBits*i +: DataBits] =
        engram_pkg::SecdedMasks[engram_pkg::SecdedDataBits*i +: DataBits] ^ {DataBits{!syndrome[i]}};
  end

  always_comb begin
    wrong = {DataBits{odd}};
    for (int i = 0; i < HammingBits; i++) wrong = wrong & agrees[DataBits*i +: DataBits];
  end

  assign data_o = data_i ^ wrong;
  assign corrected_o = odd && (in_check || wrong != '0);
  assign double_o = odd ? !(in_check || wrong != '0) : syndrome != '0;

endmodule
