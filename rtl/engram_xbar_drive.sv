// Spikes to drives of the crossbar's rows. A spike drives its row in each of its tiles, lowest first, once for each bit of
// its payload's magnitude that is 1, lowest first, a cycle each. In a noisy tile the row's random bits come before: they
// need the tile's settings and a number of Philox, 15 cycles. A spike of a payload of 256 or more, or for a tile that is not
// enabled, is reported and drives nothing.
//
// Handshakes: spikes are valid/ready, and none is taken while `hold_i` is high; one of a single drive a cycle. Settings are
// read one part a cycle, from the tile and part that are on `tile_o` and `part_o`, and come one cycle later.
module engram_xbar_drive (
  input  logic         clk_i,
  input  logic         rst_ni,
  input  logic         hold_i,            // takes no spike in this cycle
  output logic         idle_o,
  input  logic         spike_valid_i,
  output logic         spike_ready_o,
  input  logic [3:0]   spike_tiles_i,     // a bit a tile
  input  logic [6:0]   spike_row_i,
  input  logic [23:0]  spike_payload_i,   // two's complement
  input  logic [3:0]   enabled_i,         // tiles that are there and enabled
  input  logic [3:0]   noisy_i,
  input  logic [31:0]  step_i,
  input  logic [63:0]  seed_i,
  // Settings of a noisy tile
  output logic         read_o,
  output logic [4:0]   part_o,
  input  logic [31:0]  rdata_i,
  // A drive
  output logic         drive_o,
  output logic [1:0]   tile_o,            // of drive or settings
  output logic [6:0]   row_o,
  output logic [2:0]   plane_o,
  output logic         negative_o,
  output logic         noisy_o,
  output logic [12:0]  selector_o,
  output logic [127:0] sigma_o,
  output logic         refused_o          // the spike that is taken
);

  localparam logic [1:0] Idle = 2'd0;
  localparam logic [1:0] Settings = 2'd1;  // are being read
  localparam logic [1:0] Random = 2'd2;    // the number is being made
  localparam logic [1:0] Drive = 2'd3;

  logic [1:0]   state_q;
  logic [3:0]   tiles_q, after, next_tiles;
  logic [7:0]   magnitude_q, left_q, rest, magnitude;
  logic [2:0]   count_q;
  logic [6:0]   row_q;
  logic         negative_q, takes, fits, last_plane, last_tile, philox_done, starts, noisy_next;
  logic [31:0]  stream_q, philox_word;
  logic [7:0]   number_q;
  logic [12:0]  selector_q;
  logic [127:0] sigma_q;
  logic [31:0]  age;

  assign idle_o = state_q == Idle;
  assign last_tile = after == '0;
  assign spike_ready_o = !hold_i && (idle_o || (state_q == Drive && last_plane && last_tile));
  assign takes = spike_valid_i && spike_ready_o;
  assign magnitude = spike_payload_i[23] ? -spike_payload_i[7:0] : spike_payload_i[7:0];
  assign fits = spike_payload_i[23] ? spike_payload_i[22:8] == '1 && spike_payload_i[7:0] != '0
                                    : spike_payload_i[22:8] == '0;
  assign refused_o = takes && (!fits || (spike_tiles_i & ~enabled_i) != '0);
  assign starts = takes && !refused_o && magnitude != '0 && spike_tiles_i != '0;

  // The lowest plane of the lowest tile

  assign rest = left_q & (left_q - 8'd1);
  assign after = tiles_q & (tiles_q - 4'd1);
  assign last_plane = rest == '0;
  assign next_tiles = starts ? spike_tiles_i : after;

  always_comb begin
    tile_o = '0;
    noisy_next = 1'b0;
    for (int t = 3; t >= 0; t--) begin
      if (tiles_q[t]) tile_o = 2'(t);
      if (next_tiles[t]) noisy_next = noisy_i[t];
    end
    plane_o = '0;
    for (int p = 7; p >= 0; p--)
      if (left_q[p]) plane_o = 3'(p);
  end

  assign drive_o = state_q == Drive;
  assign row_o = row_q;
  assign negative_o = negative_q;
  assign noisy_o = noisy_i[tile_o];
  assign selector_o = selector_q;
  assign sigma_o = sigma_q;

  // Parts 1, 2, 3, then 20 to 23 while the number is being made

  assign read_o = state_q == Settings;
  assign part_o = count_q < 3'd3 ? {2'b00, count_q} + 5'd1 : {2'b10, count_q} + 5'd1;
  assign age = step_i - rdata_i;

  engram_philox u_philox (
    .clk_i(clk_i), .rst_ni(rst_ni), .start_i(state_q == Settings && count_q == 3'd3), .key_i(seed_i),
    .counter_i({stream_q, age, 32'd0, 17'd0, number_q, row_q}), .done_o(philox_done), .word_o(philox_word)
  );

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      state_q <= Idle;
    end else begin
      unique case (state_q)
        Idle: if (starts) state_q <= noisy_next ? Settings : Drive;
        Settings: if (count_q == 3'd6) state_q <= Random;
        Random: if (philox_done) state_q <= Drive;
        default: if (last_plane) begin
          if (starts || !last_tile) state_q <= noisy_next ? Settings : Drive;
          else state_q <= Idle;
        end
      endcase
    end
  end

  always_ff @(posedge clk_i) begin
    if (starts) begin
      tiles_q <= spike_tiles_i;
      row_q <= spike_row_i;
      negative_q <= spike_payload_i[23];
      magnitude_q <= magnitude;
      left_q <= magnitude;
      count_q <= '0;
    end else if (state_q == Drive) begin
      left_q <= last_plane ? magnitude_q : rest;
      if (last_plane) tiles_q <= after;
      count_q <= '0;
    end
    if (state_q == Settings) begin
      count_q <= count_q + 3'd1;
      if (count_q == 3'd1) stream_q <= rdata_i;
      if (count_q == 3'd2) number_q <= rdata_i[15:8];
      if (count_q > 3'd3) sigma_q <= {rdata_i, sigma_q[127:32]};
    end
    // The last part comes when no more is read.
    if (state_q == Random && count_q == 3'd7) begin
      sigma_q <= {rdata_i, sigma_q[127:32]};
      count_q <= '0;
    end
    if (philox_done) selector_q <= philox_word[12:0];
  end

  logic       waits_q;
  logic [3:0] waiting_q;
  always_ff @(posedge clk_i) begin
    waits_q <= rst_ni && drive_o && !last_plane;
    waiting_q <= tiles_q;
    if (rst_ni) begin
      assert (!drive_o || (left_q != '0 && tiles_q != '0));
      // Planes of a spike follow each other without a gap.
      assert (!waits_q || (drive_o && tiles_q == waiting_q));
    end
  end

endmodule
