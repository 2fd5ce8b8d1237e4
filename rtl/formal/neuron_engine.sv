// The neuron engine ends each step, whatever its memories hold, takes each neuron's sums once and in order, and a spike stays
// until it is taken. That it ends is shown by a number that a step begins with and that falls in every cycle until the engine
// is idle. Memories, ALU and random numbers are replaced by all that keep their promises: data that stay until the next read,
// an answer within two cycles (more would make a larger number, not another proof), a random number that comes once.
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
`ifdef MUTATED
  // A small world, in which a fault shows soon: segments of two neurons, programs of END, LDC and EMT.
  always_comb begin
    if (Depth == 16) assume (word == 32'h80010000);
    if (Depth == 4) assume (word[25:0] == '0 && (word[31:26] == 6'd0 || word[31:26] == 6'd3 || word[31:26] == 6'd26));
  end
`endif
endmodule

module engram_alu (
  input  logic        clk_i,
  input  logic        rst_ni,
  input  logic        start_i,
  input  logic [5:0]  opcode_i,
  input  logic [1:0]  rounding_i,
  input  logic [5:0]  width_i,
  input  logic        signed_i,
  input  logic [6:0]  shift_i,
  input  logic [5:0]  align_i,
  input  logic [2:0]  imm_i,
  input  logic [32:0] a_i,
  input  logic [32:0] b_i,
  input  logic [32:0] c_i,
  input  logic [31:0] random_i,
  output logic        done_o,
  output logic [32:0] result_o,
  output logic        saturated_o
);
  (* anyseq *) logic        ready;
  (* anyseq *) logic [32:0] result;
  logic [1:0] waited_q;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) waited_q <= 2'd0;
    else waited_q <= start_i && !done_o ? waited_q + 2'd1 : 2'd0;
  end
`ifdef NEURON_ENGINE_ALU_HANGS
  assign done_o = start_i && ready;
`else
  assign done_o = start_i && (ready || waited_q == 2'd1);
`endif
  assign result_o = result;
  assign saturated_o = 1'b0;
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
  (* anyseq *) logic [31:0] word;
  logic started_q;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) started_q <= 1'b0;
    else started_q <= start_i;
  end
  assign done_o = started_q;
  assign word_o = word;
endmodule

module neuron_engine (
  input logic        clk_i,
  input logic        start_i,
  input logic [31:0] step_i,
  input logic        enable_i,
  input logic [95:0] sums_i,
  input logic        ready_i
);

`ifdef MUTATED
  localparam int Segments = 2;
  localparam int Instructions = 4;
`else
  localparam int Segments = 32;
  localparam int Instructions = 64;
`endif
  localparam int SegmentBits = $clog2(Segments);
  localparam int PcBits = $clog2(Instructions);

  logic rst_n = 1'b0;
  always_ff @(posedge clk_i) rst_n <= 1'b1;

  logic        idle, done, take, spike_valid;
  logic [5:0]  take_neuron;
  logic [3:0]  take_slot;
  logic [31:0] key;
  logic [23:0] payload;

  engram_neuron_engine #(
    .Neurons(64), .Slots(16), .StateWords(2), .Instructions(Instructions), .Constants(128), .Segments(Segments)
  ) dut (
    .clk_i, .rst_ni(rst_n), .start_i, .step_i, .enable_i, .seed_i(64'd0), .idle_o(idle), .done_o(done),
    .take_valid_o(take), .take_neuron_o(take_neuron), .take_slot_o(take_slot), .take_sums_i(sums_i),
    .spike_valid_o(spike_valid), .spike_ready_i(ready_i), .spike_key_o(key), .spike_payload_o(payload),
    .ctrl_valid_i(1'b0), .ctrl_ready_o(), .ctrl_write_i(1'b0), .ctrl_memory_i(4'd0), .ctrl_address_i(20'd0),
    .ctrl_wdata_i(32'd0), .ctrl_rdata_o(), .saturated_o(), .illegal_o(), .illegal_pc_o()
  );

  // A step starts when the one before is done; a spike waits for a cycle at most.
  logic refused = 1'b0;
  always_ff @(posedge clk_i) refused <= rst_n && spike_valid && !ready_i;
  always_comb begin
    assume (!start_i || (rst_n && idle));
`ifdef MUTATED
    assume (start_i == (rst_n && idle) && enable_i && step_i == '1 && sums_i == '0);
`endif
`ifndef NEURON_ENGINE_NEVER_READY
    if (refused) assume (ready_i);
`endif
  end

  (* hierconn *) wire [2:0] \dut.state_q , \dut.word_q ;
  (* hierconn *) wire [SegmentBits-1:0] \dut.segment_q ;
  (* hierconn *) wire [7:0] \dut.number_q , \dut.last_number_q ;
  (* hierconn *) wire [8:0] \dut.takes_q ;
  (* hierconn *) wire [PcBits-1:0] \dut.d_pc_q ;
  (* hierconn *) wire [5:0] \dut.bit_q ;
  (* hierconn *) wire       \dut.d_valid_q , \dut.x_valid_q , \dut.x_first_q , \dut.x_random , \dut.x_ldx , \dut.x_fnd ;
  (* hierconn *) wire       \dut.x_sends , \dut.i_philox.started_q ;
  (* hierconn *) wire [1:0] \dut.i_alu.waited_q ;
  localparam logic [2:0] Segment = 3'd1;
  localparam logic [2:0] Clear = 3'd2;
  localparam logic [2:0] Fetch = 3'd3;
  localparam logic [2:0] Run = 3'd4;
  localparam logic [2:0] Drain = 3'd5;
  logic [2:0] state;
  logic [7:0] number, last_number;
  logic [8:0] takes;
  logic       fetched, runs;
  assign state = \dut.state_q ;
  assign number = \dut.number_q ;
  assign last_number = \dut.last_number_q ;
  assign takes = \dut.takes_q ;
  assign fetched = \dut.d_valid_q ;
  assign runs = \dut.x_valid_q ;

  // What is left to do, the larger parts first: segments, what is to be done with one, neurons, instructions, cycles of one.
  logic [5:0]  segments;
  logic [1:0]  part;
  logic [8:0]  neurons;
  logic [5:0]  instructions;
  logic [6:0]  cycles;
  logic [29:0] left, was_left = '0;
  logic        was_busy = 1'b0;
  always_comb begin
    segments = 6'(Segments) - 6'(\dut.segment_q );
    part = 2'd1;
    neurons = '0;
    instructions = '0;
    cycles = '0;
    unique case (state)
      Segment: begin
        part = 2'd3;
        neurons = 9'd7 - {6'd0, \dut.word_q };
      end
      Fetch: part = 2'd2;
      Clear: neurons = {1'b0, last_number} - {1'b0, number};
      Run: begin
        if (fetched) begin
          neurons = {1'b0, last_number} - {1'b0, number} + 9'd1;
          instructions = 6'(Instructions - 1) - 6'(\dut.d_pc_q );
        end
        if (runs) begin
          if (\dut.x_ldx || \dut.x_fnd ) cycles = \dut.x_first_q ? 7'd64 : {1'b0, \dut.bit_q };
          else if (\dut.x_random ) cycles = {6'd0, \dut.x_first_q };
          else if (\dut.x_sends ) cycles = {6'd0, !refused};
          else cycles = {6'd0, \dut.i_alu.waited_q == 2'd0};
        end
      end
      default: begin
        segments = '0;
        part = '0;
        cycles = spike_valid ? {5'd0, 1'b1, !refused} : 7'd1;
      end
    endcase
    left = idle ? '0 : {segments, part, neurons, instructions, cycles};
  end

  always_ff @(posedge clk_i) begin
    was_busy <= rst_n && !idle;
    was_left <= left;
    if (rst_n) begin
      if (was_busy) assert (left < was_left);
      assert (idle == (left == '0));
      assert (!done || state == Drain);

      // Why: what a state knows of itself
      assert (state <= Drain);
      assert (!fetched || state == Run);
      assert (!runs || state == Run);
      assert (\dut.i_alu.waited_q <= 2'd1);
      if (state == Segment) assert (\dut.word_q <= 3'd5);
      if (state == Segment && \dut.word_q != '0) assert (takes == '0 && number == '0);
      if (state == Fetch) assert (takes == '0 && number == '0);
      if (state == Clear || (state == Run && fetched)) assert (number <= last_number);
      if (state == Clear) assert (takes == {1'b0, number});
      if (state == Run) assert (takes == (fetched ? {1'b0, number} : {1'b0, last_number}) + 9'd1);
      if (runs && \dut.x_random && !\dut.x_first_q ) assert (\dut.i_philox.started_q );
    end
  end

endmodule
