// The mesh and its barrier, as in the chip.
module mesh_bench #(
  parameter int Columns = 4,
  parameter int Rows = 4
) (
  input  logic         clk_i,
  input  logic         rst_ni,
  input  logic [1:0]   host_in_valid_i,
  output logic [1:0]   host_in_ready_o,
  input  logic [149:0] host_in_flit_i,
  output logic [1:0]   host_out_valid_o,
  input  logic [1:0]   host_out_ready_i,
  output logic [149:0] host_out_flit_o,
  input  logic         start_i,
  input  logic         update_start_i,
  input  logic         host_idle_i,
  output logic         open_o
);

  logic [Columns*Rows-1:0]   idle;
  logic [4*Columns*Rows-1:0] produced, consumed;

  engram_mesh #(.Columns(Columns), .Rows(Rows)) u_mesh (
    .clk_i, .rst_ni, .host_in_valid_i, .host_in_ready_o, .host_in_flit_i, .host_out_valid_o, .host_out_ready_i,
    .host_out_flit_o, .update_start_i, .step_i(32'd5), .idle_o(idle), .produced_o(produced), .consumed_o(consumed)
  );

  engram_barrier #(.Tiles(Columns * Rows)) u_barrier (
    .clk_i, .rst_ni, .start_i(start_i || update_start_i), .produced_i(produced), .consumed_i(consumed),
    .idle_i(idle), .host_produced_i(host_in_valid_i & host_in_ready_o),
    .host_consumed_i(host_out_valid_o & host_out_ready_i), .host_idle_i, .open_o
  );

endmodule
