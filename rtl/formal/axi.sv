// AXI: what the host's interface offers (responses of AXI4-Lite, beats of the stream) stays as it is until it is taken,
// whatever host and mesh do. AXI_BELIEVED_TAKEN looks at a host that is believed to have taken what it has not.
module axi (
  input logic        clk_i,
  input logic        awvalid_i,
  input logic        wvalid_i,
  input logic [3:0]  wstrb_i,
  input logic        bready_i,
  input logic        arvalid_i,
  input logic [7:0]  araddr_i,
  input logic        rready_i,
  input logic        write_error_i,
  input logic        read_done_i,
  input logic [31:0] rdata_i,
  input logic        read_error_i,
  input logic [1:0]  flit_valid_i,
  input logic [2*engram_pkg::FlitBits-1:0] flit_i,
  input logic        collect_i,
  input logic        out_ready_i
);

  logic rst_n = 1'b0;
  always_ff @(posedge clk_i) rst_n <= 1'b1;

  logic        awready, wready, bvalid, arready, rvalid, write, read, out_valid, reply, control, parity_error;
  logic [1:0]  bresp, rresp, flit_ready, user;
  logic [7:0]  waddr, raddr, reply_core;
  logic [31:0] wdata, rdata, reply_data;
  logic [63:0] data;
  logic        bready, rready, out_ready;

  // What the blocks see of the host
`ifdef AXI_BELIEVED_TAKEN
  assign {bready, rready, out_ready} = 3'b111;
`else
  assign {bready, rready, out_ready} = {bready_i, rready_i, out_ready_i};
`endif

  engram_axi_lite i_axi (
    .clk_i, .rst_ni(rst_n), .awvalid_i, .awready_o(awready), .awaddr_i(8'd0), .wvalid_i, .wready_o(wready),
    .wdata_i(32'd0), .wstrb_i, .bvalid_o(bvalid), .bready_i(bready), .bresp_o(bresp), .arvalid_i, .arready_o(arready),
    .araddr_i, .rvalid_o(rvalid), .rready_i(rready), .rdata_o(rdata), .rresp_o(rresp), .write_o(write), .waddr_o(waddr),
    .wdata_o(wdata), .write_error_i, .read_o(read), .raddr_o(raddr), .read_done_i, .rdata_i, .read_error_i
  );

  engram_host_out i_out (
    .clk_i, .rst_ni(rst_n), .flit_valid_i, .flit_ready_o(flit_ready), .flit_i, .collect_i, .reply_o(reply),
    .reply_data_o(reply_data), .reply_core_o(reply_core), .control_o(control), .parity_error_o(parity_error),
    .valid_o(out_valid), .ready_i(out_ready), .data_o(data), .user_o(user)
  );

  logic        b_waits = 1'b0, r_waits = 1'b0, out_waits = 1'b0;
  logic [1:0]  b_held = '0;
  logic [33:0] r_held = '0;
  logic [65:0] out_held = '0;
  always_ff @(posedge clk_i) begin
    b_waits <= rst_n && bvalid && !bready_i;
    r_waits <= rst_n && rvalid && !rready_i;
    out_waits <= rst_n && out_valid && !out_ready_i;
    b_held <= bresp;
    r_held <= {rresp, rdata};
    out_held <= {user, data};
    if (rst_n) begin
      if (b_waits) assert (bvalid && bresp == b_held);
      if (r_waits) assert (rvalid && {rresp, rdata} == r_held);
      if (out_waits) assert (out_valid && {user, data} == out_held);
      // Never more responses than requests
      assert (!(awready && bvalid));
      assert (!(arready && (read || rvalid)));
      assert (!(read && rvalid));
    end
  end

endmodule
