// The crossbar never drives a row while it converts or while cells are written, converts what was driven and all of it,
// begins each plane at zero after a conversion, takes no spike meanwhile, and an add stays until the ring takes it. Memories,
// converters and random numbers are replaced by all that keep their promises.
module engram_ram #(
  parameter int Depth = 64,
  parameter int Width = 32
) (
  input  logic                     clk_i,
  input  logic                     write_i,
  input  logic [$clog2(Depth)-1:0] waddr_i,
  input  logic [Width-1:0]         wdata_i,
  input  logic                     read_i,
  input  logic [$clog2(Depth)-1:0] raddr_i,
  output logic [Width-1:0]         rdata_o
);
  (* anyseq *) logic [Width-1:0] word;
  logic [Width-1:0] rdata_q;
  always_ff @(posedge clk_i) if (read_i) rdata_q <= word;
  assign rdata_o = rdata_q;
endmodule

module engram_philox (
  input  logic         clk_i,
  input  logic         rst_ni,
  input  logic         start_i,
  input  logic [63:0]  key_i,
  input  logic [127:0] counter_i,
  output logic         done_o,
  output logic [31:0]  word_o
);
  (* anyseq *) logic        done;
  (* anyseq *) logic [31:0] word;
  logic waits_q;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) waits_q <= 1'b0;
    else waits_q <= start_i || (waits_q && !done);
  end
  assign done_o = waits_q && done;
  assign word_o = word;
endmodule

module engram_xbar_converter #(
  parameter int SumBits = 18,
  parameter int TermBits = 32
) (
  input  logic                clk_i,
  input  logic                advance_i,
  input  logic [2:0]          stages_i,
  input  logic [SumBits-1:0]  sum_i,
  input  logic [19:0]         low_i,
  input  logic [23:0]         gain_i,
  input  logic [15:0]         zero_i,
  input  logic [15:0]         scale_i,
  input  logic [3:0]          bits_i,
  input  logic [2:0]          plane_i,
  output logic [TermBits-1:0] term_o
);
  assign term_o = '0;
endmodule

module engram_xbar_array #(
  parameter int Tiles = 4,
  parameter int Rows = 128,
  parameter int Columns = 128,
  parameter int Slices = 4,
  parameter int Planes = 8,
  parameter int SumBits = 18,
  parameter int Senses = 8,
  parameter int NoiseWords = 64
) (
  input  logic                clk_i,
  input  logic                erase_i,
  input  logic                write_i,
  input  logic                read_i,
  input  logic                noise_i,
  input  logic [1:0]          tile_i,
  input  logic [14:0]         address_i,
  input  logic [31:0]         wdata_i,
  output logic [31:0]         rdata_o,
  input  logic                drive_valid_i,
  input  logic [1:0]          drive_tile_i,
  input  logic [6:0]          drive_row_i,
  input  logic [2:0]          drive_plane_i,
  input  logic                drive_first_i,
  input  logic                drive_negative_i,
  input  logic                drive_noisy_i,
  input  logic [12:0]         drive_selector_i,
  input  logic [127:0]        drive_sigma_i,
  input  logic                sense_valid_i,
  input  logic [1:0]          sense_tile_i,
  input  logic [2:0]          sense_plane_i,
  input  logic [1:0]          sense_slice_i,
  input  logic [3:0]          sense_group_i,
  output logic [8*SumBits-1:0] sums_o
);
  assign rdata_o = '0;
  assign sums_o = '0;
endmodule

module xbar (
  input logic        clk_i,
  input logic        update_i,
  input logic        spike_valid_i,
  input logic [3:0]  spike_tiles_i,
  input logic [6:0]  spike_row_i,
  input logic [23:0] spike_payload_i,
  input logic        add_ready_i,
  input logic        ctrl_valid_i,
  input logic        ctrl_write_i,
  input logic [3:0]  ctrl_memory_i,
  input logic [16:0] ctrl_address_i,
  input logic [31:0] ctrl_wdata_i
);

  logic rst_n = 1'b0;
  always_ff @(posedge clk_i) rst_n <= 1'b1;

  logic pending, converting, idle, spike_ready, ack, drive;

  engram_xbar dut (
    .clk_i, .rst_ni(rst_n), .step_i(32'd0), .seed_i(64'd0), .update_i, .erase_i(1'b0), .clear_i(1'b0),
    .clear_address_i(7'd0), .pending_o(pending), .converting_o(converting), .idle_o(idle), .spike_valid_i,
    .spike_ready_o(spike_ready), .spike_tiles_i, .spike_row_i, .spike_payload_i, .add_valid_o(), .add_ready_i,
    .add_row_o(), .add_slot_o(), .add_port_o(), .add_value_o(), .ctrl_valid_i, .ctrl_write_i, .ctrl_memory_i,
    .ctrl_address_i, .ctrl_wdata_i, .ctrl_ack_o(ack), .ctrl_rdata_o(), .refused_o(), .drive_o(drive), .codes_o()
  );

  // Updates come when the crossbar rests; accesses stay until they are answered.
  logic        waits_q = 1'b0;
  logic [53:0] access_q;
  always_comb begin
`ifndef XBAR_UPDATES_AT_ANY_TIME
    assume (!update_i || idle);
`endif
    if (!rst_n) assume (!update_i && !ctrl_valid_i);
    if (waits_q) assume (ctrl_valid_i && access_q == {ctrl_write_i, ctrl_memory_i, ctrl_address_i, ctrl_wdata_i});
  end
  always_ff @(posedge clk_i) begin
    waits_q <= rst_n && ctrl_valid_i && !ack;
    access_q <= {ctrl_write_i, ctrl_memory_i, ctrl_address_i, ctrl_wdata_i};
  end

  (* hierconn *) wire [31:0] \dut.driven_q ;
  (* hierconn *) wire        \dut.drive_first ;
  (* hierconn *) wire [1:0]  \dut.drive_tile ;
  (* hierconn *) wire [2:0]  \dut.drive_plane ;
  (* hierconn *) wire        \dut.sense ;
  (* hierconn *) wire [1:0]  \dut.convert_tile ;
  (* hierconn *) wire [2:0]  \dut.sense_plane ;
  (* hierconn *) wire [3:0]  \dut.clear ;
  (* hierconn *) wire [3:0]  \dut.enabled_q ;
  (* hierconn *) wire [1:0]  \dut.u_drive.state_q ;
  (* hierconn *) wire [3:0]  \dut.u_drive.tiles_q ;
  (* hierconn *) wire [7:0]  \dut.u_drive.left_q ;
  (* hierconn *) wire [7:0]  \dut.u_drive.magnitude_q ;
  (* hierconn *) wire [1:0]  \dut.u_convert.state_q ;
  (* hierconn *) wire [3:0]  \dut.u_convert.tiles_q ;
  (* hierconn *) wire [7:0]  \dut.u_convert.planes_q ;
  (* hierconn *) wire [3:0]  \dut.u_convert.slices_q ;
  (* hierconn *) wire [3:0]  \dut.u_convert.slices ;

  // A plane of any tile: whether its integrators hold anything since they were converted
  (* anyconst *) logic [4:0] watched;
  logic holds_q = 1'b0, was_converting_q = 1'b0;
  always_ff @(posedge clk_i) begin
    was_converting_q <= rst_n && converting;
    if (rst_n) begin
      if (drive && {\dut.drive_tile , \dut.drive_plane } == watched) begin
        holds_q <= 1'b1;
        assert (\dut.drive_first == !holds_q);
      end
      if (\dut.clear [watched[4:3]]) holds_q <= 1'b0;
      if (\dut.sense && {\dut.convert_tile , \dut.sense_plane } == watched) assert (holds_q);
      assert (!(drive && converting));
      assert (!(spike_ready && (converting || update_i)));
      // Nothing is left over, and nothing is forgotten but by a conversion.
      if (was_converting_q && !converting) assert (!holds_q && !pending);
      assert (\dut.driven_q [watched] == holds_q);

      // What lets the induction begin anywhere.
      for (int t = 0; t < 4; t++)
        if (converting) assert (\dut.u_convert.tiles_q [t] == (\dut.driven_q [8*t +: 8] != '0));
      if (\dut.u_convert.state_q == 2'd2) begin
        assert ((\dut.u_convert.planes_q & ~\dut.driven_q [8*\dut.convert_tile +: 8]) == '0);
        assert (\dut.u_convert.slices != '0 && (\dut.u_convert.slices_q & ~\dut.u_convert.slices ) == '0);
      end
      if (\dut.u_drive.state_q != '0) begin
        assert (!converting);
        assert (\dut.u_drive.left_q != '0 && \dut.u_drive.magnitude_q != '0 && \dut.u_drive.tiles_q != '0);
        assert ((\dut.u_drive.tiles_q & ~\dut.enabled_q ) == '0);
      end
    end
  end

endmodule
