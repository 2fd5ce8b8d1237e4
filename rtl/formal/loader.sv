// No image that is not whole writes anything: before the first write the loader has seen, in one pass from its first to
// its last beat, the right magic, version and feature hash, the length that it says and the checksum at its end. Writes
// stay until they are taken and lie within the chip. The stream is any, as AXI-Stream allows it. The checksum is
// formal/checksum.sv. LOADER_TAKES_ANY_END sees the right checksum at the end whatever comes.
module loader (
  input logic        clk_i,
  input logic        valid_i,
  input logic [63:0] data_i,
  input logic        pair_i,
  input logic        last_i,
  input logic        write_ready_i
);

  localparam logic [31:0] FeatureHash = 32'h12345678;

  logic rst_n = 1'b0;
  always_ff @(posedge clk_i) rst_n <= 1'b1;

  logic        ready, write_valid, checked, done, fault, busy;
  logic [3:0]  memory, x, y, cause;
  logic [19:0] address;
  logic [31:0] data;
  logic [63:0] seen;  // what the loader sees of data_i

  engram_loader #(.Columns(2), .Rows(1), .FeatureHash(FeatureHash), .MaxSections(4)) dut (
    .clk_i, .rst_ni(rst_n), .abort_i(1'b0), .valid_i, .ready_o(ready), .data_i(seen), .pair_i, .last_i,
    .write_valid_o(write_valid), .write_ready_i, .write_memory_o(memory), .write_x_o(x), .write_y_o(y),
    .write_address_o(address), .write_data_o(data), .checked_o(checked), .done_o(done), .fault_o(fault),
    .cause_o(cause), .busy_o(busy)
  );

  // The stream keeps its beats, and has single words at its end only.
  logic        past = 1'b0, offered = 1'b0;
  logic [65:0] beat = '0;
  always_ff @(posedge clk_i) begin
    past <= rst_n;
    offered <= rst_n && valid_i && !ready;
    beat <= {data_i, pair_i, last_i};
    if (offered) assume (valid_i && beat == {data_i, pair_i, last_i});
    assume (pair_i || last_i);
  end

  // What the passing beats were, seen from outside. An image of many words is beyond the depth of the proof.
  logic [5:0]  count = '0;
  logic [31:0] total = '0, crc = '1, last_word;
  logic        head_right = 1'b1, whole = 1'b0;
  logic [31:0] crc_low, crc_high, crc_before;
  engram_crc32 i_low (.enable_i(1'b1), .crc_i(crc), .data_i(data_i[31:0]), .crc_o(crc_low));
  engram_crc32 i_high (.enable_i(1'b1), .crc_i(crc_low), .data_i(data_i[63:32]), .crc_o(crc_high));
  assign last_word = pair_i ? data_i[63:32] : data_i[31:0];
  assign crc_before = ~(pair_i ? crc_low : crc);

`ifdef LOADER_TAKES_ANY_END
  assign seen = last_i && pair_i ? {crc_before, data_i[31:0]} : data_i;
`else
  assign seen = data_i;
`endif

  logic [31:0] total_now;
  logic        head_now;
  assign total_now = count == 6'd4 ? data_i[31:0] : total;
  assign head_now = head_right && !(count == 6'd0 && data_i != {32'd1, 32'h31494745}) &&
                    !(count == 6'd2 && data_i[31:0] != FeatureHash);
  always_ff @(posedge clk_i) begin
    if (rst_n && valid_i && ready) begin
      count <= count + (pair_i ? 6'd2 : 6'd1);
      crc <= crc_high;
      total <= total_now;
      head_right <= head_now;
      if (last_i) begin
        whole <= head_now && count >= 6'd4 && total_now == {26'd0, count} + (pair_i ? 32'd2 : 32'd1) &&
                 last_word == crc_before;
        count <= '0;
        crc <= '1;
        head_right <= 1'b1;
      end
    end
  end

  logic        stalled = 1'b0;
  logic [63:0] stalled_write = '0;
  always_ff @(posedge clk_i) begin
    stalled <= rst_n && write_valid && !write_ready_i;
    stalled_write <= {y, x, memory, address, data};
    if (past && rst_n) begin
      if (checked) assert (whole);
      if (write_valid) begin
        assert (whole);
        assert (x < 4'd2 && y < 4'd1 && memory <= 4'd10);
      end
      if (stalled) begin
        assert (write_valid);
        assert (stalled_write == {y, x, memory, address, data});
      end
    end
  end

endmodule
