// A memory with SECDED: what is read comes corrected, one cycle after `read_i`, and stays until the next read. Writes make
// the check bits; `flip_i` writes back the word that was read last, as it is stored, with the bits of a mask turned over.
module engram_protected_ram #(
  parameter int Depth = 4096,  // a power of two
  parameter int DataBits = 64,  // 64 or 32
  parameter int CheckBits = 8   // 8 or 7
) (
  input  logic                          clk_i,
  input  logic                          write_i,
  input  logic                          flip_i,      // not with a write; to the address that was read last
  input  logic [$clog2(Depth)-1:0]      waddr_i,
  input  logic [DataBits-1:0]           wdata_i,
  input  logic [DataBits+CheckBits-1:0] mask_i,      // {check, data}
  input  logic                          read_i,
  input  logic [$clog2(Depth)-1:0]      raddr_i,
  input  logic                          use_i,       // the word is looked at: without it the outputs below are 0
  output logic [DataBits-1:0]           rdata_o,
  output logic                          corrected_o,
  output logic                          double_o
);

  logic [DataBits-1:0]  stored_data, used_data, decoded, write_data;
  logic [CheckBits-1:0] stored_check, used_check, check, write_check;

  engram_secded_enc #(.DataBits(DataBits), .CheckBits(CheckBits)) u_enc (.data_i(wdata_i), .check_o(check));

  assign write_data = flip_i ? stored_data ^ mask_i[DataBits-1:0] : wdata_i;
  assign write_check = flip_i ? stored_check ^ mask_i[DataBits+CheckBits-1:DataBits] : check;

  engram_ram #(.Depth(Depth), .Width(DataBits)) u_data (
    .clk_i(clk_i), .write_i(write_i || flip_i), .waddr_i(waddr_i), .wdata_i(write_data), .read_i(read_i),
    .raddr_i(raddr_i), .rdata_o(stored_data)
  );
  engram_ram #(.Depth(Depth), .Width(CheckBits)) u_check (
    .clk_i(clk_i), .write_i(write_i || flip_i), .waddr_i(waddr_i), .wdata_i(write_check), .read_i(read_i),
    .raddr_i(raddr_i), .rdata_o(stored_check)
  );

  assign used_data = use_i ? stored_data : '0;
  assign used_check = use_i ? stored_check : '0;

  engram_secded_dec #(.DataBits(DataBits), .CheckBits(CheckBits)) u_dec (
    .data_i(used_data), .check_i(used_check), .data_o(decoded), .corrected_o(corrected_o), .double_o(double_o)
  );

  assign rdata_o = decoded;

endmodule
