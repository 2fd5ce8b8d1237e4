// An AXI4-Lite slave of 32-bit registers in front of a plain bus. Handshake: valid/ready on all five channels; a response
// stays until it is taken. A write is taken when address and data are there and the last response has gone, and reaches
// the bus in that cycle (`write_o`); one of single bytes is refused. A read waits on the bus (`read_o`) until `read_done_i`.
module engram_axi_lite #(
  parameter int AddressBits = 8
) (
  input  logic                   clk_i,
  input  logic                   rst_ni,
  input  logic                   awvalid_i,
  output logic                   awready_o,
  input  logic [AddressBits-1:0] awaddr_i,
  input  logic                   wvalid_i,
  output logic                   wready_o,
  input  logic [31:0]            wdata_i,
  input  logic [3:0]             wstrb_i,
  output logic                   bvalid_o,
  input  logic                   bready_i,
  output logic [1:0]             bresp_o,
  input  logic                   arvalid_i,
  output logic                   arready_o,
  input  logic [AddressBits-1:0] araddr_i,
  output logic                   rvalid_o,
  input  logic                   rready_i,
  output logic [31:0]            rdata_o,
  output logic [1:0]             rresp_o,
  // Bus
  output logic                   write_o,        // waddr_o and wdata_o are written
  output logic [AddressBits-1:0] waddr_o,
  output logic [31:0]            wdata_o,
  input  logic                   write_error_i,  // there is no such register, at once
  output logic                   read_o,         // raddr_o is read, until read_done_i
  output logic [AddressBits-1:0] raddr_o,
  input  logic                   read_done_i,
  input  logic [31:0]            rdata_i,
  input  logic                   read_error_i
);

  localparam logic [1:0] Okay = 2'b00;
  localparam logic [1:0] SlaveError = 2'b10;

  logic                   bvalid_q, rvalid_q, reading_q;
  logic [1:0]             bresp_q, rresp_q;
  logic [31:0]            rdata_q;
  logic [AddressBits-1:0] raddr_q;
  logic                   taken;

  assign taken = awvalid_i && wvalid_i && !bvalid_q;
  assign awready_o = taken;
  assign wready_o = taken;
  assign write_o = taken && wstrb_i == 4'hF;
  assign waddr_o = awaddr_i;
  assign wdata_o = wdata_i;
  assign bvalid_o = bvalid_q;
  assign bresp_o = bresp_q;

  assign arready_o = !reading_q && !rvalid_q;
  assign read_o = reading_q;
  assign raddr_o = raddr_q;
  assign rvalid_o = rvalid_q;
  assign rdata_o = rdata_q;
  assign rresp_o = rresp_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      bvalid_q <= 1'b0;
      bresp_q <= Okay;
      rvalid_q <= 1'b0;
      rresp_q <= Okay;
      rdata_q <= '0;
      reading_q <= 1'b0;
      raddr_q <= '0;
    end else begin
      if (bready_i) bvalid_q <= 1'b0;
      if (taken) begin
        bvalid_q <= 1'b1;
        bresp_q <= wstrb_i != 4'hF || write_error_i ? SlaveError : Okay;
      end
      if (rready_i) rvalid_q <= 1'b0;
      if (arvalid_i && arready_o) begin
        reading_q <= 1'b1;
        raddr_q <= araddr_i;
      end
      if (reading_q && read_done_i) begin
        reading_q <= 1'b0;
        rvalid_q <= 1'b1;
        rdata_q <= rdata_i;
        rresp_q <= read_error_i ? SlaveError : Okay;
      end
    end
  end

endmodule
