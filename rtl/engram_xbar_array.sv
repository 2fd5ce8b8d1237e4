// The analog part of the crossbar, as a model: tiles of differential pairs of cells, and integrators that hold what the
// columns have added up, one for each plane (bit of a payload), slice and column. For synthesis it is a macro without a
// body: cells, integrators and their noise are no logic.
//
// Handshake: none. A drive adds the currents of a row to all columns of a plane in one cycle; a sense gives the sums of
// neighbouring columns one cycle later, and they stay. Not both in a cycle. Cells and the table of noise are written and read
// in parts of 32 bits, and erased all at once, not while a drive is made; what is read comes one cycle later and stays.
//
// The default sizes are small, for tools that look at a module by itself.
`ifdef SYNTHESIS
(* blackbox *)
`endif
module engram_xbar_array #(
  parameter int Tiles = 2,       // powers of two, all of them
  parameter int Rows = 4,
  parameter int Columns = 8,     // at least 8
  parameter int Slices = 2,
  parameter int Planes = 2,
  parameter int SumBits = 18,
  parameter int Senses = 4,      // columns that are sensed at once, a part of all
  parameter int NoiseWords = 4,  // of Columns numbers; at least as many as slices
  parameter int TileBits = $clog2(Tiles),
  parameter int PlaneBits = $clog2(Planes),
  parameter int SliceBits = $clog2(Slices),
  parameter int GroupBits = $clog2(Columns / Senses),
  parameter int PartBits = $clog2(Rows * Slices * 2 * Columns / 4),
  parameter int NoiseBits = $clog2(NoiseWords * Columns / 4),
  parameter int SelectorBits = $clog2(NoiseWords) + $clog2(Columns)
) (
  input  logic                          clk_i,
  input  logic                          erase_i,           // clears all cells and the table
  // Access: {row, slice, polarity, column / 4} of a tile, or {word, column / 4} of the table of noise
  input  logic                          write_i,
  input  logic                          read_i,
  input  logic                          noise_i,           // the table
  input  logic [TileBits-1:0]           tile_i,
  input  logic [PartBits-1:0]           address_i,
  input  logic [31:0]                   wdata_i,
  output logic [31:0]                   rdata_o,
  // Drive of a row
  input  logic                          drive_valid_i,
  input  logic [TileBits-1:0]           drive_tile_i,
  input  logic [$clog2(Rows)-1:0]       drive_row_i,
  input  logic [PlaneBits-1:0]          drive_plane_i,
  input  logic                          drive_first_i,     // the integrators begin at zero
  input  logic                          drive_negative_i,
  input  logic                          drive_noisy_i,
  input  logic [SelectorBits-1:0]       drive_selector_i,  // {column, word}, where the numbers of the table begin
  input  logic [127:0]                  drive_sigma_i,     // noise by conductance, 16 bytes
  // Sense of Senses columns of a slice and plane
  input  logic                          sense_valid_i,
  input  logic [TileBits-1:0]           sense_tile_i,
  input  logic [PlaneBits-1:0]          sense_plane_i,
  input  logic [SliceBits-1:0]          sense_slice_i,
  input  logic [GroupBits-1:0]          sense_group_i,
  output logic [Senses*SumBits-1:0]     sums_o             // lowest column lowest, two's complement
);

`ifndef SYNTHESIS
  localparam int ColumnBits = $clog2(Columns);
  localparam int WordBits = $clog2(NoiseWords);
  localparam int SenseBits = $clog2(Senses);
  localparam int Cells = Tiles * Rows * Slices * 2 * Columns / 4;  // four a word

  // Arrays of variables, of which no other process knows: integrators are summed up one after another in a cycle.

  logic [31:0]        cells_q [Cells];
  logic [31:0]        noise_q [NoiseWords*Columns/4];
  logic [SumBits-1:0] sums_q [Tiles*Planes*Slices*Columns];

  initial begin
    for (int i = 0; i < Cells; i++) cells_q[i] = '0;
    for (int i = 0; i < NoiseWords * Columns / 4; i++) noise_q[i] = '0;
    for (int i = 0; i < Tiles * Planes * Slices * Columns; i++) sums_q[i] = '0;
    rdata_o = '0;
    sums_o = '0;
  end

  logic [TileBits+PlaneBits+SliceBits+ColumnBits-1:0] sum;
  logic [SliceBits-1:0]    slice;
  logic [ColumnBits-1:0]   column, noise_column;
  logic [WordBits-1:0]     noise_word;
  logic [31:0]             plus_cells, minus_cells, numbers;
  logic [7:0]              plus, minus, number, sigma;
  logic [3:0]              level;
  logic signed [16:0]      scaled;
  logic [SumBits-1:0]      current;

  always_ff @(posedge clk_i) begin
    if (erase_i) begin
      for (int i = 0; i < Cells; i++) cells_q[i] = '0;
      for (int i = 0; i < NoiseWords * Columns / 4; i++) noise_q[i] = '0;
    end
    if (write_i && !noise_i) cells_q[{tile_i, address_i}] = wdata_i;
    if (write_i && noise_i) noise_q[address_i[NoiseBits-1:0]] = wdata_i;
    if (read_i) rdata_o <= noise_i ? noise_q[address_i[NoiseBits-1:0]] : cells_q[{tile_i, address_i}];
    if (drive_valid_i) begin
      for (int i = 0; i < Slices * Columns; i++) begin
        {slice, column} = (SliceBits + ColumnBits)'(i);
        plus_cells = cells_q[{drive_tile_i, drive_row_i, slice, 1'b0, column[ColumnBits-1:2]}];
        minus_cells = cells_q[{drive_tile_i, drive_row_i, slice, 1'b1, column[ColumnBits-1:2]}];
        plus = plus_cells[{column[1:0], 3'd0} +: 8];
        minus = minus_cells[{column[1:0], 3'd0} +: 8];
        current = {{(SumBits - 8){1'b0}}, plus} - {{(SumBits - 8){1'b0}}, minus};
        if (drive_noisy_i) begin
          noise_word = drive_selector_i[WordBits-1:0] + WordBits'(slice);
          noise_column = column ^ drive_selector_i[SelectorBits-1:WordBits];
          numbers = noise_q[{noise_word, noise_column[ColumnBits-1:2]}];
          number = numbers[{noise_column[1:0], 3'd0} +: 8];
          level = plus > minus ? plus[7:4] : minus[7:4];
          sigma = drive_sigma_i[{level, 3'd0} +: 8];
          scaled = $signed({{9{number[7]}}, number}) * $signed({9'd0, sigma}) + 17'sd64;
          current = current + {{(SumBits - 10){scaled[16]}}, scaled[16:7]};
        end
        sum = {drive_tile_i, drive_plane_i, slice, column};
        sums_q[sum] = (drive_first_i ? '0 : sums_q[sum]) + (drive_negative_i ? -current : current);
      end
    end
    if (sense_valid_i) begin
      for (int j = 0; j < Senses; j++)
        sums_o[SumBits*j +: SumBits] <= sums_q[{sense_tile_i, sense_plane_i, sense_slice_i, sense_group_i, SenseBits'(j)}];
    end
  end
`endif

endmodule
