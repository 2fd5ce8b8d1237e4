// The neuron engine: for each valid segment in order and each of its neurons, takes the neuron's sums from the ring and runs
// the segment's program (docs/accelerator.md, Neuron engine). Equal to GoldenCore::update.
//
// Handshake: a pulse of `start_i`, with the step, while `idle_o`; `done_o` is high for one cycle when all neurons have run and
// the last spike has left. `take_valid_o` clears a neuron's slot; its sums are on `take_sums_i` one cycle later. Spikes are
// valid/ready. Control accesses are taken while `ctrl_ready_o`; a read's data comes one cycle later and stays.
//
// Timing: an instruction is read from the program (stage D), then executes (stage X) for the latency of its opcode, one after
// another without gaps, also from neuron to neuron; a spike that the receiver does not take stalls. Beside its instructions a
// step costs 8 cycles a valid segment, 1 for every other, and 3. Neurons before their first step cost 1 cycle each.
module engram_neuron_engine #(
  parameter int Neurons = 256,       // powers of two, all of them
  parameter int Slots = 16,
  parameter int StateWords = 8,
  parameter int Instructions = 64,
  parameter int Constants = 256,
  parameter int Segments = 32
) (
  input  logic                       clk_i,
  input  logic                       rst_ni,

  // One step
  input  logic                       start_i,
  input  logic [31:0]                step_i,         // with start_i
  input  logic                       enable_i,       // without it a step only clears the bits of spikes
  input  logic [63:0]                seed_i,
  output logic                       idle_o,
  output logic                       done_o,

  // Sums of the ring
  output logic                       take_valid_o,
  output logic [$clog2(Neurons)-1:0] take_neuron_o,
  output logic [$clog2(Slots)-1:0]   take_slot_o,
  input  logic [95:0]                take_sums_i,    // 4 ports of 24 bits, port 0 lowest

  // Spikes
  output logic                       spike_valid_o,
  input  logic                       spike_ready_i,
  output logic [31:0]                spike_key_o,
  output logic [23:0]                spike_payload_o,

  // Control: PROGRAM, STATE, CONST, SEGMENT and (read only) SPIKES. Others and addresses beyond read as 0.
  input  logic                       ctrl_valid_i,
  output logic                       ctrl_ready_o,
  input  logic                       ctrl_write_i,
  input  logic [3:0]                 ctrl_memory_i,
  input  logic [19:0]                ctrl_address_i,
  input  logic [31:0]                ctrl_wdata_i,
  output logic [31:0]                ctrl_rdata_o,

  // Events, for flags and counters: a pulse each
  output logic                       saturated_o,
  output logic                       illegal_o,
  output logic [7:0]                 illegal_pc_o
);

  localparam int NeuronBits = $clog2(Neurons);
  localparam int WordBits = $clog2(StateWords);
  localparam int PcBits = $clog2(Instructions);
  localparam int ConstantBits = $clog2(Constants);
  localparam int SegmentBits = $clog2(Segments);
  localparam int StateBits = NeuronBits + WordBits;
  localparam logic [PcBits-1:0] LastPc = {PcBits{1'b1}};
  localparam logic [SegmentBits-1:0] LastSegment = {SegmentBits{1'b1}};

  localparam logic [2:0] Idle = 3'd0;
  localparam logic [2:0] Segment = 3'd1;  // reads the words of a segment
  localparam logic [2:0] Clear = 3'd2;    // takes sums of neurons whose first step is still to come
  localparam logic [2:0] Fetch = 3'd3;    // first instruction and first sums of a segment
  localparam logic [2:0] Run = 3'd4;
  localparam logic [2:0] Drain = 3'd5;    // the last spike leaves

  logic [2:0] state_q;

  // Segment and its neurons

  logic [SegmentBits-1:0] segment_q;
  logic [2:0]             word_q;          // of the segment that is on the memory's output, counted from 1
  logic [31:0]            step_q, key_q, stream_q, index_q, age_q;
  logic [7:0]             last_number_q;   // of the segment's last neuron
  logic [NeuronBits-1:0]  first_q;
  logic [PcBits-1:0]      first_pc_q;
  logic [7:0]             number_q;        // of the neuron in stage D, or that is cleared
  logic                   last_segment;
  logic [31:0]            segment_rdata;

  assign last_segment = segment_q == LastSegment;

  // Stage D: the program's output is the instruction

  logic                    d_valid_q, d_last, d_last_neuron, advance;
  logic [PcBits-1:0]       d_pc_q;
  logic [63:0]             d_instruction;
  logic [5:0]              d_opcode;
  logic [NeuronBits-1:0]   d_neuron;

  assign d_opcode = d_instruction[63:58];
  assign d_last = d_opcode == engram_pkg::OpEnd || d_opcode >= engram_pkg::OpFirstIllegal || d_pc_q == LastPc;
  assign d_last_neuron = number_q == last_number_q;
  assign d_neuron = first_q + number_q[NeuronBits-1:0];

  // Stage X

  logic                    x_valid_q, x_first_q, x_done, x_last_q;
  logic [PcBits-1:0]       x_pc_q;
  logic [63:0]             x_q;
  logic [7:0]              x_number_q;
  logic [NeuronBits-1:0]   x_neuron;
  logic [5:0]              x_opcode;
  logic [15:0]             x_imm;
  logic [StateBits-1:0]    x_state_address;
  logic                    x_sends, x_writes, x_sets, x_store, x_upper, x_half, store_low, store_high;

  assign x_opcode = x_q[63:58];
  assign x_imm = x_q[15:0];
  assign x_neuron = first_q + x_number_q[NeuronBits-1:0];
  assign x_state_address = {x_neuron, x_imm[WordBits-1:0]};
  // LDS and STS of half a word
  assign x_upper = x_q[24];
  assign x_half = x_q[39:34] == 6'd16;

  // Registers of the neuron; one that has not been written is 0.

  logic [32:0] registers_q [16];
  logic [15:0] written_q;
  logic [32:0] ra, rb, rc;
  logic [31:0] random;

  assign ra = written_q[x_q[53:50]] ? registers_q[x_q[53:50]] : 33'd0;
  assign rb = written_q[x_q[49:46]] ? registers_q[x_q[49:46]] : 33'd0;
  assign rc = written_q[x_q[45:42]] ? registers_q[x_q[45:42]] : 33'd0;
  assign random = written_q[x_q[19:16]] ? registers_q[x_q[19:16]][31:0] : 32'd0;

  // Memories

  logic                 ctrl, ctrl_write, ctrl_read;
  logic [31:0]          state_rdata, constant_rdata, program_low, program_high;
  logic [3:0]           ctrl_memory_q;
  logic                 ctrl_half_q;
  logic [31:0]          ctrl_spikes_q;
  logic                 program_read, in_program, in_state, in_constant, in_segment, in_spikes, ctrl_beyond_q;
  logic [PcBits-1:0]    program_address;
  logic                 segment_read;
  logic [SegmentBits+2:0] segment_address;
  logic                 same_word, bypass_low_q, bypass_high_q;
  logic [31:0]          store_data, bypass_data_q, state_word;
  logic                 lookup_read;
  logic [ConstantBits-1:0] lookup_address;

  assign ctrl_ready_o = state_q == Idle && !start_i;
  assign ctrl = ctrl_valid_i && ctrl_ready_o;
  assign ctrl_write = ctrl && ctrl_write_i;
  assign ctrl_read = ctrl && !ctrl_write_i;
  assign in_program = ctrl_memory_i == engram_pkg::MemProgram && ctrl_address_i < 20'(2 * Instructions);
  assign in_state = ctrl_memory_i == engram_pkg::MemState && ctrl_address_i < 20'(Neurons * StateWords);
  assign in_constant = ctrl_memory_i == engram_pkg::MemConstant && ctrl_address_i < 20'(Constants);
  assign in_segment = ctrl_memory_i == engram_pkg::MemSegment && ctrl_address_i < 20'(8 * Segments);
  assign in_spikes = ctrl_memory_i == engram_pkg::MemSpikes && ctrl_address_i < 20'(Neurons / 32);

  assign d_instruction = {program_high, program_low};

  always_comb begin
    program_read = ctrl_read;
    program_address = ctrl_address_i[PcBits:1];
    if (state_q == Fetch) begin
      program_read = 1'b1;
      program_address = first_pc_q;
    end else if (state_q == Run) begin
      program_read = advance;
      program_address = d_last ? first_pc_q : d_pc_q + PcBits'(1);
    end
  end

  engram_ram #(.Depth(Instructions), .Width(32)) i_program_low (
    .clk_i, .write_i(ctrl_write && in_program && !ctrl_address_i[0]), .waddr_i(ctrl_address_i[PcBits:1]),
    .wdata_i(ctrl_wdata_i), .read_i(program_read), .raddr_i(program_address), .rdata_o(program_low)
  );
  engram_ram #(.Depth(Instructions), .Width(32)) i_program_high (
    .clk_i, .write_i(ctrl_write && in_program && ctrl_address_i[0]), .waddr_i(ctrl_address_i[PcBits:1]),
    .wdata_i(ctrl_wdata_i), .read_i(program_read), .raddr_i(program_address), .rdata_o(program_high)
  );
  // The halves of a state word
  engram_ram #(.Depth(Neurons * StateWords), .Width(16)) i_state_low (
    .clk_i, .write_i(store_low || (ctrl_write && in_state)),
    .waddr_i(x_store ? x_state_address : ctrl_address_i[StateBits-1:0]),
    .wdata_i(x_store ? store_data[15:0] : ctrl_wdata_i[15:0]), .read_i(ctrl_read || (state_q == Run && advance)),
    .raddr_i(state_q == Run ? {d_neuron, d_instruction[WordBits-1:0]} : ctrl_address_i[StateBits-1:0]),
    .rdata_o(state_rdata[15:0])
  );
  engram_ram #(.Depth(Neurons * StateWords), .Width(16)) i_state_high (
    .clk_i, .write_i(store_high || (ctrl_write && in_state)),
    .waddr_i(x_store ? x_state_address : ctrl_address_i[StateBits-1:0]),
    .wdata_i(x_store ? store_data[31:16] : ctrl_wdata_i[31:16]), .read_i(ctrl_read || (state_q == Run && advance)),
    .raddr_i(state_q == Run ? {d_neuron, d_instruction[WordBits-1:0]} : ctrl_address_i[StateBits-1:0]),
    .rdata_o(state_rdata[31:16])
  );
  engram_ram #(.Depth(Constants), .Width(32)) i_constant (
    .clk_i, .write_i(ctrl_write && in_constant), .waddr_i(ctrl_address_i[ConstantBits-1:0]),
    .wdata_i(ctrl_wdata_i), .read_i(ctrl_read || lookup_read || (state_q == Run && advance)),
    .raddr_i(state_q != Run ? ctrl_address_i[ConstantBits-1:0]
             : lookup_read ? lookup_address : d_instruction[ConstantBits-1:0]),
    .rdata_o(constant_rdata)
  );
  engram_ram #(.Depth(8 * Segments), .Width(32)) i_segment (
    .clk_i, .write_i(ctrl_write && in_segment), .waddr_i(ctrl_address_i[SegmentBits+2:0]),
    .wdata_i(ctrl_wdata_i), .read_i(segment_read), .raddr_i(segment_address), .rdata_o(segment_rdata)
  );

  // A word that is stored while the next instruction reads it.
  always_ff @(posedge clk_i) begin
    if (advance) begin
      bypass_low_q <= store_low && same_word;
      bypass_high_q <= store_high && same_word;
      bypass_data_q <= store_data;
    end
  end
  assign same_word = x_state_address == {d_neuron, d_instruction[WordBits-1:0]};
  assign state_word = {bypass_high_q ? bypass_data_q[31:16] : state_rdata[31:16],
                       bypass_low_q ? bypass_data_q[15:0] : state_rdata[15:0]};

  // Segments: word 0 of the next one is read while an invalid one is looked at.

  always_comb begin
    segment_read = ctrl_read;
    segment_address = ctrl_address_i[SegmentBits+2:0];
    if (state_q == Segment) begin
      segment_read = 1'b1;
      segment_address = {segment_q, word_q};
      if (word_q == 3'd1 && !segment_rdata[31]) segment_address = {segment_q + SegmentBits'(1), 3'd0};
    end
  end

  // Sums: those of the next neuron arrive while the last instruction of the one before executes.

  logic        taken_q, take_next;
  logic [95:0] sums_q;
  logic [23:0] port_sum;

  assign take_next = state_q == Run && advance && d_valid_q && d_last && !d_last_neuron;
  assign take_valid_o = state_q == Fetch || state_q == Clear || take_next;
  assign take_neuron_o = take_next ? d_neuron + NeuronBits'(1) : d_neuron;
  assign take_slot_o = step_q[$clog2(Slots)-1:0];

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) taken_q <= 1'b0;
    else taken_q <= take_valid_o;
  end
  always_ff @(posedge clk_i) begin
    if (taken_q) sums_q <= take_sums_i;
  end

  always_comb begin
    unique case (x_imm[1:0])
      2'd0:    port_sum = sums_q[23:0];
      2'd1:    port_sum = sums_q[47:24];
      2'd2:    port_sum = sums_q[71:48];
      default: port_sum = sums_q[95:72];
    endcase
  end

  // Execution

  logic [32:0] alu_a, alu_b, alu_result, x_result;
  logic [5:0]  alu_opcode;
  logic [2:0]  alu_imm;
  logic        alu_done, philox_done, x_random;
  logic [31:0] philox_word;

  always_comb begin
    alu_a = ra;
    alu_b = rb;
    alu_opcode = x_opcode;
    alu_imm = x_imm[2:0];
    unique case (x_opcode)
      engram_pkg::OpLds: alu_a = {1'b0, x_upper ? {16'd0, state_word[31:16]} : state_word};
      engram_pkg::OpLdc: alu_a = {1'b0, constant_rdata};
      engram_pkg::OpLdx: begin
        alu_opcode = engram_pkg::OpLdc;
        alu_a = {1'b0, constant_rdata};
      end
      engram_pkg::OpFnd: begin
        alu_opcode = engram_pkg::OpCmp;
        alu_imm = 3'd5;
        alu_b = {x_q[33] && constant_rdata[31], constant_rdata};
      end
      engram_pkg::OpLdp: begin
        alu_a = {{9{port_sum[23]}}, port_sum};
        alu_b = x_imm[4] ? ra : 33'd0;
      end
      default: ;
    endcase
  end

  engram_alu i_alu (
    .clk_i, .rst_ni, .start_i(x_valid_q), .opcode_i(alu_opcode), .rounding_i(x_q[41:40]), .width_i(x_q[39:34]),
    .signed_i(x_q[33]), .shift_i(x_q[32:26]), .align_i(x_q[25:20]), .imm_i(alu_imm), .a_i(alu_a), .b_i(alu_b),
    .c_i(rc), .random_i(random), .done_o(alu_done), .result_o(alu_result), .saturated_o
  );

  // Constants by the value of a register: LDX reads in its first cycle. FND looks for the number of the first constants
  // that are not above ra, a bit of it a cycle, from the highest bit of their number on; the first cycle reads for the second.

  logic       x_ldx, x_fnd, lookup_done;
  logic [5:0] count, top_bit, bit_q, next_bit, position_q, position, candidate;

  assign x_ldx = x_opcode == engram_pkg::OpLdx;
  assign x_fnd = x_opcode == engram_pkg::OpFnd;
  assign count = x_q[25:20];
  always_comb begin
    top_bit = 6'd0;
    for (int k = 0; k < 6; k++) if (count[k]) top_bit = 6'd1 << k;
    candidate = position_q | bit_q;
    position = x_first_q ? 6'd0 : candidate <= count && alu_result[0] ? candidate : position_q;
    next_bit = x_first_q ? top_bit : bit_q >> 1;
    lookup_done = x_ldx ? !x_first_q : next_bit == 6'd0;
    lookup_read = x_valid_q && (x_ldx || x_fnd) && !lookup_done;
    lookup_address = x_imm[ConstantBits-1:0] +
                     (x_ldx ? ConstantBits'(ra) : ConstantBits'({26'd0, position | next_bit}) - ConstantBits'(1));
  end
  always_ff @(posedge clk_i) begin
    if (lookup_read) begin
      position_q <= position;
      bit_q <= next_bit;
    end
  end

  assign x_random = x_opcode == engram_pkg::OpRnd;
  engram_philox i_philox (
    .clk_i, .rst_ni, .start_i(x_valid_q && x_first_q && x_random), .key_i(seed_i),
    .counter_i({stream_q + {16'd0, x_imm}, age_q, 32'd0, index_q + {24'd0, x_number_q}}),
    .done_o(philox_done), .word_o(philox_word)
  );

  assign x_store = x_valid_q && x_opcode == engram_pkg::OpSts;
  assign store_low = x_store && (!x_half || !x_upper);
  assign store_high = x_store && (!x_half || x_upper);
  assign store_data = {x_half ? ra[15:0] : ra[31:16], ra[15:0]};
  assign x_sends = (x_opcode == engram_pkg::OpSpk && ra[0]) || (x_opcode == engram_pkg::OpEmt && ra != 33'd0);
  assign x_sets = (x_opcode == engram_pkg::OpSpk || x_opcode == engram_pkg::OpSpb) && ra[0];
  assign x_writes = x_opcode == engram_pkg::OpLds ||
                    (x_opcode >= engram_pkg::OpLdc && x_opcode <= engram_pkg::OpRnd) || x_ldx || x_fnd;
  assign x_result = x_random ? {1'b0, philox_word} : x_fnd ? {27'd0, position} : alu_result;

  always_comb begin
    x_done = alu_done;
    if (x_random) x_done = philox_done;
    if (x_ldx || x_fnd) x_done = lookup_done;
    if (x_sends) x_done = !spike_valid_o || spike_ready_i;
  end
  assign advance = state_q == Run && (!x_valid_q || x_done);

  assign illegal_o = x_valid_q && x_opcode >= engram_pkg::OpFirstIllegal;
  assign illegal_pc_o = 8'(x_pc_q);

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      x_valid_q <= 1'b0;
      x_first_q <= 1'b0;
      written_q <= '0;
    end else if (advance) begin
      x_valid_q <= d_valid_q;
      x_first_q <= d_valid_q;
      if (x_valid_q && x_writes) written_q[x_q[57:54]] <= 1'b1;
      if (x_valid_q && x_last_q) written_q <= '0;
    end else begin
      x_first_q <= 1'b0;
    end
  end

  always_ff @(posedge clk_i) begin
    if (advance) begin
      x_q <= d_instruction;
      x_pc_q <= d_pc_q;
      x_last_q <= d_last;
      x_number_q <= number_q;
      if (x_valid_q && x_writes) registers_q[x_q[57:54]] <= x_result;
    end
  end

  // What leaves

  logic [Neurons-1:0] spikes_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      spikes_q <= '0;
      spike_valid_o <= 1'b0;
    end else begin
      if (start_i) spikes_q <= '0;
      else if (x_valid_q && x_done && x_sets) spikes_q[x_neuron] <= 1'b1;
      if (x_valid_q && x_done && x_sends) spike_valid_o <= 1'b1;
      else if (spike_ready_i) spike_valid_o <= 1'b0;
    end
  end

  always_ff @(posedge clk_i) begin
    if (x_valid_q && x_done && x_sends) begin
      spike_key_o <= key_q + {24'd0, x_number_q};
      spike_payload_o <= x_opcode == engram_pkg::OpSpk ? 24'd1 : ra[23:0];
    end
  end

  // Sequence

  assign idle_o = state_q == Idle;
  assign done_o = state_q == Drain && !spike_valid_o;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      state_q <= Idle;
      d_valid_q <= 1'b0;
    end else begin
      unique case (state_q)
        Idle: if (start_i) state_q <= enable_i ? Segment : Drain;
        Segment: begin
          if (word_q == 3'd1 && !segment_rdata[31]) begin
            if (last_segment) state_q <= Drain;
          end else if (word_q == 3'd5) begin
            state_q <= step_q < segment_rdata ? Clear : Fetch;
          end
        end
        Clear: if (d_last_neuron) state_q <= last_segment ? Drain : Segment;
        Fetch: begin
          state_q <= Run;
          d_valid_q <= 1'b1;
        end
        Run: if (advance) begin
          if (d_valid_q && d_last && d_last_neuron) d_valid_q <= 1'b0;
          if (!d_valid_q) state_q <= last_segment ? Drain : Segment;
        end
        default: if (!spike_valid_o) state_q <= Idle;
      endcase
    end
  end

  always_ff @(posedge clk_i) begin
    unique case (state_q)
      Idle: if (start_i) begin
        step_q <= step_i;
        segment_q <= '0;
        word_q <= 3'd0;
      end
      Segment: begin
        word_q <= word_q + 3'd1;
        unique case (word_q)
          3'd1: begin
            last_number_q <= segment_rdata[23:16];
            first_q <= segment_rdata[8+:NeuronBits];
            first_pc_q <= segment_rdata[0+:PcBits];
            if (!segment_rdata[31]) begin
              segment_q <= segment_q + SegmentBits'(1);
              word_q <= 3'd1;
            end
          end
          3'd2:    key_q <= segment_rdata;
          3'd3:    stream_q <= segment_rdata;
          3'd4:    index_q <= segment_rdata;
          default: age_q <= step_q - segment_rdata;
        endcase
        number_q <= 8'd0;
      end
      Clear: begin
        number_q <= number_q + 8'd1;
        if (d_last_neuron) begin
          segment_q <= segment_q + SegmentBits'(1);
          word_q <= 3'd0;
        end
      end
      Fetch: d_pc_q <= first_pc_q;
      Run: if (advance) begin
        d_pc_q <= program_address;
        if (d_valid_q && d_last) number_q <= number_q + 8'd1;
        if (!d_valid_q) begin
          segment_q <= segment_q + SegmentBits'(1);
          word_q <= 3'd0;
        end
      end
      default: ;
    endcase
  end

  // Control reads

  always_ff @(posedge clk_i) begin
    if (ctrl_read) begin
      ctrl_memory_q <= ctrl_memory_i;
      ctrl_half_q <= ctrl_address_i[0];
      ctrl_beyond_q <= !(in_program || in_state || in_constant || in_segment || in_spikes);
      ctrl_spikes_q <= spikes_q[32*ctrl_address_i[$clog2(Neurons/32)-1:0]+:32];
    end
  end

  always_comb begin
    unique case (ctrl_memory_q)
      engram_pkg::MemProgram:  ctrl_rdata_o = ctrl_half_q ? program_high : program_low;
      engram_pkg::MemState:    ctrl_rdata_o = state_rdata;
      engram_pkg::MemConstant: ctrl_rdata_o = constant_rdata;
      engram_pkg::MemSegment:  ctrl_rdata_o = segment_rdata;
      default:                 ctrl_rdata_o = ctrl_spikes_q;
    endcase
    if (ctrl_beyond_q) ctrl_rdata_o = '0;
  end

  // Sizes that addresses are made for
  initial begin
    assert (Neurons >= 64 && Neurons <= 256 && (1 << NeuronBits) == Neurons);
    assert (Instructions <= 256 && (1 << PcBits) == Instructions && (1 << SegmentBits) == Segments);
    assert ((1 << ConstantBits) == Constants && (1 << WordBits) == StateWords);
  end

  // Takes of the segment so far: each neuron's sums are taken once, in order.
  logic [8:0] takes_q;
  always_ff @(posedge clk_i) begin
    if (state_q == Segment) takes_q <= 9'd0;
    else takes_q <= takes_q + {8'd0, take_valid_o};
  end

  logic        was_waiting_q, was_reset_q;
  logic [55:0] waiting_q;
  always_ff @(posedge clk_i) begin
    was_reset_q <= rst_ni;
    was_waiting_q <= spike_valid_o && !spike_ready_i;
    waiting_q <= {spike_key_o, spike_payload_o};
    if (rst_ni && was_reset_q) begin
      // A step starts when the one before is done.
      assert (!start_i || idle_o);
      assert (!was_waiting_q || (spike_valid_o && waiting_q == {spike_key_o, spike_payload_o}));
      assert (state_q <= Drain);
      assert (!x_valid_q || state_q == Run);
      assert (!take_valid_o || take_neuron_o == first_q + takes_q[NeuronBits-1:0]);
      if (state_q == Run && advance && !d_valid_q) assert (takes_q == {1'b0, last_number_q} + 9'd1);
      if (state_q == Clear && d_last_neuron) assert (takes_q == {1'b0, last_number_q});
    end
  end

  // What tests have to reach: every opcode, and a spike that waits.
  for (genvar k = 0; k < 30; k++) begin : g_cover
    always_ff @(posedge clk_i) cover (rst_ni && x_valid_q && x_done && x_opcode == 6'(k));
  end
  always_ff @(posedge clk_i) cover (rst_ni && x_valid_q && x_sends && !x_done);
  always_ff @(posedge clk_i) cover (rst_ni && store_high && !store_low);
  always_ff @(posedge clk_i) cover (rst_ni && store_low && !store_high && same_word && advance);

endmodule
