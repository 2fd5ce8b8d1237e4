// The host's side of the chip: registers (AXI4-Lite), image, injections and accesses (AXI-Stream in), spikes and replies
// (AXI-Stream out), and the phases of a step. What the registers and beats mean is in docs/accelerator.md, "Host".
//
// A step: the host's spikes go into the mesh as they come; when a step is asked for and all has come to rest (inject), the
// cores update (update) and what they send comes to rest (drain); then the first error of a core, if any, is fetched
// (report). Beats wait from the request to the end. A register that is a sum over cores is read from them, between steps,
// once the replies to the host's own reads have gone.
module engram_host #(
  parameter int Columns = engram_chip_pkg::Columns,                   // tiles to the east
  parameter int Rows = engram_chip_pkg::Rows,                         // tiles to the north
  parameter logic [31:0] FeatureHash = engram_chip_pkg::FeatureHash   // of the chip's sizes
) (
  input  logic        clk_i,
  input  logic        rst_ni,
  // AXI4-Lite
  input  logic        awvalid_i,
  output logic        awready_o,
  input  logic [7:0]  awaddr_i,
  input  logic        wvalid_i,
  output logic        wready_o,
  input  logic [31:0] wdata_i,
  input  logic [3:0]  wstrb_i,
  output logic        bvalid_o,
  input  logic        bready_i,
  output logic [1:0]  bresp_o,
  input  logic        arvalid_i,
  output logic        arready_o,
  input  logic [7:0]  araddr_i,
  output logic        rvalid_o,
  input  logic        rready_i,
  output logic [31:0] rdata_o,
  output logic [1:0]  rresp_o,
  // AXI-Stream in: pair is TKEEP[4]
  input  logic        in_valid_i,
  output logic        in_ready_o,
  input  logic [63:0] in_data_i,
  input  logic        in_pair_i,
  input  logic        in_last_i,
  // AXI-Stream out: user is the kind of the flit
  output logic        out_valid_o,
  input  logic        out_ready_i,
  output logic [63:0] out_data_o,
  output logic [1:0]  out_user_o,
  // Mesh, by virtual channel
  output logic        mesh_rst_no,                                 // resets all that is not memory
  output logic [1:0]  mesh_in_valid_o,
  input  logic [1:0]  mesh_in_ready_i,
  output logic [2*engram_pkg::FlitBits-1:0] mesh_in_flit_o,
  input  logic [1:0]  mesh_out_valid_i,
  output logic [1:0]  mesh_out_ready_o,
  input  logic [2*engram_pkg::FlitBits-1:0] mesh_out_flit_i,
  output logic        update_start_o,                              // pulse: all cores update
  output logic [31:0] step_o,
  input  logic        cores_idle_i,                                // all of them
  // Barrier
  output logic        barrier_start_o,
  output logic        host_idle_o,
  input  logic        open_i
);

  localparam logic [31:0] Id = 32'h454E4731;
  localparam logic [31:0] Version = 32'd1;

  localparam logic [2:0] StIdle = 3'd0;
  localparam logic [2:0] StInject = 3'd1;
  localparam logic [2:0] StStart = 3'd2;    // one cycle
  localparam logic [2:0] StUpdate = 3'd3;   // update and drain
  localparam logic [2:0] StReport = 3'd4;   // cause of the first core with an error
  localparam logic [2:0] StAddress = 3'd5;  // and its address
  localparam logic [2:0] StFill = 3'd6;     // the last words of an image are on their way

  localparam logic [7:0] AddrId = 8'h00;
  localparam logic [7:0] AddrVersion = 8'h04;
  localparam logic [7:0] AddrFeatures = 8'h08;
  localparam logic [7:0] AddrControl = 8'h0C;
  localparam logic [7:0] AddrStatus = 8'h10;
  localparam logic [7:0] AddrCause = 8'h14;
  localparam logic [7:0] AddrAddress = 8'h18;
  localparam logic [7:0] AddrStep = 8'h1C;
  localparam logic [7:0] AddrMesh = 8'h20;
  localparam logic [7:0] AddrCycles = 8'h24;
  localparam logic [7:0] AddrSops = 8'h28;
  localparam logic [7:0] AddrSpikes = 8'h2C;
  localparam logic [7:0] AddrStalls = 8'h30;
  localparam logic [7:0] AddrEccCorrected = 8'h34;
  localparam logic [7:0] AddrEccDouble = 8'h38;
  localparam logic [7:0] AddrParity = 8'h3C;
  localparam logic [7:0] AddrUnrouted = 8'h40;
  localparam logic [7:0] AddrSaturations = 8'h44;
  localparam logic [7:0] AddrConversions = 8'h48;
  localparam logic [7:0] AddrDrives = 8'h4C;
  localparam logic [7:0] AddrXbarCycles = 8'h50;

  logic [2:0]  state_q, state_d;
  logic        loaded_q, checked_q;
  logic [31:0] step_q, cycles_q;
  logic        error_q;
  logic [3:0]  cause_q;
  logic [7:0]  error_core_q;
  logic [31:0] error_address_q;
  logic [2:0]  reset_q;     // cycles of reset left for the mesh
  logic        mesh_rst_nq;
  logic [15:0] reads_q;     // of the host, without their replies

  // Registers

  logic        write, write_error, read, read_done, read_error;
  logic [7:0]  waddr, raddr;
  logic [31:0] wdata, rdata;
  logic        run, reset, abort;

  engram_axi_lite #(.AddressBits(8)) i_axi (
    .clk_i, .rst_ni, .awvalid_i, .awready_o, .awaddr_i, .wvalid_i, .wready_o, .wdata_i, .wstrb_i, .bvalid_o, .bready_i,
    .bresp_o, .arvalid_i, .arready_o, .araddr_i, .rvalid_o, .rready_i, .rdata_o, .rresp_o, .write_o(write),
    .waddr_o(waddr), .wdata_o(wdata), .write_error_i(write_error), .read_o(read), .raddr_o(raddr),
    .read_done_i(read_done), .rdata_i(rdata), .read_error_i(read_error)
  );

  assign write_error = waddr != AddrControl || wdata[31:3] != 29'd0;
  assign run = write && !write_error && wdata[0] && !reset;
  assign reset = write && !write_error && wdata[1];
  assign abort = write && !write_error && wdata[2];

  // The image

  logic        loader_valid, loader_ready, loader_write, loader_checked, loader_done, loader_fault, loader_busy;
  logic [3:0]  loader_memory, loader_x, loader_y, loader_cause;
  logic [19:0] loader_address;
  logic [31:0] loader_data;
  logic        loading;

  assign loading = !loaded_q && state_q == StIdle;
  assign loader_valid = in_valid_i && loading;

  engram_loader #(.Columns(Columns), .Rows(Rows), .FeatureHash(FeatureHash)) i_loader (
    .clk_i, .rst_ni, .abort_i(abort || reset), .valid_i(loader_valid), .ready_o(loader_ready), .data_i(in_data_i),
    .pair_i(in_pair_i), .last_i(in_last_i), .write_valid_o(loader_write), .write_ready_i(mesh_in_ready_i[1]),
    .write_memory_o(loader_memory), .write_x_o(loader_x), .write_y_o(loader_y), .write_address_o(loader_address),
    .write_data_o(loader_data), .checked_o(loader_checked), .done_o(loader_done), .fault_o(loader_fault),
    .cause_o(loader_cause), .busy_o(loader_busy)
  );

  // Beats of the host

  logic        beat_ready, beat_read, beat_idle, beat_error, collecting;
  logic [1:0]  beat_valid, beat_accepted, beat_kind;
  logic [63:0] beat_data;
  logic [7:0]  beat_error_core;
  logic [19:0] beat_error_address;

  engram_host_in #(.Columns(Columns), .Rows(Rows)) i_in (
    .clk_i, .rst_ni, .clear_i(reset), .enable_i(loaded_q && state_q == StIdle && !collecting && reads_q != '1),
    .step_i(step_q[7:0]), .valid_i(in_valid_i), .ready_o(beat_ready), .data_i(in_data_i), .flit_valid_o(beat_valid),
    .flit_ready_i(beat_accepted), .flit_kind_o(beat_kind), .flit_data_o(beat_data), .read_o(beat_read),
    .idle_o(beat_idle), .error_o(beat_error), .error_core_o(beat_error_core), .error_address_o(beat_error_address)
  );

  assign in_ready_o = loading ? loader_ready : beat_ready;

  // Reads of the chip itself. `collecting` begins when the host's own accesses have ended.

  logic        wanted, counter_read, collect_start, collect_read, collect_busy, collect_done, found, taps;
  logic [5:0]  collect_register, counter;
  logic [63:0] collect_data;
  logic [31:0] collected;
  logic [3:0]  found_value;
  logic [7:0]  found_core;
  logic        reply, control_out, out_parity;
  logic [31:0] reply_data;
  logic [7:0]  reply_core;

  assign wanted = (state_q == StReport && !error_q) || state_q == StAddress || (counter_read && state_q == StIdle);
  assign collecting = wanted || collect_busy;
  assign collect_start = wanted && !collect_busy && !collect_done && beat_idle && reads_q == '0;
  assign taps = collect_busy;
  always_comb begin
    collect_register = counter;
    if (state_q == StReport) collect_register = engram_pkg::RegErrorCause;
    if (state_q == StAddress) collect_register = engram_pkg::RegErrorAddress;
  end

  engram_collect #(.Columns(Columns), .Rows(Rows)) i_collect (
    .clk_i, .rst_ni, .clear_i(reset), .start_i(collect_start), .register_i(collect_register),
    .single_i(state_q == StAddress), .core_i(error_core_q), .read_valid_o(collect_read),
    .read_ready_i(mesh_in_ready_i[1]), .read_data_o(collect_data), .reply_i(reply), .reply_data_i(reply_data),
    .reply_core_i(reply_core), .busy_o(collect_busy), .done_o(collect_done), .sum_o(collected), .found_o(found),
    .found_core_o(found_core), .found_value_o(found_value)
  );

  // To the mesh: spikes are the host's; control flits the loader's, the chip's own, the host's, never two at a time.

  logic [1:0]  control_kind;
  logic [63:0] control_data;
  logic [2*engram_pkg::FlitParityBits-1:0] parity;

  always_comb begin
    control_kind = beat_kind;
    control_data = beat_data;
    if (loading) begin
      control_kind = engram_pkg::KindWrite;
      control_data = {loader_y, loader_x, loader_memory, loader_address, loader_data};
    end else if (collect_busy) begin
      control_kind = engram_pkg::KindRead;
      control_data = collect_data;
    end
  end
  assign mesh_in_valid_o = {beat_valid[1] || loader_write || collect_read, beat_valid[0]};
  assign beat_accepted = mesh_in_ready_i;
  engram_parity i_spike_parity (.enable_i(mesh_in_valid_o[0]), .data_i(beat_data), .kind_i(beat_kind), .parity_o(parity[0 +: engram_pkg::FlitParityBits]));
  engram_parity i_control_parity (
    .enable_i(mesh_in_valid_o[1]), .data_i(control_data), .kind_i(control_kind), .parity_o(parity[engram_pkg::FlitParityBits +: engram_pkg::FlitParityBits])
  );
  assign mesh_in_flit_o = {parity[engram_pkg::FlitParityBits +: engram_pkg::FlitParityBits], control_kind, control_data,
                           parity[0 +: engram_pkg::FlitParityBits], beat_kind, beat_data};

  // From the mesh

  engram_host_out i_out (
    .clk_i, .rst_ni, .flit_valid_i(mesh_out_valid_i), .flit_ready_o(mesh_out_ready_o), .flit_i(mesh_out_flit_i),
    .collect_i(taps), .reply_o(reply), .reply_data_o(reply_data), .reply_core_o(reply_core), .control_o(control_out),
    .parity_error_o(out_parity), .valid_o(out_valid_o), .ready_i(out_ready_i), .data_o(out_data_o), .user_o(out_user_o)
  );

  // Phases

  always_comb begin
    state_d = state_q;
    unique case (state_q)
      StIdle: begin
        if (loader_done) state_d = StFill;
        else if (run && loaded_q) state_d = StInject;
      end
      StInject:  if (open_i && !collect_busy) state_d = StStart;
      StStart:   state_d = StUpdate;
      StUpdate:  if (open_i) state_d = StReport;
      StReport: begin
        if (error_q && !collect_busy) state_d = StIdle;
        else if (collect_done) state_d = found ? StAddress : StIdle;
      end
      StAddress: if (collect_done) state_d = StIdle;
      StFill:    if (open_i) state_d = StIdle;
      default:   state_d = StIdle;
    endcase
    if (reset) state_d = StIdle;
  end

  assign update_start_o = state_q == StStart;
  assign barrier_start_o = state_q == StStart || (state_q == StIdle && state_d != StIdle);
  assign host_idle_o = beat_idle && !loader_write && !collect_busy;
  assign step_o = step_q;
  assign mesh_rst_no = mesh_rst_nq;

  // A step takes its time from its first injection on.
  logic step_ends, injected_q, counting;
  assign counting = state_q != StIdle || injected_q || beat_valid[0];
  assign step_ends = (state_q == StReport || state_q == StAddress) && state_d == StIdle && !reset;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      state_q <= StIdle;
      loaded_q <= 1'b0;
      checked_q <= 1'b0;
      step_q <= '0;
      cycles_q <= '0;
      injected_q <= 1'b0;
      reads_q <= '0;
      reset_q <= 3'd7;
      mesh_rst_nq <= 1'b0;
    end else begin
      state_q <= state_d;
      if (state_q == StFill && open_i) loaded_q <= 1'b1;
      checked_q <= (checked_q || loader_checked) && !loader_done && !loader_fault && !abort;
      if (counting && loaded_q) cycles_q <= cycles_q + 32'd1;
      injected_q <= (injected_q || beat_valid[0]) && !step_ends;
      if (step_ends) step_q <= step_q + 32'd1;
      reads_q <= reads_q + 16'(beat_read) - 16'(control_out && !taps && reads_q != '0);
      if (reset_q != 3'd0) reset_q <= reset_q - 3'd1;
      mesh_rst_nq <= reset_q == 3'd0;
      // An image finds the chip as after power-up but for its memories.
      if (reset || loader_checked) begin
        step_q <= '0;
        cycles_q <= '0;
        injected_q <= 1'b0;
        reads_q <= '0;
        reset_q <= 3'd7;
        mesh_rst_nq <= 1'b0;
      end
      if (reset) begin
        loaded_q <= 1'b0;
        checked_q <= 1'b0;
      end
    end
  end

  // The first error stays; one of the loader is told even if there was one.
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      error_q <= 1'b0;
      cause_q <= engram_pkg::CauseNone;
      error_core_q <= '0;
      error_address_q <= '0;
    end else begin
      if (!error_q) begin
        if (run && !loaded_q) begin
          error_q <= 1'b1;
          cause_q <= engram_pkg::CauseNotLoaded;
        end else if (beat_error) begin
          error_q <= 1'b1;
          cause_q <= engram_pkg::CauseAddress;
          error_core_q <= beat_error_core;
          error_address_q <= {12'd0, beat_error_address};
        end else if (out_parity) begin
          error_q <= 1'b1;
          cause_q <= engram_pkg::CauseParity;
        end else if (state_q == StReport && collect_done && found) begin
          // `error` comes with the address.
          cause_q <= found_value;
          error_core_q <= found_core;
        end else if (state_q == StAddress && collect_done) begin
          error_q <= 1'b1;
          error_address_q <= collected;
        end
      end
      if (loader_fault) begin
        error_q <= 1'b1;
        cause_q <= loader_cause;
      end
      if (reset || loader_checked) begin
        error_q <= 1'b0;
        cause_q <= engram_pkg::CauseNone;
        error_core_q <= '0;
        error_address_q <= '0;
      end
    end
  end

  // Answers

  logic [3:0] phase;
  always_comb begin
    unique case (state_q)
      StInject:            phase = 4'd1;
      StStart:             phase = 4'd2;
      StUpdate:            phase = cores_idle_i ? 4'd3 : 4'd2;
      StReport, StAddress: phase = 4'd4;
      StFill:              phase = 4'd5;
      default:             phase = loader_busy ? 4'd5 : 4'd0;
    endcase
  end

  always_comb begin
    counter_read = read;
    counter = engram_pkg::RegSops;
    unique case (raddr)
      AddrSops:         counter = engram_pkg::RegSops;
      AddrSpikes:       counter = engram_pkg::RegSpikesOut;
      AddrStalls:       counter = engram_pkg::RegStalls;
      AddrEccCorrected: counter = engram_pkg::RegEccCorrected;
      AddrEccDouble:    counter = engram_pkg::RegEccDouble;
      AddrParity:       counter = engram_pkg::RegParity;
      AddrUnrouted:     counter = engram_pkg::RegUnrouted;
      AddrSaturations:  counter = engram_pkg::RegSaturations;
      AddrConversions:  counter = engram_pkg::RegConversions;
      AddrDrives:       counter = engram_pkg::RegDrives;
      AddrXbarCycles:   counter = engram_pkg::RegCrossbarCycles;
      default:          counter_read = 1'b0;
    endcase
    // The mesh of a chip without an image may be in reset.
    if (!loaded_q) counter_read = 1'b0;
  end

  always_comb begin
    read_error = 1'b0;
    read_done = 1'b1;
    rdata = '0;
    unique case (raddr)
      AddrId:       rdata = Id;
      AddrVersion:  rdata = Version;
      AddrFeatures: rdata = FeatureHash;
      AddrControl:  rdata = '0;
      AddrStatus:   rdata = {24'd0, phase, checked_q, error_q, loaded_q, state_q != StIdle};
      AddrCause:    rdata = {16'd0, error_core_q, 4'd0, cause_q};
      AddrAddress:  rdata = error_address_q;
      AddrStep:     rdata = step_q;
      AddrMesh:     rdata = {16'd0, 8'(Rows), 8'(Columns)};
      AddrCycles:   rdata = cycles_q;
      AddrSops, AddrSpikes, AddrStalls, AddrEccCorrected, AddrEccDouble, AddrParity, AddrUnrouted, AddrSaturations,
      AddrConversions, AddrDrives, AddrXbarCycles: begin
        rdata = loaded_q ? collected : '0;
        read_done = !loaded_q || (collect_done && state_q == StIdle);
      end
      default: read_error = 1'b1;
    endcase
  end

  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      assert (!(loader_write && (collect_read || beat_valid[1])));
      assert (!(collect_read && beat_valid[1]));
      assert (mesh_rst_nq || mesh_in_valid_o == 2'b00);
    end
  end

  // What tests have to reach: each phase of a step, and the end of an image.
  for (genvar k = 0; k < 7; k++) begin : g_cover
    always_ff @(posedge clk_i) cover (rst_ni && state_q == 3'(k));
  end

endmodule
