// No image that is not whole writes anything: before the first write the loader has seen, in one pass from its first to its
// last word, the right magic, version and feature hash, the length that it says, the checksum at its end, and no section
// that the chip has no place for. After a fault, an abort or a second pass that starts again. Writes stay until they are
// taken and lie within the chip and within their memory; a second pass is done only with the end of the first.
//
// The checksum is any function: what engram_crc32 gives is any number, and the proof's own account of the pass takes the
// same numbers, so that what holds here holds of every function, CRC-32 among them.
module engram_crc32 (
  input  logic        enable_i,
  input  logic [31:0] crc_i,
  input  logic [31:0] data_i,
  output logic [31:0] crc_o
);
  (* anyseq *) logic [31:0] crc;
  assign crc_o = enable_i ? crc : crc_i;
endmodule

module loader (
  input logic        clk_i,
  input logic        abort_i,
  input logic        valid_i,
  input logic [63:0] data_i,
  input logic        pair_i,
  input logic        last_i,
  input logic        write_ready_i
);

  localparam logic [31:0] FeatureHash = 32'h12345678;
  localparam int Columns = 2;
  localparam int Sections = 2;

  logic rst_n = 1'b0;
  always_ff @(posedge clk_i) rst_n <= 1'b1;

  logic        ready, write_valid, checked, done, fault, busy;
  logic [3:0]  memory, x, y, cause;
  logic [19:0] address;
  logic [31:0] data;

  engram_loader #(.Columns(Columns), .Rows(1), .FeatureHash(FeatureHash), .MaxSections(Sections)) dut (
    .clk_i, .rst_ni(rst_n), .abort_i, .valid_i, .ready_o(ready), .data_i, .pair_i, .last_i,
    .write_valid_o(write_valid), .write_ready_i, .write_memory_o(memory), .write_x_o(x), .write_y_o(y),
    .write_address_o(address), .write_data_o(data), .checked_o(checked), .done_o(done), .fault_o(fault),
    .cause_o(cause), .busy_o(busy)
  );

  // The loader's registers, found by name when the design is flat
  (* hierconn *) wire [3:0]  \dut.state_q , \dut.cause_q ;
  (* hierconn *) wire        \dut.second_q , \dut.half_q , \dut.magic_q , \dut.beyond_q , \dut.word_taken ;
  (* hierconn *) wire [2:0]  \dut.field_q ;
  (* hierconn *) wire [31:0] \dut.crc_next , \dut.crc_q , \dut.sections_q , \dut.total_q , \dut.section_q , \dut.end_crc_q ;
  (* hierconn *) wire [31:0] \dut.type_q , \dut.core_q , \dut.base_q , \dut.length_q , \dut.remaining_q ;
  (* hierconn *) wire [32:0] \dut.count_q ;
  (* hierconn *) wire [19:0] \dut.address_q ;
  (* hierconn *) wire [97:0] \dut.i_table.words_q[0] , \dut.i_table.words_q[1] , \dut.i_table.rdata_q ;
  logic [3:0]  state;
  logic        taken, none;
  logic [32:0] words_taken;
  logic [31:0] sections, section;
  assign state = \dut.state_q ;
  assign taken = \dut.word_taken ;
  assign none = \dut.cause_q == engram_pkg::CauseNone;
  assign words_taken = \dut.count_q ;
  assign sections = \dut.sections_q ;
  assign section = \dut.section_q ;

  localparam logic [3:0] StHead = 4'd0;
  localparam logic [3:0] StHeadCheck = 4'd1;
  localparam logic [3:0] StTable = 4'd2;
  localparam logic [3:0] StFetch = 4'd3;
  localparam logic [3:0] StSection = 4'd4;
  localparam logic [3:0] StData = 4'd5;
  localparam logic [3:0] StCompare = 4'd6;
  localparam logic [3:0] StEnd = 4'd7;
  localparam logic [3:0] StSkip = 4'd8;
  localparam logic [3:0] StFinish = 4'd9;

  // A pass as it is seen from outside: words of beats in order, the low one first. A beat that is offered stays.
  logic        offered = 1'b0;
  logic [65:0] beat = '0;
  always_ff @(posedge clk_i) begin
    offered <= rst_n && valid_i && !ready;
    beat <= {data_i, pair_i, last_i};
    if (offered) assume (valid_i && beat == {data_i, pair_i, last_i});
    if (!rst_n) assume (!abort_i);
`ifdef MUTATED
    // A small world, in which a fault shows soon: an image of no section or one of one word, without pauses.
    assume (valid_i && pair_i && !abort_i && last_i == (sections == '0 ? count >= 33'd4 : count >= 33'd10));
    if (count == 33'd0) assume (data_i == {32'd1, 32'h31494745});
    if (count == 33'd2) assume (data_i == {31'd0, data_i[32], FeatureHash});
    if (count == 33'd4) assume (data_i[31:0] == (sections == '0 ? 32'd6 : 32'd12));
    if (count == 33'd8) assume (data_i[31:0] == 32'd1);
`endif
  end

  logic        half = 1'b0, head_right = 1'b1, end_right = 1'b0;
  logic [32:0] count = '0;
  logic [31:0] total, crc = '1, last_word = '0, whole_end = '0;
  logic [31:0] word;
  logic        whole = 1'b0;   // the pass before was a first one without a fault, by the rules
  logic        second = 1'b0;  // as the loader has said it
  assign word = half ? data_i[63:32] : data_i[31:0];
  always_ff @(posedge clk_i) begin
    if (rst_n && taken) begin
      half <= pair_i && !half;
      if (!count[32]) count <= count + 33'd1;
      crc <= \dut.crc_next ;
      last_word <= word;
      end_right <= word == ~crc;
      if (count == 33'd0 && word != 32'h31494745) head_right <= 1'b0;
      if (count == 33'd1 && word != 32'd1) head_right <= 1'b0;
      if (count == 33'd2 && word != FeatureHash) head_right <= 1'b0;
      if (count == 33'd4) total <= word;
    end
    if (!rst_n || checked || done || fault || abort_i) begin
      second <= rst_n && checked;
      whole <= rst_n && checked && !second && head_right && end_right && count >= 33'd6 && count == {1'b0, total};
      whole_end <= last_word;
      half <= 1'b0;
      count <= '0;
      crc <= '1;
      head_right <= 1'b1;
    end
  end

  logic        ended;  // all words of an image were right, and it has ended if no other comes
  assign ended = none && words_taken == {1'b0, \dut.total_q } && words_taken >= 33'd6;

  // Places of the sections of the table: what is neither text nor refused lies within the chip.
  logic [97:0]         entries [Sections];
  logic [Sections-1:0] within, refused, in_table, written;
  assign entries[0] = \dut.i_table.words_q[0] ;
  assign entries[1] = \dut.i_table.words_q[1] ;
  for (genvar i = 0; i < Sections; i++) begin : g_entry
    logic [20:0] parts;
    engram_memory_parts u_parts (.memory_i(entries[i][87:84]), .parts_o(parts));
    assign refused[i] = entries[i][97] && entries[i][96];
    assign within[i] = {13'd0, entries[i][83:64]} + {1'b0, entries[i][63:32]} <= {12'd0, parts} &&
                       entries[i][91:88] < 4'(Columns) && entries[i][95:92] == 4'd0 &&
                       entries[i][87:84] <= engram_pkg::MemNoise;
    assign in_table[i] = 32'(i) < sections;
    assign written[i] = state == StTable && !second ? 32'(i) < section :
                        in_table[i] && (second || (state >= StFetch && state <= StEnd) || (state >= StSkip && ended));
  end

  logic [97:0] entry;
  logic [20:0] parts, type_parts;
  assign entry = \dut.i_table.rdata_q ;
  engram_memory_parts u_parts (.memory_i(memory), .parts_o(parts));
  engram_memory_parts u_type_parts (.memory_i(\dut.type_q [3:0]), .parts_o(type_parts));

  logic        stalled = 1'b0;
  logic [63:0] stalled_write = '0;
  always_ff @(posedge clk_i) begin
    stalled <= rst_n && write_valid && !write_ready_i && !abort_i;
    stalled_write <= {y, x, memory, address, data};
    if (rst_n) begin
      if (checked) assert (!second && head_right && end_right && count >= 33'd6 && count == {1'b0, total});
      if (checked) assert ((refused & in_table) == '0);
      if (done) assert (second && end_right && last_word == whole_end);
      assert (!(checked && fault) && !(done && fault) && !(checked && done));
      if (write_valid) begin
        assert (whole && valid_i && data == word);
        assert (x < 4'(Columns) && y == 4'd0 && memory <= engram_pkg::MemNoise);
        assert ({1'b0, address} < parts);
      end
      if (stalled) assert (write_valid && stalled_write == {y, x, memory, address, data});

      // Why: what the loader knows is what there was,
      assert (\dut.half_q == half && words_taken == count && \dut.crc_q == crc);
      assert (\dut.second_q == second && (!second || whole) && state <= StFinish);
      if (second) assert (\dut.end_crc_q == whole_end && (refused & in_table) == '0 && sections <= 32'(Sections));
      if (!second && count >= 33'd5) assert (\dut.total_q == total);
      if (state == StHead || state == StHeadCheck) assert (head_right == none);
      else if (none && state != StFinish) assert (head_right);
      // a state stands for a place in the image,
      if (state == StHead) assert (count == {30'd0, \dut.field_q } && \dut.field_q < 3'd5);
      else if (state == StHeadCheck) assert (count == 33'd5);
      if (state == StHead || state == StHeadCheck) assert (section == '0);
      if (state == StHeadCheck) assert (\dut.field_q == '0);
      if (state != StHead && state != StFinish) assert (count >= 33'd5);
      if (state >= StTable && state <= StEnd) assert (none && sections <= 32'(Sections) && section <= sections);
      if (state == StTable) begin
        assert (section < sections && \dut.field_q < 3'd5);
        assert (count == 33'd5 + 33'd5 * {1'b0, section} + {30'd0, \dut.field_q });
        assert (33'd6 + 33'd5 * {1'b0, sections} <= {1'b0, \dut.total_q });
        if (\dut.field_q == 3'd4)
          assert (\dut.beyond_q == ({1'b0, \dut.base_q } + {1'b0, \dut.length_q } > {12'd0, type_parts}));
      end
      if (state >= StFetch && state <= StEnd) assert (count >= 33'd5 && count < {1'b0, \dut.total_q });
      if (state >= StSection && state <= StCompare) assert (section < sections && entry == entries[section[0]]);
      if (state == StData || state == StCompare) assert (!(entry[97] && entry[96]));
      if (state == StData) begin
        assert (\dut.remaining_q != '0 && \dut.remaining_q <= entry[63:32]);
        assert ({1'b0, count} + {2'd0, \dut.remaining_q } < {2'd0, \dut.total_q });
        if (entry[97]) assert ({12'd0, \dut.address_q } + \dut.remaining_q == {12'd0, entry[83:64]} + entry[63:32]);
      end
      if (state == StEnd) assert (count + 33'd1 == {1'b0, \dut.total_q } && section == sections);
      // and only the end leads to what is right.
      for (int i = 0; i < Sections; i++) begin
        if (written[i] && entries[i][97] && !entries[i][96]) assert (within[i]);
        if (state >= StFetch && state <= StEnd && 32'(i) < section) assert (!refused[i]);
      end
      if (state == StSkip && none) assert (count >= {1'b0, \dut.total_q } && count >= 33'd6);
      if ((state == StSkip || state == StFinish) && ended) begin
        assert (end_right && head_right && (refused & in_table) == '0 && sections <= 32'(Sections));
        assert (\dut.end_crc_q == last_word);
      end
      if (half) assert (offered && beat[1]);
    end
  end

endmodule
