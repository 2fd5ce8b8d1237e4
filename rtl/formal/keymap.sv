// The lowest valid entry of the key map that matches gives the axon, whatever was written in whichever order; a key without
// one is shown as such. Spikes leave once each, in order, with their payload, and reads give what was written.
module keymap (
  input logic        clk_i,
  input logic        valid_i,
  input logic [31:0] key_i,
  input logic [1:0]  payload_i,
  input logic        ready_i,
  input logic        write_i,
  input logic        read_i,
  input logic [1:0]  entry_i,
  input logic [1:0]  part_i,
  input logic [31:0] wdata_i
);

  logic rst_n = 1'b0;
  always_ff @(posedge clk_i) rst_n <= 1'b1;

  logic        ready, valid_out, no_key;
  logic [3:0]  axon;
  logic [1:0]  payload;
  logic [31:0] rdata;
  engram_keymap #(.Entries(4), .Axons(16), .PayloadBits(2)) dut (
    .clk_i, .rst_ni(rst_n), .valid_i, .ready_o(ready), .key_i, .payload_i, .valid_o(valid_out), .ready_i, .axon_o(axon),
    .payload_o(payload), .no_key_o(no_key), .write_i, .read_i, .entry_i, .part_i, .wdata_i, .rdata_o(rdata)
  );

  // What was written
  logic [31:0] keys [4];
  logic [31:0] masks [4];
  logic [3:0]  firsts [4];
  logic [3:0]  valid, match;

  // And what the key map keeps
  (* hierconn *) wire [31:0] \dut.u_table.key_q[0] ;
  (* hierconn *) wire [31:0] \dut.u_table.key_q[1] ;
  (* hierconn *) wire [31:0] \dut.u_table.key_q[2] ;
  (* hierconn *) wire [31:0] \dut.u_table.key_q[3] ;
  (* hierconn *) wire [31:0] \dut.u_table.mask_q[0] ;
  (* hierconn *) wire [31:0] \dut.u_table.mask_q[1] ;
  (* hierconn *) wire [31:0] \dut.u_table.mask_q[2] ;
  (* hierconn *) wire [31:0] \dut.u_table.mask_q[3] ;
  (* hierconn *) wire [3:0] \dut.u_table.value_q[0] ;
  (* hierconn *) wire [3:0] \dut.u_table.value_q[1] ;
  (* hierconn *) wire [3:0] \dut.u_table.value_q[2] ;
  (* hierconn *) wire [3:0] \dut.u_table.value_q[3] ;
  (* hierconn *) wire [3:0] \dut.u_table.valid_q ;

  logic same;
  assign same = {\dut.u_table.key_q[0] , \dut.u_table.mask_q[0] , \dut.u_table.value_q[0] } == {keys[0], masks[0], firsts[0]} &&
                {\dut.u_table.key_q[1] , \dut.u_table.mask_q[1] , \dut.u_table.value_q[1] } == {keys[1], masks[1], firsts[1]} &&
                {\dut.u_table.key_q[2] , \dut.u_table.mask_q[2] , \dut.u_table.value_q[2] } == {keys[2], masks[2], firsts[2]} &&
                {\dut.u_table.key_q[3] , \dut.u_table.mask_q[3] , \dut.u_table.value_q[3] } == {keys[3], masks[3], firsts[3]};

  always_ff @(posedge clk_i or negedge rst_n) begin
    if (!rst_n) valid <= '0;
    else if (write_i && part_i == 2'd2) valid[entry_i] <= wdata_i[31];
  end

  always_ff @(posedge clk_i) begin
    if (write_i && part_i == 2'd0) keys[entry_i] <= wdata_i;
    if (write_i && part_i == 2'd1) masks[entry_i] <= wdata_i;
    if (write_i && part_i == 2'd2) firsts[entry_i] <= wdata_i[3:0];
  end

  logic [31:0] place;
  logic        hit;
  assign match = {valid[3] && keys[3] == (key_i & masks[3]), valid[2] && keys[2] == (key_i & masks[2]),
                  valid[1] && keys[1] == (key_i & masks[1]), valid[0] && keys[0] == (key_i & masks[0])};
  assign place = match[0] ? {28'd0, firsts[0]} + (key_i & ~masks[0]) : match[1] ? {28'd0, firsts[1]} + (key_i & ~masks[1]) :
                 match[2] ? {28'd0, firsts[2]} + (key_i & ~masks[2]) : {28'd0, firsts[3]} + (key_i & ~masks[3]);
  assign hit = match != '0 && place < 32'd16;

  logic        was_read = 1'b0, full = 1'b0;
  logic [31:0] expected = '0;
  logic [5:0]  held;
  // Memories begin with anything.
  always_ff @(posedge clk_i) begin
    was_read <= rst_n && read_i;
    if (read_i) begin
      unique case (part_i)
        2'd0:    expected <= keys[entry_i];
        2'd1:    expected <= masks[entry_i];
        2'd2:    expected <= {valid[entry_i], 27'd0, firsts[entry_i]};
        default: expected <= '0;
      endcase
    end
    if (rst_n) begin
      if (full ? ready_i : 1'b1) full <= valid_i && hit;
      if (valid_i && ready) held <= {place[3:0], payload_i};
      assert (ready == (!full || ready_i));
      assert (no_key == (valid_i && ready && !hit));
      assert (valid_out == full);
      if (full) assert ({axon, payload} == held);
      if (was_read) assert (rdata == expected);
      // Why
      assert (\dut.u_table.valid_q  == valid);
      assert (same);
    end else begin
      assume (same);
    end
  end

endmodule
