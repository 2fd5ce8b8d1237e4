// Delivers spikes: reads the axon's word, then the segments of its row, and adds their synapses to the ring, 8 lanes of a
// bank each. Dense words take a cycle for 8 synapses, sparse words a cycle for as many of their synapses, in order, as
// have different banks; a header takes a cycle; the words of the next row are fetched while a row is delivered.
//
// Handshakes: spikes and adds are valid/ready (all lanes of a cycle at once). An access of the control network stays until
// `ctrl_ack_o`, which comes when the engine is idle, with the data; no spike is taken meanwhile. Of a row with a word of
// which two bits are wrong, that word and what follows are not delivered. Spikes of the crossbar go on to it, valid/ready.
//
// Stages: f axon word, fetch (issues reads), r word as read, w word being used, x lanes, p products on their way to the ring.
module engram_row_engine #(
  parameter int Neurons = 256,
  parameter int Slots = 16,
  parameter int Ports = 4,
  parameter int Bits = 24,  // of a payload and of a sum
  parameter int SynapseWords = 16384,
  parameter int Axons = 4096,
  parameter int NeuronBits = $clog2(Neurons),
  parameter int RowBits = $clog2(Neurons) - 3,
  parameter int SlotBits = $clog2(Slots),
  parameter int PortBits = $clog2(Ports),
  parameter int WordBits = $clog2(SynapseWords),
  parameter int AxonBits = $clog2(Axons)
) (
  input  logic                  clk_i,
  input  logic                  rst_ni,
  input  logic [SlotBits-1:0]   slot_i,        // of the step
  output logic                  idle_o,        // nothing on its way to the ring
  input  logic                  spike_valid_i,
  output logic                  spike_ready_o,
  input  logic [AxonBits-1:0]   spike_axon_i,
  input  logic [Bits-1:0]       spike_payload_i,
  output logic [7:0]            add_valid_o,   // lane b: neuron {row, b}
  input  logic                  add_ready_i,
  output logic [8*RowBits-1:0]  add_row_o,
  output logic [8*SlotBits-1:0] add_slot_o,
  output logic [8*PortBits-1:0] add_port_o,
  output logic [8*Bits-1:0]     add_value_o,
  // To the crossbar
  output logic                  xbar_valid_o,
  input  logic                  xbar_ready_i,
  output logic [engram_pkg::XbarTiles-1:0]   xbar_tiles_o,  // a bit a tile
  output logic [engram_pkg::XbarRowBits-1:0] xbar_row_o,
  output logic [Bits-1:0]       xbar_payload_o,
  input  logic                  xbar_refused_i,  // the spike that it takes is an error
  input  logic                  clear_i,       // writes zeros to the word and the axon of the address; no access, no spike
  input  logic                  ctrl_valid_i,
  input  logic                  ctrl_write_i,
  input  logic                  ctrl_flip_i,   // turns over the bits of the mask in the addressed half or axon word
  input  logic                  ctrl_axon_i,   // the axon table, not the synapse memory
  input  logic [WordBits+1:0]   ctrl_address_i,  // {word, part}, or the axon
  input  logic [31:0]           ctrl_wdata_i,
  input  logic [71:0]           ctrl_mask_i,   // {check, data}
  output logic                  ctrl_ack_o,
  output logic [31:0]           ctrl_rdata_o,
  // Events of a cycle
  output logic                  row_o,
  output logic [3:0]            sops_o,
  output logic                  stall_o,
  output logic [1:0]            corrected_o,
  output logic [1:0]            double_o,
  output logic                  error_o,
  output logic [3:0]            error_cause_o,
  output logic [31:0]           error_address_o  // the header, or {memory, address as in control flits}
);

  localparam int Lanes = 8;
  localparam int PerWord = engram_pkg::SparsePerWord;
  localparam logic [WordBits:0] WordsEnd = (WordBits + 1)'(SynapseWords);

  // Signals between the stages

  logic                ctrl_reads, ctrl_reading_q, advance, row_ends, w_done;
  logic                f_valid_q, f_dead, xbar_takes, fetch_takes, fetch_free, fetch_read, r_moves, r_discard;
  logic [AxonBits-1:0] f_axon_q;
  logic [Bits-1:0]     f_payload_q, fetch_payload_q, payload_q;
  logic                fetch_active_q, fetch_row_q, end_known_q, past_end;
  logic [WordBits:0]   fetch_address_q, end_q;
  logic [7:0]          fetch_base_q, base_q;
  logic                r_valid_q, r_row_q, w_valid_q, w_row_q, w_double_q;
  logic [WordBits:0]   r_address_q, w_address_q;
  logic [127:0]        w_word_q;
  logic [7:0]          x_valid_q, p_valid_q;

  // Memories

  logic        axon_read, axon_corrected, axon_double, ctrl_commits, ctrl_flips, clear_axon, clear_word;
  logic [31:0] axon_word;
  logic [127:0] word;
  logic [1:0]  half_corrected, half_double;
  logic [WordBits-1:0] word_address, write_address;
  logic [AxonBits-1:0] axon_address;
  logic [95:0] kept_q;

  // Clearing counts words, accesses count parts of words.
  assign clear_axon = clear_i && ctrl_address_i[WordBits+1:AxonBits] == '0;
  assign clear_word = clear_i && ctrl_address_i[WordBits+1:WordBits] == '0;
  assign write_address = clear_i ? ctrl_address_i[WordBits-1:0] : ctrl_address_i[WordBits+1:2];

  assign axon_read = (spike_valid_i && spike_ready_o) || (ctrl_reads && ctrl_axon_i);
  assign axon_address = ctrl_valid_i ? ctrl_address_i[AxonBits-1:0] : spike_axon_i;
  assign word_address = ctrl_reads ? ctrl_address_i[WordBits+1:2] : fetch_address_q[WordBits-1:0];

  engram_protected_ram #(.Depth(Axons), .DataBits(32), .CheckBits(7)) u_axons (
    .clk_i(clk_i), .write_i(clear_axon || (ctrl_commits && ctrl_axon_i)), .flip_i(ctrl_flips && ctrl_axon_i),
    .waddr_i(ctrl_address_i[AxonBits-1:0]), .wdata_i(ctrl_wdata_i), .mask_i({ctrl_mask_i[70:64], ctrl_mask_i[31:0]}),
    .read_i(axon_read), .raddr_i(axon_address), .use_i(f_valid_q || (ctrl_reading_q && ctrl_axon_i)),
    .rdata_o(axon_word), .corrected_o(axon_corrected), .double_o(axon_double)
  );

  for (genvar h = 0; h < 2; h++) begin : g_half
    localparam logic Half = h != 0;
    logic [63:0] wdata;
    assign wdata = clear_i ? '0 : Half ? {ctrl_wdata_i, kept_q[95:64]} : kept_q[63:0];
    engram_protected_ram #(.Depth(SynapseWords), .DataBits(64), .CheckBits(8)) u_words (
      .clk_i(clk_i), .write_i(clear_word || (ctrl_commits && !ctrl_axon_i && ctrl_address_i[1:0] == 2'd3)),
      .flip_i(ctrl_flips && !ctrl_axon_i && ctrl_address_i[1] == Half), .waddr_i(write_address),
      .wdata_i(wdata), .mask_i(ctrl_mask_i), .read_i(fetch_read || (ctrl_reads && !ctrl_axon_i)),
      .raddr_i(word_address), .use_i(r_valid_q || (ctrl_reading_q && !ctrl_axon_i)),
      .rdata_o(word[64*h +: 64]), .corrected_o(half_corrected[h]), .double_o(half_double[h])
    );
  end

  // Accesses by the control network

  assign ctrl_commits = ctrl_valid_i && idle_o && ctrl_write_i && !ctrl_flip_i;
  assign ctrl_reads = ctrl_valid_i && idle_o && !ctrl_reading_q && !ctrl_commits;
  assign ctrl_flips = ctrl_reading_q && ctrl_flip_i;
  assign ctrl_ack_o = ctrl_commits || ctrl_reading_q;
  assign ctrl_rdata_o = ctrl_axon_i ? axon_word : word[32*ctrl_address_i[1:0] +: 32];

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) ctrl_reading_q <= 1'b0;
    else ctrl_reading_q <= ctrl_reads;
  end

  always_ff @(posedge clk_i) begin
    if (ctrl_commits && !ctrl_axon_i && ctrl_address_i[1:0] != 2'd3)
      kept_q[32*ctrl_address_i[1:0] +: 32] <= ctrl_wdata_i;
    if (clear_i) kept_q <= '0;
  end

  // The axon's word

  assign f_dead = f_valid_q && (!axon_word[31] || axon_double);
  assign xbar_valid_o = f_valid_q && !f_dead && axon_word[engram_pkg::AxonXbar];
  assign xbar_tiles_o = axon_word[engram_pkg::XbarTilesLow +: engram_pkg::XbarTiles];
  assign xbar_row_o = axon_word[0 +: engram_pkg::XbarRowBits];
  assign xbar_payload_o = f_payload_q;
  assign xbar_takes = xbar_valid_o && xbar_ready_i;
  assign fetch_takes = f_valid_q && !f_dead && !axon_word[engram_pkg::AxonXbar] && fetch_free;
  assign spike_ready_o = !ctrl_valid_i && (!f_valid_q || f_dead || xbar_takes || fetch_takes);

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) f_valid_q <= 1'b0;
    else if (spike_valid_i && spike_ready_o) f_valid_q <= 1'b1;
    else if (f_dead || xbar_takes || fetch_takes) f_valid_q <= 1'b0;
  end

  always_ff @(posedge clk_i) begin
    if (spike_valid_i && spike_ready_o) begin
      f_axon_q <= spike_axon_i;
      f_payload_q <= spike_payload_i;
    end
  end

  // Words of a row, in order, past its end as long as that is not known. Rows in flight are told apart by a bit.

  // The end is known in the cycle of the header already, so that the next row comes without a gap.
  assign past_end = (end_known_q && fetch_address_q > end_q) ||
                    (header_ok && header_last && fetch_row_q == w_row_q && fetch_address_q > header_end);
  assign fetch_free = !fetch_active_q || past_end || (row_ends && fetch_row_q == w_row_q);
  assign r_discard = row_ends && r_row_q == w_row_q;
  assign r_moves = r_valid_q && (!w_valid_q || w_done);
  assign fetch_read = fetch_active_q && !past_end && !(row_ends && fetch_row_q == w_row_q) &&
                      fetch_address_q < WordsEnd && (!r_valid_q || r_moves);

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      fetch_active_q <= 1'b0;
      fetch_row_q <= 1'b0;
      end_known_q <= 1'b0;
      r_valid_q <= 1'b0;
      w_valid_q <= 1'b0;
    end else begin
      if (fetch_takes) begin
        fetch_active_q <= 1'b1;
        fetch_row_q <= !fetch_row_q;
        end_known_q <= 1'b0;
      end else begin
        if (fetch_free) fetch_active_q <= 1'b0;
        if (header_ok && header_last) end_known_q <= 1'b1;
      end
      if (fetch_read) r_valid_q <= 1'b1;
      else if (r_moves) r_valid_q <= 1'b0;
      if (r_moves && !r_discard) w_valid_q <= 1'b1;
      else if (w_done) w_valid_q <= 1'b0;
    end
  end

  always_ff @(posedge clk_i) begin
    if (fetch_takes) begin
      fetch_address_q <= {1'b0, axon_word[WordBits-1:0]};
      fetch_base_q <= axon_word[21:14];
      fetch_payload_q <= f_payload_q;
    end else if (fetch_read) begin
      fetch_address_q <= fetch_address_q + 1'b1;
    end
    if (header_ok) end_q <= header_end;
    if (fetch_read) begin
      r_address_q <= fetch_address_q;
      r_row_q <= fetch_row_q;
    end
    if (r_moves && !r_discard) begin
      w_word_q <= word;
      w_address_q <= r_address_q;
      w_row_q <= r_row_q;
      w_double_q <= half_double != 2'd0;
      if (r_row_q == fetch_row_q) begin
        base_q <= fetch_base_q;
        payload_q <= fetch_payload_q;
      end
    end
  end

  // Headers

  logic                            header_ok, header_bad, header_last, in_data_q, last_q, no_next, segment_ends;
  logic [engram_pkg::HdrWordsBits-1:0] header_words, words_left_q;
  logic [WordBits:0]               header_end;
  logic [WordBits+1:0]             header_sum;
  logic [1:0]                      format_q;
  logic [SlotBits-1:0]             delay_q;
  logic [PortBits-1:0]             port_q;
  logic [4:0]                      shift_q;
  logic [NeuronBits-1:0]           neuron_q;
  logic [9:0]                      left_q;   // synapses of the segment still to come
  logic [2:0]                      beat_q;   // dense: lanes' worth of the word done; sparse: synapses done
  logic                            w_go, uses_data, beat_last;
  logic [3:0]                      taken;

  assign w_go = w_valid_q && advance;
  assign header_words = w_word_q[engram_pkg::HdrWordsLow +: engram_pkg::HdrWordsBits];
  assign header_last = w_word_q[engram_pkg::HdrLast];
  assign header_sum = {1'b0, w_address_q} + {{(WordBits + 2 - engram_pkg::HdrWordsBits){1'b0}}, header_words};
  assign header_end = header_sum[WordBits:0];
  assign header_bad = header_sum >= {1'b0, WordsEnd};
  assign header_ok = w_go && !w_double_q && !in_data_q && !header_bad;
  assign uses_data = w_go && !w_double_q && in_data_q;
  assign w_done = w_go && (!uses_data || beat_last);
  assign segment_ends = (header_ok && header_words == '0) ||
                        (uses_data && beat_last && words_left_q == {{(engram_pkg::HdrWordsBits - 1){1'b0}}, 1'b1});
  assign no_next = segment_ends && !(in_data_q ? last_q : header_last) && w_address_q + 1'b1 == WordsEnd;
  assign row_ends = (w_go && (w_double_q || (!in_data_q && header_bad))) || no_next ||
                    (segment_ends && (in_data_q ? last_q : header_last));

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) in_data_q <= 1'b0;
    else if (row_ends || segment_ends) in_data_q <= 1'b0;
    else if (header_ok) in_data_q <= 1'b1;
  end

  always_ff @(posedge clk_i) begin
    if (header_ok) begin
      format_q <= w_word_q[engram_pkg::HdrFormatLow +: engram_pkg::HdrFormatBits];
      last_q <= header_last;
      words_left_q <= header_words;
      delay_q <= w_word_q[engram_pkg::HdrDelayLow +: SlotBits];
      port_q <= w_word_q[engram_pkg::HdrPortLow +: PortBits];
      shift_q <= w_word_q[engram_pkg::HdrShiftLow +: engram_pkg::HdrShiftBits];
      neuron_q <= base_q[NeuronBits-1:0] + w_word_q[engram_pkg::HdrFirstLow +: NeuronBits];
      left_q <= {1'b0, w_word_q[engram_pkg::HdrCountLow +: engram_pkg::HdrCountBits]} + 10'd1;
      beat_q <= '0;
    end
    if (uses_data) begin
      left_q <= left_q - {6'd0, taken};
      neuron_q <= neuron_q + {{(NeuronBits - 4){1'b0}}, taken};
      beat_q <= beat_last ? '0 : beat_q + (format_q == engram_pkg::FormatSparse ? taken[2:0] : 3'd1);
      if (beat_last) words_left_q <= words_left_q - 1'b1;
    end
  end

  // Lanes of a cycle

  logic [7:0]            lane_valid;
  logic [8*RowBits-1:0]  lane_row, x_row_q, p_row_q;
  logic [8*SlotBits-1:0] lane_slot, x_slot_q, p_slot_q;
  logic [8*PortBits-1:0] lane_port, x_port_q, p_port_q;
  logic [8*8-1:0]        lane_weight, x_weight_q, eight;
  logic [8*Bits-1:0]     product, p_value_q;
  logic [Bits-1:0]       x_payload_q;
  logic [4:0]            x_shift_q;
  logic [NeuronBits-1:0] target;
  logic [2:0]            bank, offset;
  logic                  conflict;
  logic [engram_pkg::SparseBits-1:0] synapse;

  always_comb begin
    lane_valid = '0;
    lane_row = '0;
    lane_slot = '0;
    lane_port = '0;
    lane_weight = '0;
    taken = '0;
    beat_last = 1'b1;
    eight = '0;
    target = '0;
    bank = '0;
    offset = '0;
    conflict = 1'b0;
    synapse = '0;
    if (w_valid_q && in_data_q && left_q != '0) begin
      if (format_q == engram_pkg::FormatSparse) begin
        for (int j = 0; j < PerWord; j++) begin
          synapse = w_word_q[engram_pkg::SparseBits*j +: engram_pkg::SparseBits];
          target = base_q[NeuronBits-1:0] + synapse[engram_pkg::SparseIndexLow +: NeuronBits];
          bank = target[2:0];
          if (3'(j) >= beat_q && !conflict && {6'd0, taken} < left_q) begin
            conflict = lane_valid[bank];
            if (!conflict) begin
              taken = taken + 4'd1;
              lane_valid[bank] = 1'b1;
              lane_row[RowBits*bank +: RowBits] = target[NeuronBits-1:3];
              lane_slot[SlotBits*bank +: SlotBits] = slot_i + synapse[engram_pkg::SparseDelayLow +: SlotBits];
              lane_port[PortBits*bank +: PortBits] = synapse[engram_pkg::SparsePortLow +: PortBits];
              lane_weight[8*bank +: 8] = synapse[engram_pkg::SparseWeightLow +: 8];
            end
          end
        end
        beat_last = {1'b0, beat_q} + taken == 4'(PerWord) || {6'd0, taken} == left_q;
      end else begin
        if (format_q == engram_pkg::FormatDense8) begin
          eight = w_word_q[64*beat_q[0] +: 64];
          beat_last = beat_q[0] || left_q <= 10'd8;
        end else begin
          for (int k = 0; k < Lanes; k++)
            eight[8*k +: 8] = {{5{w_word_q[32*beat_q[1:0] + 4*k + 3]}}, w_word_q[32*beat_q[1:0] + 4*k +: 3]};
          beat_last = beat_q == 3'd3 || left_q <= 10'd8;
        end
        taken = left_q <= 10'd8 ? left_q[3:0] : 4'd8;
        for (int b = 0; b < Lanes; b++) begin
          offset = 3'(b) - neuron_q[2:0];
          target = neuron_q + {{(NeuronBits - 3){1'b0}}, offset};
          lane_valid[b] = {1'b0, offset} < taken;
          lane_row[RowBits*b +: RowBits] = target[NeuronBits-1:3];
          lane_slot[SlotBits*b +: SlotBits] = slot_i + delay_q;
          lane_port[PortBits*b +: PortBits] = port_q;
          lane_weight[8*b +: 8] = eight[8*offset +: 8];
        end
      end
    end
  end

  always_comb begin
    product = '0;
    if (x_valid_q != '0) begin
      for (int b = 0; b < Lanes; b++)
        product[Bits*b +: Bits] =
            ({{(Bits - 8){x_weight_q[8*b + 7]}}, x_weight_q[8*b +: 8]} * x_payload_q) << x_shift_q;
    end
  end

  assign advance = p_valid_q == '0 || add_ready_i;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      x_valid_q <= '0;
      p_valid_q <= '0;
    end else if (advance) begin
      x_valid_q <= uses_data ? lane_valid : '0;
      p_valid_q <= x_valid_q;
    end
  end

  always_ff @(posedge clk_i) begin
    if (advance && uses_data) begin
      x_row_q <= lane_row;
      x_slot_q <= lane_slot;
      x_port_q <= lane_port;
      x_weight_q <= lane_weight;
      x_payload_q <= payload_q;
      x_shift_q <= shift_q;
    end
    if (advance && x_valid_q != '0) begin
      p_row_q <= x_row_q;
      p_slot_q <= x_slot_q;
      p_port_q <= x_port_q;
      p_value_q <= product;
    end
  end

  assign add_valid_o = p_valid_q;
  assign add_row_o = p_row_q;
  assign add_slot_o = p_slot_q;
  assign add_port_o = p_port_q;
  assign add_value_o = p_value_q;
  assign idle_o = !f_valid_q && !fetch_active_q && !r_valid_q && !w_valid_q && x_valid_q == '0 && p_valid_q == '0;

  // Events

  logic r_used, axon_used;

  assign r_used = (r_moves && !r_discard) || (ctrl_reading_q && !ctrl_axon_i);
  assign axon_used = f_dead || xbar_takes || fetch_takes || (ctrl_reading_q && ctrl_axon_i);
  assign row_o = fetch_takes;
  assign stall_o = p_valid_q != '0 && !add_ready_i;

  always_comb begin
    sops_o = '0;
    if (p_valid_q != '0 && add_ready_i)
      for (int b = 0; b < Lanes; b++) sops_o = sops_o + {3'd0, p_valid_q[b]};
    corrected_o = '0;
    double_o = '0;
    if (r_used) begin
      corrected_o = {1'b0, half_corrected[0]} + {1'b0, half_corrected[1]};
      double_o = {1'b0, half_double[0]} + {1'b0, half_double[1]};
    end
    if (axon_used) begin
      corrected_o = corrected_o + {1'b0, axon_corrected};
      double_o = double_o + {1'b0, axon_double};
    end
    error_o = 1'b0;
    error_cause_o = engram_pkg::CauseNone;
    error_address_o = '0;
    if (xbar_refused_i) begin
      error_o = 1'b1;
      error_cause_o = engram_pkg::CauseAddress;
      error_address_o[23:20] = engram_pkg::MemAxon;
      error_address_o[AxonBits-1:0] = f_axon_q;
    end
    if (axon_used && axon_double) begin
      error_o = 1'b1;
      error_cause_o = engram_pkg::CauseEccDouble;
      error_address_o[23:20] = engram_pkg::MemAxon;
      error_address_o[AxonBits-1:0] = ctrl_reading_q ? ctrl_address_i[AxonBits-1:0] : f_axon_q;
    end
    if (ctrl_reading_q && !ctrl_axon_i && half_double != '0) begin
      error_o = 1'b1;
      error_cause_o = engram_pkg::CauseEccDouble;
      error_address_o[23:20] = engram_pkg::MemSynapse;
      error_address_o[WordBits+1:0] = ctrl_address_i;
    end
    if (w_go && w_double_q) begin
      error_o = 1'b1;
      error_cause_o = engram_pkg::CauseEccDouble;
      error_address_o = '0;
      error_address_o[23:20] = engram_pkg::MemSynapse;
      error_address_o[WordBits+1:2] = w_address_q[WordBits-1:0];
    end else if (w_go && ((!in_data_q && header_bad) || no_next)) begin
      error_o = 1'b1;
      error_cause_o = engram_pkg::CauseAddress;
      error_address_o = '0;
      error_address_o[WordBits:0] = no_next ? WordsEnd : w_address_q;
    end
  end

  logic waits_q;
  logic [7:0] waiting_q;
  always_ff @(posedge clk_i) begin
    waits_q <= rst_ni && stall_o;
    waiting_q <= add_valid_o;
    if (rst_ni) begin
      assert (!waits_q || add_valid_o == waiting_q);
      assert (!ctrl_reading_q || ctrl_valid_i);
      // A sparse word always gives a synapse, or the engine would stand still.
      assert (!uses_data || left_q == '0 || taken != '0);
      assert (!w_valid_q || !r_valid_q || r_row_q == w_row_q || r_row_q == fetch_row_q);
    end
  end

  // What tests have to reach: every format, every way in which a row ends, and what holds it up.
  for (genvar k = 0; k < 3; k++) begin : g_cover
    always_ff @(posedge clk_i) cover (rst_ni && uses_data && format_q == 2'(k) && left_q != '0);
  end
  always_ff @(posedge clk_i) begin
    cover (rst_ni && stall_o);
    cover (rst_ni && uses_data && conflict);
    cover (rst_ni && w_go && !in_data_q && header_bad);
    cover (rst_ni && no_next);
    cover (rst_ni && w_go && w_double_q);
    cover (rst_ni && f_dead);
    cover (rst_ni && axon_used && axon_corrected);
    cover (rst_ni && axon_used && axon_double);
    cover (rst_ni && r_used && half_corrected != '0);
    cover (rst_ni && r_used && half_double != '0);
  end

endmodule
