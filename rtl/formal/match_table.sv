// The lowest valid entry that matches wins and leaves the other bits of the key over, whatever was written in whichever order,
// and reads give what was written.
module match_table (
  input logic        clk_i,
  input logic        write_i,
  input logic        read_i,
  input logic [1:0]  entry_i,
  input logic [1:0]  part_i,
  input logic [31:0] wdata_i,
  input logic [31:0] key_i
);

  logic rst_n = 1'b0;
  always_ff @(posedge clk_i) rst_n <= 1'b1;

  logic        hit;
  logic [5:0]  value;
  logic [31:0] rest;
  logic [31:0] rdata;
  engram_match_table #(.Entries(4), .ValueBits(6)) dut (
    .clk_i, .rst_ni(rst_n), .write_i, .read_i, .entry_i, .part_i, .wdata_i, .rdata_o(rdata), .lookup_i(1'b1), .key_i,
    .hit_o(hit), .value_o(value), .rest_o(rest)
  );

  // What was written
  logic [31:0] keys [4];
  logic [31:0] masks [4];
  logic [5:0]  values [4];
  logic [3:0]  valid, match;
  logic [5:0]  first;
  logic [31:0] first_mask;

  // And what the table keeps
  (* hierconn *) wire [31:0] \dut.key_q[0] ;
  (* hierconn *) wire [31:0] \dut.key_q[1] ;
  (* hierconn *) wire [31:0] \dut.key_q[2] ;
  (* hierconn *) wire [31:0] \dut.key_q[3] ;
  (* hierconn *) wire [31:0] \dut.mask_q[0] ;
  (* hierconn *) wire [31:0] \dut.mask_q[1] ;
  (* hierconn *) wire [31:0] \dut.mask_q[2] ;
  (* hierconn *) wire [31:0] \dut.mask_q[3] ;
  (* hierconn *) wire [5:0] \dut.value_q[0] ;
  (* hierconn *) wire [5:0] \dut.value_q[1] ;
  (* hierconn *) wire [5:0] \dut.value_q[2] ;
  (* hierconn *) wire [5:0] \dut.value_q[3] ;
  (* hierconn *) wire [3:0] \dut.valid_q ;

  logic same;
  assign same = {\dut.key_q[0] , \dut.mask_q[0] , \dut.value_q[0] } == {keys[0], masks[0], values[0]} &&
                {\dut.key_q[1] , \dut.mask_q[1] , \dut.value_q[1] } == {keys[1], masks[1], values[1]} &&
                {\dut.key_q[2] , \dut.mask_q[2] , \dut.value_q[2] } == {keys[2], masks[2], values[2]} &&
                {\dut.key_q[3] , \dut.mask_q[3] , \dut.value_q[3] } == {keys[3], masks[3], values[3]};

  always_ff @(posedge clk_i or negedge rst_n) begin
    if (!rst_n) valid <= '0;
    else if (write_i && part_i == 2'd2) valid[entry_i] <= wdata_i[31];
  end

  always_ff @(posedge clk_i) begin
    if (write_i && part_i == 2'd0) keys[entry_i] <= wdata_i;
    if (write_i && part_i == 2'd1) masks[entry_i] <= wdata_i;
    if (write_i && part_i == 2'd2) values[entry_i] <= wdata_i[5:0];
  end

  assign match = {valid[3] && keys[3] == (key_i & masks[3]), valid[2] && keys[2] == (key_i & masks[2]),
                  valid[1] && keys[1] == (key_i & masks[1]), valid[0] && keys[0] == (key_i & masks[0])};
  assign first = match[0] ? values[0] : match[1] ? values[1] : match[2] ? values[2] : values[3];

  assign first_mask = match[0] ? masks[0] : match[1] ? masks[1] : match[2] ? masks[2] : masks[3];

  logic        was_read = 1'b0;
  logic [31:0] expected = '0;
  // Memories begin with anything.
  always_ff @(posedge clk_i) begin
    was_read <= rst_n && read_i;
    if (read_i) begin
      unique case (part_i)
        2'd0:    expected <= keys[entry_i];
        2'd1:    expected <= masks[entry_i];
        2'd2:    expected <= {valid[entry_i], 25'd0, values[entry_i]};
        default: expected <= '0;
      endcase
    end
    if (rst_n) begin
      assert (hit == (match != '0));
      assert (value == (hit ? first : 6'd0));
      assert (rest == (hit ? key_i & ~first_mask : 32'd0));
      if (was_read) assert (rdata == expected);
      // Why
      assert (\dut.valid_q  == valid);
      assert (same);
    end else begin
      assume (same);
    end
  end

endmodule
