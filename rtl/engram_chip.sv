// The chip: the mesh of tiles, and its frame: the barrier over them, and the host's interface at the west port of tile (0,0).
module engram_chip #(
  parameter int Columns = engram_chip_pkg::Columns,                   // tiles to the east, 1 to 16
  parameter int Rows = engram_chip_pkg::Rows,                         // tiles to the north, 1 to 16
  parameter logic [31:0] FeatureHash = engram_chip_pkg::FeatureHash   // of the chip's sizes
) (
  input  logic        clk_i,
  input  logic        rst_ni,
  // AXI4-Lite: registers
  input  logic        s_axil_awvalid_i,
  output logic        s_axil_awready_o,
  input  logic [7:0]  s_axil_awaddr_i,
  input  logic        s_axil_wvalid_i,
  output logic        s_axil_wready_o,
  input  logic [31:0] s_axil_wdata_i,
  input  logic [3:0]  s_axil_wstrb_i,
  output logic        s_axil_bvalid_o,
  input  logic        s_axil_bready_i,
  output logic [1:0]  s_axil_bresp_o,
  input  logic        s_axil_arvalid_i,
  output logic        s_axil_arready_o,
  input  logic [7:0]  s_axil_araddr_i,
  output logic        s_axil_rvalid_o,
  input  logic        s_axil_rready_i,
  output logic [31:0] s_axil_rdata_o,
  output logic [1:0]  s_axil_rresp_o,
  // AXI-Stream in: image, injections, accesses
  input  logic        s_axis_tvalid_i,
  output logic        s_axis_tready_o,
  input  logic [63:0] s_axis_tdata_i,
  input  logic        s_axis_tkeep_i,   // of the upper word
  input  logic        s_axis_tlast_i,
  // AXI-Stream out: spikes, replies
  output logic        m_axis_tvalid_o,
  input  logic        m_axis_tready_i,
  output logic [63:0] m_axis_tdata_o,
  output logic [1:0]  m_axis_tuser_o    // kind of the flit
);

  localparam int Tiles = Columns * Rows;

  logic                              mesh_rst_n, update_start;
  logic [1:0]                        in_valid, in_ready, out_valid, out_ready;
  logic [2*engram_pkg::FlitBits-1:0] in_flit, out_flit;
  logic [31:0]                       step;
  logic [4*Tiles-1:0]                produced, consumed;
  logic [Tiles-1:0]                  idle;

  engram_frame #(.Columns(Columns), .Rows(Rows), .FeatureHash(FeatureHash)) i_frame (
    .clk_i, .rst_ni, .s_axil_awvalid_i, .s_axil_awready_o, .s_axil_awaddr_i, .s_axil_wvalid_i, .s_axil_wready_o,
    .s_axil_wdata_i, .s_axil_wstrb_i, .s_axil_bvalid_o, .s_axil_bready_i, .s_axil_bresp_o, .s_axil_arvalid_i,
    .s_axil_arready_o, .s_axil_araddr_i, .s_axil_rvalid_o, .s_axil_rready_i, .s_axil_rdata_o, .s_axil_rresp_o,
    .s_axis_tvalid_i, .s_axis_tready_o, .s_axis_tdata_i, .s_axis_tkeep_i, .s_axis_tlast_i, .m_axis_tvalid_o,
    .m_axis_tready_i, .m_axis_tdata_o, .m_axis_tuser_o,
    .mesh_rst_no(mesh_rst_n), .mesh_in_valid_o(in_valid), .mesh_in_ready_i(in_ready), .mesh_in_flit_o(in_flit),
    .mesh_out_valid_i(out_valid), .mesh_out_ready_o(out_ready), .mesh_out_flit_i(out_flit),
    .update_start_o(update_start), .step_o(step), .idle_i(idle), .produced_i(produced), .consumed_i(consumed)
  );

  engram_mesh #(.Columns(Columns), .Rows(Rows)) i_mesh (
    .clk_i, .rst_ni(mesh_rst_n), .host_in_valid_i(in_valid), .host_in_ready_o(in_ready), .host_in_flit_i(in_flit),
    .host_out_valid_o(out_valid), .host_out_ready_i(out_ready), .host_out_flit_o(out_flit),
    .update_start_i(update_start), .step_i(step), .produced_o(produced), .consumed_o(consumed), .idle_o(idle)
  );

endmodule
