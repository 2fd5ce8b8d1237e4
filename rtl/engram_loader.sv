// The loader of images (docs/accelerator.md, "Image"). An image comes twice, words of 32 bits, two a beat, low one
// first. The first pass checks everything and writes nothing; it keeps the section table. Only after a pass without
// fault the next one writes, at places of the kept table, and has to have the same table and the same checksum.
// Handshake: valid/ready on both sides; writes stay until taken. Throughput: a word a cycle, four more a section.
// The causes are those of runtime/accelerator/Image.cpp, in the same order.
module engram_loader #(
  parameter int Columns = engram_chip_pkg::Columns,                        // tiles to the east, 1 to 16
  parameter int Rows = engram_chip_pkg::Rows,                           // tiles to the north, 1 to 16
  parameter logic [31:0] FeatureHash = engram_chip_pkg::FeatureHash,   // of the chip's sizes
  parameter int MaxSections = 1024                                     // sections of an image, a power of two
) (
  input  logic        clk_i,
  input  logic        rst_ni,
  input  logic        abort_i,          // forget what has been read; the next beat starts a first pass
  input  logic        valid_i,          // beat of the image
  output logic        ready_o,
  input  logic [63:0] data_i,
  input  logic        pair_i,           // the beat has two words; 0 is for the last beat of an odd number of words
  input  logic        last_i,           // last beat of a pass
  output logic        write_valid_o,    // a word for a memory
  input  logic        write_ready_i,
  output logic [3:0]  write_memory_o,
  output logic [3:0]  write_x_o,
  output logic [3:0]  write_y_o,
  output logic [19:0] write_address_o,
  output logic [31:0] write_data_o,
  output logic        checked_o,        // pulse: a first pass has ended without fault
  output logic        done_o,           // pulse: all is written
  output logic        fault_o,          // pulse: a pass has ended with a fault
  output logic [3:0]  cause_o,          // why, with fault_o
  output logic        busy_o            // between the passes or within one
);

  localparam logic [31:0] Magic = 32'h31494745;
  localparam logic [31:0] Version = 32'd1;
  localparam logic [31:0] TextType = 32'h100;
  localparam int IndexBits = $clog2(MaxSections);
  localparam int EntryBits = 98;

  localparam logic [3:0] StHead = 4'd0;       // magic, version, hash, sections, length
  localparam logic [3:0] StHeadCheck = 4'd1;
  localparam logic [3:0] StTable = 4'd2;      // five words a section
  localparam logic [3:0] StFetch = 4'd3;      // reads the entry of a section
  localparam logic [3:0] StSection = 4'd4;    // looks at it
  localparam logic [3:0] StData = 4'd5;
  localparam logic [3:0] StCompare = 4'd6;    // the section's checksum
  localparam logic [3:0] StEnd = 4'd7;        // the image's checksum
  localparam logic [3:0] StSkip = 4'd8;       // to the last word
  localparam logic [3:0] StFinish = 4'd9;

  logic [3:0]  state_q, state_d;
  logic        second_q;                 // this pass writes
  logic        half_q;                   // the beat's low word has been taken
  logic [32:0] count_q;                  // words taken
  logic [2:0]  field_q;                  // word of the head or of an entry
  logic [31:0] sections_q, total_q;
  logic [31:0] section_q;                // number of the section
  logic [3:0]  cause_q, cause_d;
  logic        magic_q;                  // the first word was right
  logic [31:0] crc_q, section_crc_q;     // complements of the checksums of all words, of the section's
  logic [31:0] table_crc_q, end_crc_q;   // what the first pass had
  logic [31:0] type_q, core_q, base_q, length_q;
  logic        beyond_q;
  logic [31:0] remaining_q;
  logic [19:0] address_q;

  // A word of the stream
  logic        word_valid, word_ready, word_taken, word_last;
  logic [31:0] word;
  assign word_valid = valid_i;
  assign word = half_q ? data_i[63:32] : data_i[31:0];
  assign word_last = last_i && (half_q || !pair_i);
  assign word_taken = word_valid && word_ready;
  assign ready_o = word_ready && (half_q || !pair_i);

  logic [31:0] crc_next, section_crc_next;
  engram_crc32 i_crc (.enable_i(word_valid), .crc_i(crc_q), .data_i(word), .crc_o(crc_next));
  engram_crc32 i_section_crc (.enable_i(word_valid), .crc_i(section_crc_q), .data_i(word), .crc_o(section_crc_next));

  // The table of the first pass
  logic        entry_write;
  logic [EntryBits-1:0] entry_wdata, entry;
  logic [20:0] parts;
  logic        for_chip, illegal;
  engram_memory_parts i_parts (.memory_i(type_q[3:0]), .parts_o(parts));
  assign for_chip = type_q < TextType;
  assign illegal = for_chip && (type_q > 32'(engram_pkg::MemNoise) || core_q >= 32'(Columns * Rows) || beyond_q);
  assign entry_write = word_taken && state_q == StTable && field_q == 3'd4 && !second_q;
  assign entry_wdata = {for_chip, illegal, 4'(core_q[7:0] / 8'(Columns)), 4'(core_q[7:0] % 8'(Columns)), type_q[3:0],
                        base_q[19:0], length_q, word};
  engram_ram #(.Depth(MaxSections), .Width(EntryBits)) i_table (
    .clk_i, .write_i(entry_write), .waddr_i(section_q[IndexBits-1:0]), .wdata_i(entry_wdata),
    .read_i(state_q == StFetch), .raddr_i(section_q[IndexBits-1:0]), .rdata_o(entry)
  );

  logic        entry_for_chip, entry_illegal;
  logic [31:0] entry_length, entry_crc;
  assign entry_for_chip = entry[97];
  assign entry_illegal = entry[96];
  assign entry_length = entry[63:32];
  assign entry_crc = entry[31:0];

  logic writing;
  assign writing = state_q == StData && second_q && entry_for_chip;
  assign write_valid_o = writing && word_valid;
  assign write_memory_o = entry[87:84];
  assign write_x_o = entry[91:88];
  assign write_y_o = entry[95:92];
  assign write_address_o = address_q;
  assign write_data_o = word;

  always_comb begin
    unique case (state_q)
      StHead, StTable, StEnd, StSkip: word_ready = 1'b1;
      StData: word_ready = !writing || write_ready_i;
      default: word_ready = 1'b0;
    endcase
  end

  // Words before the data, and words of the section with what comes before it and the end
  logic [35:0] table_end, section_end;
  assign table_end = 36'd5 * {4'd0, sections_q} + 36'd5;
  assign section_end = {3'd0, count_q} + {4'd0, entry_length};

  logic head_fault;
  assign head_fault = cause_q == engram_pkg::CauseMagic || cause_q == engram_pkg::CauseVersion ||
                      cause_q == engram_pkg::CauseFeatureHash;

  always_comb begin
    state_d = state_q;
    cause_d = cause_q;
    unique case (state_q)
      StHead: if (word_taken) begin
        if (cause_q == engram_pkg::CauseNone) begin
          if (field_q == 3'd0 && word != Magic) cause_d = engram_pkg::CauseMagic;
          if (field_q == 3'd1 && word != Version) cause_d = engram_pkg::CauseVersion;
          if (field_q == 3'd2 && word != FeatureHash) cause_d = engram_pkg::CauseFeatureHash;
        end
        if (field_q == 3'd4) state_d = StHeadCheck;
      end
      StHeadCheck: begin
        if (cause_q != engram_pkg::CauseNone) state_d = StSkip;
        else if (table_end + 36'd1 > {4'd0, total_q}) begin
          cause_d = engram_pkg::CauseLength;
          state_d = StSkip;
        end else if (sections_q > 32'(MaxSections)) begin
          cause_d = engram_pkg::CauseSection;
          state_d = StSkip;
        end else state_d = sections_q == 32'd0 ? StFetch : StTable;
      end
      StTable: if (word_taken && field_q == 3'd4 && section_q + 32'd1 == sections_q) state_d = StFetch;
      StFetch: begin
        if (second_q && section_q == 32'd0 && crc_q != table_crc_q) begin
          cause_d = engram_pkg::CauseEndCrc;
          state_d = StSkip;
        end else if (section_q != sections_q) state_d = StSection;
        else if ({3'd0, count_q} + 36'd1 != {4'd0, total_q}) begin
          cause_d = engram_pkg::CauseLength;
          state_d = StSkip;
        end else state_d = StEnd;
      end
      StSection: begin
        if (entry_illegal || section_end + 36'd1 > {4'd0, total_q}) begin
          cause_d = entry_illegal ? engram_pkg::CauseSection : engram_pkg::CauseLength;
          state_d = StSkip;
        end else state_d = entry_length == 32'd0 ? StCompare : StData;
      end
      StData: if (word_taken && remaining_q == 32'd1) state_d = StCompare;
      StCompare: begin
        state_d = StFetch;
        if (~section_crc_q != entry_crc) begin
          cause_d = engram_pkg::CauseSectionCrc;
          state_d = StSkip;
        end
      end
      StEnd: if (word_taken) begin
        if (word != ~crc_q || (second_q && word != end_crc_q)) cause_d = engram_pkg::CauseEndCrc;
        state_d = StSkip;
      end
      StFinish: begin
        cause_d = engram_pkg::CauseNone;
        state_d = StHead;
      end
      default: ;
    endcase
    // What came is all there is, wherever it has led.
    if (word_taken && word_last) state_d = StFinish;
    if (abort_i) begin
      cause_d = engram_pkg::CauseNone;
      state_d = StHead;
    end
  end

  always_comb begin
    cause_o = cause_q;
    if (count_q < 33'd6) cause_o = magic_q ? engram_pkg::CauseLength : engram_pkg::CauseMagic;
    else if (!head_fault && count_q != {1'b0, total_q}) cause_o = engram_pkg::CauseLength;
  end

  logic finishing, right;
  assign finishing = state_q == StFinish && !abort_i;
  assign right = cause_o == engram_pkg::CauseNone;
  assign fault_o = finishing && !right;
  assign checked_o = finishing && right && !second_q;
  assign done_o = finishing && right && second_q;
  assign busy_o = second_q || state_q != StHead || count_q != 33'd0 || half_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      state_q <= StHead;
      cause_q <= engram_pkg::CauseNone;
      second_q <= 1'b0;
      half_q <= 1'b0;
      count_q <= '0;
      field_q <= '0;
      section_q <= '0;
      crc_q <= '1;
    end else begin
      state_q <= state_d;
      cause_q <= cause_d;
      if (word_taken) begin
        half_q <= pair_i && !half_q;
        if (!count_q[32]) count_q <= count_q + 33'd1;
        crc_q <= crc_next;
        if (state_q == StHead || state_q == StTable) field_q <= field_q == 3'd4 ? 3'd0 : field_q + 3'd1;
        if (state_q == StTable && field_q == 3'd4) section_q <= state_d == StFetch ? '0 : section_q + 32'd1;
      end
      if (state_q == StCompare) section_q <= section_q + 32'd1;
      if (state_q == StFinish || abort_i) begin
        second_q <= checked_o;
        half_q <= 1'b0;
        count_q <= '0;
        field_q <= '0;
        section_q <= '0;
        crc_q <= '1;
      end
    end
  end

  // Values that a state sets before another reads them
  always_ff @(posedge clk_i) begin
    if (word_taken && state_q == StHead) begin
      if (field_q == 3'd0) magic_q <= word == Magic;
      if (field_q == 3'd3 && !second_q) sections_q <= word;
      if (field_q == 3'd4 && !second_q) total_q <= word;
    end
    if (word_taken && state_q == StTable) begin
      if (field_q == 3'd0) type_q <= word;
      if (field_q == 3'd1) core_q <= word;
      if (field_q == 3'd2) base_q <= word;
      if (field_q == 3'd3) begin
        length_q <= word;
        beyond_q <= {1'b0, base_q} + {1'b0, word} > {12'd0, parts};
      end
    end
    if (state_q == StFetch && section_q == 32'd0 && !second_q) table_crc_q <= crc_q;
    if (word_taken && state_q == StEnd && !second_q) end_crc_q <= word;
    if (state_q == StSection) begin
      section_crc_q <= '1;
      remaining_q <= entry_length;
      address_q <= entry[83:64];
    end
    if (word_taken && state_q == StData) begin
      section_crc_q <= section_crc_next;
      remaining_q <= remaining_q - 32'd1;
      address_q <= address_q + 20'd1;
    end
  end

  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      assert (!write_valid_o || second_q);
      assert (!write_valid_o || ({1'b0, write_x_o} < 5'(Columns) && {1'b0, write_y_o} < 5'(Rows)));
    end
  end

  // What tests have to reach: every fault, both ends, and a write that waits.
  for (genvar k = 1; k < 8; k++) begin : g_cover
    always_ff @(posedge clk_i) cover (rst_ni && fault_o && cause_o == 4'(k));
  end
  always_ff @(posedge clk_i) begin
    cover (rst_ni && checked_o);
    cover (rst_ni && done_o);
    cover (rst_ni && write_valid_o && !write_ready_i);
  end

endmodule
