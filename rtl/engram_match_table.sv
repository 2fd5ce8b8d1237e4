// A table whose entries are all compared with a key at once: the lowest valid one with (key & mask) == its key wins and gives
// its value. The look-up is combinational. Memory port: writes take effect in the next cycle, `rdata_o` follows `read_i` by
// one cycle and stays; parts of an entry: 0 key, 1 mask, 2 {valid [31], value}, 3 nothing. Entries are not valid after a reset.
module engram_match_table #(
  parameter int Entries = 64,  // a power of two
  parameter int ValueBits = 6  // at most 31
) (
  input  logic                       clk_i,
  input  logic                       rst_ni,
  input  logic                       write_i,
  input  logic                       read_i,
  input  logic [$clog2(Entries)-1:0] entry_i,   // of write or read
  input  logic [1:0]                 part_i,
  input  logic [31:0]                wdata_i,
  output logic [31:0]                rdata_o,
  input  logic                       lookup_i,  // without it there is no hit
  input  logic [31:0]                key_i,
  output logic                       hit_o,
  output logic [ValueBits-1:0]       value_o,   // 0 without a hit
  output logic [31:0]                rest_o     // bits of the key that the mask leaves out, 0 without a hit
);

  logic [31:0]                key_q [Entries];
  logic [31:0]                mask_q [Entries];
  logic [ValueBits-1:0]       value_q [Entries];
  logic [Entries-1:0]         valid_q;
  logic [31:0]                rdata_q;
  logic [$clog2(Entries)-1:0] winner;

`ifndef SYNTHESIS
  initial begin
    for (int i = 0; i < Entries; i++) begin
      key_q[i] = '0;
      mask_q[i] = '0;
      value_q[i] = '0;
    end
  end
`endif

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) valid_q <= '0;
    else if (write_i && part_i == 2'd2) valid_q[entry_i] <= wdata_i[31];
  end

  always_ff @(posedge clk_i) begin
    if (write_i && part_i == 2'd0) key_q[entry_i] <= wdata_i;
    if (write_i && part_i == 2'd1) mask_q[entry_i] <= wdata_i;
    if (write_i && part_i == 2'd2) value_q[entry_i] <= wdata_i[ValueBits-1:0];
    if (read_i) begin
      unique case (part_i)
        2'd0:    rdata_q <= key_q[entry_i];
        2'd1:    rdata_q <= mask_q[entry_i];
        2'd2:    rdata_q <= {valid_q[entry_i], {(31 - ValueBits){1'b0}}, value_q[entry_i]};
        default: rdata_q <= '0;
      endcase
    end
  end

  assign rdata_o = rdata_q;

  always_comb begin
    hit_o = 1'b0;
    winner = '0;
    value_o = '0;
    rest_o = '0;
    if (lookup_i) begin
      for (int i = Entries - 1; i >= 0; i--) begin
        if (valid_q[i] && (key_i & mask_q[i]) == key_q[i]) begin
          hit_o = 1'b1;
          winner = $clog2(Entries)'(i);
        end
      end
      if (hit_o) begin
        value_o = value_q[winner];
        rest_o = key_i & ~mask_q[winner];
      end
    end
  end

endmodule
