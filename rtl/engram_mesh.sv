// Columns x Rows tiles; tile y * Columns + x is at (x, y), x to the east, y to the north. The host's channels, 0 spikes
// and 1 control, are those of the west port of tile (0,0): valid/ready, whole flits. At the other edges nothing arrives,
// and routers send nothing there.
module engram_mesh #(
  parameter int Columns = 4,  // 1 to 16
  parameter int Rows = 4
) (
  input  logic                              clk_i,
  input  logic                              rst_ni,
  input  logic [1:0]                        host_in_valid_i,
  output logic [1:0]                        host_in_ready_o,
  input  logic [2*engram_pkg::FlitBits-1:0] host_in_flit_i,
  output logic [1:0]                        host_out_valid_o,
  input  logic [1:0]                        host_out_ready_i,
  output logic [2*engram_pkg::FlitBits-1:0] host_out_flit_o,
  input  logic                              update_start_i,
  input  logic [31:0]                       step_i,
  // To the barrier, a tile after the other
  output logic [Columns*Rows-1:0]           idle_o,
  output logic [4*Columns*Rows-1:0]         produced_o,
  output logic [4*Columns*Rows-1:0]         consumed_o
);

  localparam int PairBits = 2 * engram_pkg::FlitBits;  // both channels of a link

  for (genvar y = 0; y < Rows; y++) begin : g_row
    for (genvar x = 0; x < Columns; x++) begin : g_column
      localparam int Tile = y * Columns + x;

      logic [7:0]            in_valid, in_ready, out_valid, out_ready;
      logic [4*PairBits-1:0] in_flit, out_flit;

      if (x < Columns - 1) begin : g_east
        assign in_valid[1:0] = g_row[y].g_column[x+1].out_valid[5:4];
        assign in_flit[0 +: PairBits] = g_row[y].g_column[x+1].out_flit[2*PairBits +: PairBits];
        assign out_ready[1:0] = g_row[y].g_column[x+1].in_ready[5:4];
      end else begin : g_no_east
        assign in_valid[1:0] = '0;
        assign in_flit[0 +: PairBits] = '0;
        assign out_ready[1:0] = '0;
      end

      if (y < Rows - 1) begin : g_north
        assign in_valid[3:2] = g_row[y+1].g_column[x].out_valid[7:6];
        assign in_flit[PairBits +: PairBits] = g_row[y+1].g_column[x].out_flit[3*PairBits +: PairBits];
        assign out_ready[3:2] = g_row[y+1].g_column[x].in_ready[7:6];
      end else begin : g_no_north
        assign in_valid[3:2] = '0;
        assign in_flit[PairBits +: PairBits] = '0;
        assign out_ready[3:2] = '0;
      end

      if (x > 0) begin : g_west
        assign in_valid[5:4] = g_row[y].g_column[x-1].out_valid[1:0];
        assign in_flit[2*PairBits +: PairBits] = g_row[y].g_column[x-1].out_flit[0 +: PairBits];
        assign out_ready[5:4] = g_row[y].g_column[x-1].in_ready[1:0];
      end else if (y == 0) begin : g_host
        assign in_valid[5:4] = host_in_valid_i;
        assign in_flit[2*PairBits +: PairBits] = host_in_flit_i;
        assign out_ready[5:4] = host_out_ready_i;
        assign host_in_ready_o = in_ready[5:4];
        assign host_out_valid_o = out_valid[5:4];
        assign host_out_flit_o = out_flit[2*PairBits +: PairBits];
      end else begin : g_no_west
        assign in_valid[5:4] = '0;
        assign in_flit[2*PairBits +: PairBits] = '0;
        assign out_ready[5:4] = '0;
      end

      if (y > 0) begin : g_south
        assign in_valid[7:6] = g_row[y-1].g_column[x].out_valid[3:2];
        assign in_flit[3*PairBits +: PairBits] = g_row[y-1].g_column[x].out_flit[PairBits +: PairBits];
        assign out_ready[7:6] = g_row[y-1].g_column[x].in_ready[3:2];
      end else begin : g_no_south
        assign in_valid[7:6] = '0;
        assign in_flit[3*PairBits +: PairBits] = '0;
        assign out_ready[7:6] = '0;
      end

      // Ports that lead anywhere: local, S, W, N, E
      localparam logic [4:0] Links = {1'b1, y > 0, x > 0 || y == 0, y < Rows - 1, x < Columns - 1};

      engram_tile #(.Columns(Columns), .Rows(Rows), .Links(Links)) u_tile (
        .clk_i,
        .rst_ni,
        .x_i(engram_pkg::CtrlPlaceBits'(x)),
        .y_i(engram_pkg::CtrlPlaceBits'(y)),
        .in_valid_i(in_valid),
        .in_ready_o(in_ready),
        .in_flit_i(in_flit),
        .out_valid_o(out_valid),
        .out_ready_i(out_ready),
        .out_flit_o(out_flit),
        .update_start_i,
        .step_i,
        .idle_o(idle_o[Tile]),
        .produced_o(produced_o[4*Tile +: 4]),
        .consumed_o(consumed_o[4*Tile +: 4])
      );
    end
  end

endmodule
