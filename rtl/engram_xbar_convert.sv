// The conversion of the crossbar: for each tile that was driven, lowest first, its settings are read (20 cycles), then its
// columns come in groups of 8: of a group each plane that was driven and each slice that counts (scale is not 0), one a
// cycle, through 8 converters; what they are worth is added up and goes to the ring. Six cycles end a tile.
//
// Handshake: a pulse of `start_i`, while `idle_o`, with what was driven, which stays until `clear_o`, a bit a tile, has
// taken it. Settings are read from the tile and part on `tile_o` and `part_o`, and come one cycle later; so do sums of a
// sense. Adds are valid/ready, all lanes at once.
module engram_xbar_convert #(
  parameter int Neurons = 256,
  parameter int Slots = 16,
  parameter int Ports = 4,
  parameter int Bits = 24,     // of a sum of the ring
  parameter int SumBits = engram_pkg::XbarSumBits,
  parameter int NeuronBits = $clog2(Neurons),
  parameter int RowBits = NeuronBits - 3,
  parameter int SlotBits = $clog2(Slots),
  parameter int PortBits = $clog2(Ports)
) (
  input  logic                  clk_i,
  input  logic                  rst_ni,
  input  logic                  start_i,
  input  logic [31:0]           driven_i,     // {tile, plane}
  input  logic [SlotBits-1:0]   slot_i,       // of the step
  output logic                  idle_o,
  output logic [3:0]            clear_o,
  // Settings
  output logic                  read_o,
  output logic [4:0]            part_o,
  input  logic [31:0]           rdata_i,
  // Sums
  output logic                  sense_o,
  output logic [1:0]            tile_o,       // of sums or settings
  output logic [2:0]            plane_o,
  output logic [1:0]            slice_o,
  output logic [3:0]            group_o,
  input  logic [8*SumBits-1:0]  sums_i,
  // To the ring: lane b, neuron {row, b}
  output logic [7:0]            add_valid_o,
  input  logic                  add_ready_i,
  output logic [8*RowBits-1:0]  add_row_o,
  output logic [SlotBits-1:0]   add_slot_o,   // of all lanes
  output logic [PortBits-1:0]   add_port_o,
  output logic [8*Bits-1:0]     add_value_o,
  output logic [3:0]            codes_o       // converted in this cycle
);

  localparam int TermBits = Bits + 8;  // of a column; what is above leaves nothing in a sum of the ring
  localparam logic [1:0] Idle = 2'd0;
  localparam logic [1:0] Settings = 2'd1;
  localparam logic [1:0] Columns = 2'd2;
  localparam logic [1:0] Drain = 2'd3;

  logic [1:0]  state_q;
  logic [3:0]  tiles_q, tiles;
  logic [4:0]  count_q;
  logic        advance;

  // Tiles and settings

  logic [3:0]            bits_q, last_group_q;
  logic [2:0]            last_column_q;  // of the last group
  logic [NeuronBits-1:0] first_neuron_q;
  logic [PortBits-1:0]   port_q;
  logic [4:0]            shift_q;
  logic [SlotBits-1:0]   delay_q;
  logic [4*20-1:0]       low_q;
  logic [4*24-1:0]       gain_q;
  logic [4*16-1:0]       zero_q, scale_q;
  logic [3:0]            slices;       // that count
  logic [7:0]            planes;

  for (genvar s = 0; s < 4; s++) begin : g_slice
    assign slices[s] = scale_q[16*s +: 16] != '0;
  end

  always_comb begin
    tile_o = '0;
    planes = '0;
    for (int t = 3; t >= 0; t--) begin
      tiles[t] = driven_i[8*t +: 8] != '0;
      if (tiles_q[t]) begin
        tile_o = 2'(t);
        planes = driven_i[8*t +: 8];
      end
    end
  end

  assign idle_o = state_q == Idle;
  assign read_o = state_q == Settings && count_q < 5'd18;
  // 0, 2, 4 .. 19
  assign part_o = count_q == 5'd0 ? 5'd0 : count_q == 5'd1 ? 5'd2 : count_q + 5'd2;

  always_ff @(posedge clk_i) begin
    if (state_q == Settings) begin
      unique case (count_q)
        5'd0, 5'd19: ;
        5'd1: begin
          bits_q <= rdata_i[7:4];
          last_column_q <= rdata_i[10:8];
          last_group_q <= rdata_i[14:11];
          first_neuron_q <= rdata_i[16 +: NeuronBits];
          port_q <= rdata_i[24 +: PortBits];
          shift_q <= rdata_i[30:26];
        end
        5'd2: delay_q <= rdata_i[SlotBits-1:0];
        default: begin
          if (count_q < 5'd7) low_q <= {rdata_i[19:0], low_q[4*20-1:20]};
          else if (count_q < 5'd11) gain_q <= {rdata_i[23:0], gain_q[4*24-1:24]};
          else if (count_q < 5'd15) zero_q <= {rdata_i[15:0], zero_q[4*16-1:16]};
          else scale_q <= {rdata_i[15:0], scale_q[4*16-1:16]};
        end
      endcase
    end
  end

  // What is sensed: slices, then planes, then groups

  logic [7:0] planes_q, planes_rest;
  logic [3:0] slices_q, slices_rest, group_q;
  logic       first_q, last_slice, last_plane;

  assign sense_o = state_q == Columns && advance;
  assign group_o = group_q;
  assign slices_rest = slices_q & (slices_q - 4'd1);
  assign planes_rest = planes_q & (planes_q - 8'd1);
  assign last_slice = slices_rest == '0;
  assign last_plane = planes_rest == '0;

  always_comb begin
    slice_o = '0;
    for (int s = 3; s >= 0; s--)
      if (slices_q[s]) slice_o = 2'(s);
    plane_o = '0;
    for (int p = 7; p >= 0; p--)
      if (planes_q[p]) plane_o = 3'(p);
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      state_q <= Idle;
    end else begin
      unique case (state_q)
        Idle: if (start_i && tiles != '0) state_q <= Settings;
        Settings: if (count_q == 5'd19) state_q <= slices == '0 ? Drain : Columns;
        Columns: if (advance && last_slice && last_plane && group_q == last_group_q) state_q <= Drain;
        default: if (stages_q == '0 && add_valid_o == '0) state_q <= tiles_q == clear_o ? Idle : Settings;
      endcase
    end
  end

  always_ff @(posedge clk_i) begin
    if (state_q == Idle && start_i) tiles_q <= tiles;
    else tiles_q <= tiles_q & ~clear_o;
    if (state_q == Settings && count_q != 5'd19) count_q <= count_q + 5'd1;
    else count_q <= '0;
    if (state_q == Settings) begin
      planes_q <= planes;
      slices_q <= slices;
      group_q <= '0;
      first_q <= 1'b1;
    end else if (sense_o) begin
      slices_q <= last_slice ? slices : slices_rest;
      first_q <= last_slice && last_plane;
      if (last_slice) planes_q <= last_plane ? planes : planes_rest;
      if (last_slice && last_plane) group_q <= group_q + 4'd1;
    end
  end

  always_comb begin
    clear_o = '0;
    if (state_q == Drain && stages_q == '0 && add_valid_o == '0) clear_o[tile_o] = 1'b1;
  end

  // Stages behind a sense: 0 sums, 1 scaled, 2 codes less zero, 3 terms

  logic [3:0]         stages_q, firsts_q, lasts_q;
  logic [3:0]         slice_at_q;   // of stages 0 and 1
  logic [8:0]         plane_at_q;   // to 2
  logic [15:0]        group_at_q;   // to 3
  logic [8*TermBits-1:0] terms, sum_q;

  assign advance = add_valid_o == '0 || add_ready_i;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) stages_q <= '0;
    else if (advance) stages_q <= {stages_q[2:0], state_q == Columns};
  end

  always_ff @(posedge clk_i) begin
    if (advance && (stages_q != '0 || sense_o)) begin
      firsts_q <= {firsts_q[2:0], first_q};
      lasts_q <= {lasts_q[2:0], last_slice && last_plane};
      slice_at_q <= {slice_at_q[1:0], slice_o};
      plane_at_q <= {plane_at_q[5:0], plane_o};
      group_at_q <= {group_at_q[11:0], group_q};
    end
  end

  logic [19:0] low;
  logic [23:0] gain;
  logic [15:0] zero, scale;

  always_comb begin
    low = '0;
    gain = '0;
    zero = '0;
    scale = '0;
    if (stages_q[0]) begin
      low = low_q[20*slice_at_q[1:0] +: 20];
      gain = gain_q[24*slice_at_q[1:0] +: 24];
    end
    if (stages_q[1]) begin
      zero = zero_q[16*slice_at_q[3:2] +: 16];
      scale = scale_q[16*slice_at_q[3:2] +: 16];
    end
  end

  for (genvar j = 0; j < 8; j++) begin : g_converter
    engram_xbar_converter #(.SumBits(SumBits), .TermBits(TermBits)) u_converter (
      .clk_i(clk_i), .advance_i(advance), .stages_i(stages_q[2:0]), .sum_i(sums_i[SumBits*j +: SumBits]),
      .low_i(low), .gain_i(gain), .zero_i(zero), .scale_i(scale), .bits_i(bits_q), .plane_i(plane_at_q[8:6]),
      .term_o(terms[TermBits*j +: TermBits])
    );
  end

  always_comb begin
    codes_o = '0;
    if (advance && stages_q[0]) codes_o = group_at_q[3:0] == last_group_q ? {1'b0, last_column_q} + 4'd1 : 4'd8;
  end

  // Columns add up; a group's go to the lanes of their neurons.

  logic [NeuronBits-1:0]  first_neuron;
  logic [7:0]             valid_q;
  logic [8*RowBits-1:0]   row_q;
  logic [8*Bits-1:0]      value_q;
  logic                   ends;
  logic [3:0]             end_group;

  assign ends = stages_q[3] && lasts_q[3];
  assign end_group = group_at_q[15:12];
  assign first_neuron = first_neuron_q + {{(NeuronBits - 7){1'b0}}, end_group, 3'd0};
  assign add_valid_o = valid_q;
  assign add_row_o = row_q;
  assign add_value_o = value_q;
  assign add_slot_o = slot_i + delay_q;
  assign add_port_o = port_q;

  always_ff @(posedge clk_i) begin
    if (advance && stages_q[3]) begin
      for (int j = 0; j < 8; j++)
        sum_q[TermBits*j +: TermBits] <= (firsts_q[3] ? '0 : sum_q[TermBits*j +: TermBits]) + terms[TermBits*j +: TermBits];
    end
  end

  logic [7:0]           lane_valid;
  logic [8*RowBits-1:0] lane_row;
  logic [8*Bits-1:0]    lane_value;

  for (genvar b = 0; b < 8; b++) begin : g_lane
    logic [2:0]            column;
    logic [NeuronBits-1:0] target;
    logic [TermBits-1:0]   total;
    logic [Bits-1:0]       rounded;

    assign column = 3'(b) - first_neuron[2:0];
    assign target = first_neuron + {{(NeuronBits - 3){1'b0}}, column};
    assign lane_valid[b] = ends && (end_group != last_group_q || column <= last_column_q);
    assign lane_row[RowBits*b +: RowBits] = target[NeuronBits-1:3];
    assign lane_value[Bits*b +: Bits] = rounded << shift_q;

    always_comb begin
      total = '0;
      if (ends) total = (firsts_q[3] ? '0 : sum_q[TermBits*column +: TermBits]) + terms[TermBits*column +: TermBits];
      // The bit of the half that is added
      rounded = total[8 +: Bits] + {{(Bits - 1){1'b0}}, total[7]};
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) valid_q <= '0;
    else if (advance) valid_q <= lane_valid;
  end

  always_ff @(posedge clk_i) begin
    if (advance && ends) begin
      row_q <= lane_row;
      value_q <= lane_value;
    end
  end

  logic waits_q;
  logic [7:0] waiting_q;
  always_ff @(posedge clk_i) begin
    waits_q <= rst_ni && add_valid_o != '0 && !add_ready_i;
    waiting_q <= add_valid_o;
    if (rst_ni) begin
      assert (!start_i || idle_o);
      assert (!waits_q || add_valid_o == waiting_q);
      assert (state_q != Columns || (planes_q != '0 && slices_q != '0));
      assert (idle_o || tiles_q != '0);
    end
  end

endmodule
