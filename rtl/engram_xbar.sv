// The crossbar of a core: tiles for in-memory computing (docs/accelerator.md, Crossbar). Spikes drive rows of tiles, a cycle
// a bit of their payload; when an update starts, what the columns have added up is converted and added to the ring. Spikes
// wait while that goes on.
//
// Handshakes: spikes and adds are valid/ready; `update_i` is a pulse with the step, after which `converting_o` is high as
// long as the conversion lasts, from the next cycle on; `pending_o` says beforehand whether there is one. An access of the
// control network (memories CELL, TILE, NOISE; the address in range) stays until `ctrl_ack_o`, which comes with the data.
module engram_xbar #(
  parameter int Crossbars = 4,  // tiles, 1 to 4
  parameter int Neurons = 256,
  parameter int Slots = 16,
  parameter int Ports = 4,
  parameter int Bits = 24,      // of a payload and of a sum of the ring
  parameter int RowBits = $clog2(Neurons) - 3,
  parameter int SlotBits = $clog2(Slots),
  parameter int PortBits = $clog2(Ports)
) (
  input  logic                  clk_i,
  input  logic                  rst_ni,
  input  logic [31:0]           step_i,
  input  logic [63:0]           seed_i,
  input  logic                  update_i,
  input  logic                  erase_i,         // clears cells and noise, begins with a reset
  input  logic                  clear_i,         // likewise the settings at the address
  input  logic [6:0]            clear_address_i,
  output logic                  pending_o,
  output logic                  converting_o,
  output logic                  idle_o,
  input  logic                  spike_valid_i,
  output logic                  spike_ready_o,
  input  logic [3:0]            spike_tiles_i,   // a bit a tile
  input  logic [6:0]            spike_row_i,
  input  logic [Bits-1:0]       spike_payload_i,
  output logic [7:0]            add_valid_o,     // lane b: neuron {row, b}
  input  logic                  add_ready_i,
  output logic [8*RowBits-1:0]  add_row_o,
  output logic [SlotBits-1:0]   add_slot_o,      // of all lanes
  output logic [PortBits-1:0]   add_port_o,
  output logic [8*Bits-1:0]     add_value_o,
  input  logic                  ctrl_valid_i,
  input  logic                  ctrl_write_i,
  input  logic [3:0]            ctrl_memory_i,
  input  logic [16:0]           ctrl_address_i,
  input  logic [31:0]           ctrl_wdata_i,
  output logic                  ctrl_ack_o,
  output logic [31:0]           ctrl_rdata_o,
  // Events of a cycle
  output logic                  refused_o,       // the spike that is taken is an error
  output logic                  drive_o,
  output logic [3:0]            codes_o
);

  localparam int Tiles = engram_pkg::XbarTiles;
  localparam int Planes = engram_pkg::XbarPayloadBits;
  localparam int SumBits = engram_pkg::XbarSumBits;

  logic                 drive_idle, convert_idle, drive_first, drive_negative, drive_noisy, sense;
  logic [1:0]           drive_tile, convert_tile, sense_slice;
  logic [6:0]           drive_row;
  logic [2:0]           drive_plane, sense_plane;
  logic [3:0]           sense_group, clear, enabled_q, noisy_q;
  logic [12:0]          drive_selector;
  logic [127:0]         drive_sigma;
  logic [8*SumBits-1:0] sums;
  logic [Tiles*Planes-1:0] driven_q;
  logic                 drive_reads, convert_reads, is_tile, is_cell, is_noise, ctrl_writes, ctrl_reads, ctrl_reading_q,
                        tile_read;
  logic [4:0]           drive_part, convert_part;
  logic [6:0]           tile_address;
  logic [31:0]          tile_rdata, array_rdata;

  assign idle_o = drive_idle && convert_idle;
  assign converting_o = !convert_idle;
  assign pending_o = driven_q != '0;

  // Settings of the tiles; what a drive has to know at once is kept beside them.

  assign is_tile = ctrl_memory_i == engram_pkg::MemTile;
  assign is_cell = ctrl_memory_i == engram_pkg::MemCell;
  assign is_noise = ctrl_memory_i == engram_pkg::MemNoise;
  assign ctrl_writes = ctrl_valid_i && idle_o && ctrl_write_i;
  assign ctrl_reads = ctrl_valid_i && idle_o && !ctrl_write_i && !ctrl_reading_q;
  assign ctrl_ack_o = ctrl_writes || ctrl_reading_q;
  assign ctrl_rdata_o = is_tile ? tile_rdata : array_rdata;
  assign tile_read = drive_reads || convert_reads || (ctrl_reads && is_tile);

  always_comb begin
    tile_address = ctrl_address_i[6:0];
    if (drive_reads) tile_address = {drive_tile, drive_part};
    if (convert_reads) tile_address = {convert_tile, convert_part};
  end

  engram_ram #(.Depth(Tiles * engram_pkg::XbarTileParts), .Width(32)) u_settings (
    .clk_i(clk_i), .write_i(clear_i || (ctrl_writes && is_tile)), .waddr_i(clear_i ? clear_address_i : ctrl_address_i[6:0]),
    .wdata_i(clear_i ? '0 : ctrl_wdata_i),
    .read_i(tile_read), .raddr_i(tile_address), .rdata_o(tile_rdata)
  );

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      enabled_q <= '0;
      noisy_q <= '0;
    end else if (ctrl_writes && is_tile && ctrl_address_i[4:0] == '0) begin
      enabled_q[ctrl_address_i[6:5]] <= ctrl_wdata_i[0];
      noisy_q[ctrl_address_i[6:5]] <= ctrl_wdata_i[1];
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) ctrl_reading_q <= 1'b0;
    else ctrl_reading_q <= ctrl_reads;
  end

  // Planes that were driven since the last conversion

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      driven_q <= '0;
    end else begin
      if (drive_o) driven_q[{drive_tile, drive_plane}] <= 1'b1;
      for (int t = 0; t < Tiles; t++)
        if (clear[t]) driven_q[Planes*t +: Planes] <= '0;
    end
  end

  assign drive_first = !driven_q[{drive_tile, drive_plane}];

  engram_xbar_drive u_drive (
    .clk_i(clk_i), .rst_ni(rst_ni), .hold_i(update_i || !convert_idle || ctrl_valid_i), .idle_o(drive_idle),
    .spike_valid_i(spike_valid_i), .spike_ready_o(spike_ready_o), .spike_tiles_i(spike_tiles_i),
    .spike_row_i(spike_row_i), .spike_payload_i(spike_payload_i), .enabled_i(enabled_q), .noisy_i(noisy_q),
    .step_i(step_i), .seed_i(seed_i), .read_o(drive_reads), .part_o(drive_part), .rdata_i(tile_rdata),
    .drive_o(drive_o), .tile_o(drive_tile), .row_o(drive_row), .plane_o(drive_plane), .negative_o(drive_negative),
    .noisy_o(drive_noisy), .selector_o(drive_selector), .sigma_o(drive_sigma), .refused_o(refused_o)
  );

  engram_xbar_convert #(.Neurons(Neurons), .Slots(Slots), .Ports(Ports), .Bits(Bits)) u_convert (
    .clk_i(clk_i), .rst_ni(rst_ni), .start_i(update_i), .driven_i(driven_q), .slot_i(step_i[SlotBits-1:0]),
    .idle_o(convert_idle), .clear_o(clear), .read_o(convert_reads), .part_o(convert_part), .rdata_i(tile_rdata),
    .sense_o(sense), .tile_o(convert_tile), .plane_o(sense_plane), .slice_o(sense_slice), .group_o(sense_group),
    .sums_i(sums), .add_valid_o(add_valid_o), .add_ready_i(add_ready_i), .add_row_o(add_row_o), .add_slot_o(add_slot_o),
    .add_port_o(add_port_o), .add_value_o(add_value_o), .codes_o(codes_o)
  );

  engram_xbar_array #(
    .Tiles(Tiles), .Rows(engram_pkg::XbarRows), .Columns(engram_pkg::XbarColumns), .Slices(engram_pkg::XbarSlices),
    .Planes(Planes), .SumBits(SumBits), .Senses(8), .NoiseWords(64)
  ) u_array (
    .clk_i(clk_i), .erase_i(erase_i), .write_i(ctrl_writes && (is_cell || is_noise)),
    .read_i(ctrl_reads && (is_cell || is_noise)),
    .noise_i(is_noise), .tile_i(ctrl_address_i[16:15]), .address_i(ctrl_address_i[14:0]), .wdata_i(ctrl_wdata_i),
    .rdata_o(array_rdata), .drive_valid_i(drive_o), .drive_tile_i(drive_tile), .drive_row_i(drive_row),
    .drive_plane_i(drive_plane), .drive_first_i(drive_first), .drive_negative_i(drive_negative),
    .drive_noisy_i(drive_noisy), .drive_selector_i(drive_selector), .drive_sigma_i(drive_sigma), .sense_valid_i(sense),
    .sense_tile_i(convert_tile), .sense_plane_i(sense_plane), .sense_slice_i(sense_slice),
    .sense_group_i(sense_group), .sums_o(sums)
  );

  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      // Memories that there are not are not written.
      assert (enabled_q >> Crossbars == '0);
      // An update starts when all spikes of the step before have driven their rows.
      assert (!update_i || drive_idle);
      assert (!drive_o || (convert_idle && !sense && !ctrl_writes && !erase_i));
      assert (!ctrl_reading_q || ctrl_valid_i);
      assert (!drive_o || enabled_q[drive_tile]);
    end
  end

  // What tests have to reach: rows driven at first and again, with noise and to the negative side; what is refused; adds
  // of a conversion that wait.
  always_ff @(posedge clk_i) begin
    cover (rst_ni && drive_o && drive_first);
    cover (rst_ni && drive_o && !drive_first);
    cover (rst_ni && drive_o && drive_noisy);
    cover (rst_ni && drive_o && drive_negative);
    cover (rst_ni && refused_o);
    cover (rst_ni && add_valid_o != '0 && !add_ready_i);
    cover (rst_ni && spike_valid_i && !spike_ready_o && !convert_idle);
  end

  initial assert (Crossbars >= 1 && Crossbars <= 4);

endmodule
