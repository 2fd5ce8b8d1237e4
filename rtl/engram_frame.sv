// All of the chip but the mesh: the host's interface and the barrier. Nothing of a cycle goes from the mesh through here and
// back into it: what the mesh takes depends on registers and on what the mesh has in registers.
module engram_frame #(
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
  output logic [1:0]  m_axis_tuser_o,   // kind of the flit
  // The mesh: engram_mesh
  output logic                              mesh_rst_no,
  output logic [1:0]                        mesh_in_valid_o,
  input  logic [1:0]                        mesh_in_ready_i,
  output logic [2*engram_pkg::FlitBits-1:0] mesh_in_flit_o,
  input  logic [1:0]                        mesh_out_valid_i,
  output logic [1:0]                        mesh_out_ready_o,
  input  logic [2*engram_pkg::FlitBits-1:0] mesh_out_flit_i,
  output logic                              update_start_o,
  output logic [31:0]                       step_o,
  input  logic [Columns*Rows-1:0]           idle_i,
  input  logic [4*Columns*Rows-1:0]         produced_i,
  input  logic [4*Columns*Rows-1:0]         consumed_i
);

  logic        barrier_start, host_idle, open;
  logic        beat_valid, beat_ready;
  logic [63:0] beat_data;
  logic [1:0]  beat_user;

  engram_host #(.Columns(Columns), .Rows(Rows), .FeatureHash(FeatureHash)) i_host (
    .clk_i, .rst_ni,
    .awvalid_i(s_axil_awvalid_i), .awready_o(s_axil_awready_o), .awaddr_i(s_axil_awaddr_i),
    .wvalid_i(s_axil_wvalid_i), .wready_o(s_axil_wready_o), .wdata_i(s_axil_wdata_i), .wstrb_i(s_axil_wstrb_i),
    .bvalid_o(s_axil_bvalid_o), .bready_i(s_axil_bready_i), .bresp_o(s_axil_bresp_o),
    .arvalid_i(s_axil_arvalid_i), .arready_o(s_axil_arready_o), .araddr_i(s_axil_araddr_i),
    .rvalid_o(s_axil_rvalid_o), .rready_i(s_axil_rready_i), .rdata_o(s_axil_rdata_o), .rresp_o(s_axil_rresp_o),
    .in_valid_i(s_axis_tvalid_i), .in_ready_o(s_axis_tready_o), .in_data_i(s_axis_tdata_i), .in_pair_i(s_axis_tkeep_i),
    .in_last_i(s_axis_tlast_i),
    .out_valid_o(beat_valid), .out_ready_i(beat_ready), .out_data_o(beat_data), .out_user_o(beat_user),
    .mesh_rst_no, .mesh_in_valid_o, .mesh_in_ready_i, .mesh_in_flit_o,
    .mesh_out_valid_i, .mesh_out_ready_o, .mesh_out_flit_i,
    .update_start_o, .step_o, .cores_idle_i(&idle_i),
    .barrier_start_o(barrier_start), .host_idle_o(host_idle), .open_i(open)
  );

  // What leaves is registered: no path leads from the pins to the mesh.
  engram_fifo #(.Width(66), .Depth(2)) i_out (
    .clk_i, .rst_ni, .in_valid_i(beat_valid), .in_ready_o(beat_ready), .in_data_i({beat_user, beat_data}),
    .out_valid_o(m_axis_tvalid_o), .out_ready_i(m_axis_tready_i), .out_data_o({m_axis_tuser_o, m_axis_tdata_o})
  );

  engram_barrier #(.Tiles(Columns * Rows)) i_barrier (
    .clk_i, .rst_ni(mesh_rst_no), .start_i(barrier_start), .produced_i, .consumed_i, .idle_i,
    .host_produced_i(mesh_in_valid_o & mesh_in_ready_i), .host_consumed_i(mesh_out_valid_i & mesh_out_ready_o), .host_idle_i(host_idle),
    .open_o(open)
  );

endmodule
