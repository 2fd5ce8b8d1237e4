// Any operations on a small bank of the ring; what is proved stands in the bank, behind FORMAL.
module ring_bank (
  input logic       clk_i,
  input logic       rst_ni,
  input logic       valid_i,
  input logic [1:0] kind_i,
  input logic       address_i,
  input logic       port_i,
  input logic [3:0] value_i
);

  logic [7:0] word;

  engram_ring_bank #(.Words(2), .Ports(2), .Bits(4)) u_bank (
    .clk_i(clk_i), .rst_ni(rst_ni), .valid_i(valid_i), .kind_i(kind_i), .address_i(address_i), .port_i(port_i),
    .value_i(value_i), .word_o(word)
  );

endmodule
