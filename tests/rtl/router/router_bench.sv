// Runs the vectors of router_vectors.py through a router under random back-pressure: each flit leaves once by each of its
// outputs, and errors are counted.
module router_bench;

  localparam int Flits = 4096;

  logic         clk = 1'b0, rst_n = 1'b0, table_write = 1'b0, unrouted, parity_error;
  logic [9:0]   in_valid = '0, out_ready = '0, in_ready, out_valid;
  logic [749:0] in_flit = '0, out_flit;
  logic [5:0]   table_entry = '0;
  logic [1:0]   table_part = '0;
  logic [31:0]  table_wdata = '0, error_key;
  logic [3:0]   produced, consumed;

  engram_router #(.Columns(3), .Rows(2)) dut (
    .clk_i(clk), .rst_ni(rst_n), .x_i(4'd1), .y_i(4'd0), .in_valid_i(in_valid), .in_ready_o(in_ready),
    .in_flit_i(in_flit), .out_valid_o(out_valid), .out_ready_i(out_ready), .out_flit_o(out_flit),
    .table_write_i(table_write), .table_read_i(1'b0), .table_entry_i(table_entry), .table_part_i(table_part),
    .table_wdata_i(table_wdata), .table_rdata_o(), .produced_o(produced), .consumed_o(consumed),
    .unrouted_o(unrouted), .parity_o(parity_error), .error_key_o(error_key)
  );

  always #5 clk = !clk;

  integer      file, status, failures = 0, flits = 0, sent = 0, left = 0, due = 0;
  integer      unrouted_due = 0, parity_due = 0, made = 0, ended = 0, c, cycles;
  reg [7:0]    tag;
  reg [74:0]   word;
  reg [31:0]   first, value;
  integer      number;
  reg [74:0]   words [0:Flits-1];    // by number
  reg [6:0]    outputs [0:Flits-1];  // still to leave by
  reg [11:0]   order [0:10*Flits-1]; // numbers by channel
  integer      count [0:9], next [0:9];
  reg [8*256:1] path;

  task fail(input integer flit);
    begin
      failures = failures + 1;
      if (failures < 10) $display("FAIL: flit %0d at output %0d", flit, c);
    end
  endtask

  initial begin
    for (c = 0; c < 10; c = c + 1) begin
      count[c] = 0;
      next[c] = 0;
    end
    if (!$value$plusargs("vectors=%s", path)) $display("FAIL: no +vectors=");
    file = $fopen(path, "r");
    repeat (2) @(negedge clk);
    rst_n = 1'b1;
    while ($fscanf(file, "%c %h %h %h %h\n", tag, first, word, value, number) == 5) begin
      if (tag == "t") begin
        @(negedge clk);
        table_write = 1'b1;
        table_entry = first[5:0];
        table_part = word[1:0];
        table_wdata = value;
      end else begin
        words[number] = word;
        outputs[number] = value[6:0];
        order[first * Flits + count[first]] = number;
        count[first] = count[first] + 1;
        flits = flits + 1;
        for (c = 0; c < 5; c = c + 1) due = due + value[c];
        parity_due = parity_due + value[5];
        unrouted_due = unrouted_due + value[6];
      end
    end
    @(negedge clk);
    table_write = 1'b0;
    for (cycles = 0; cycles < 2500; cycles = cycles + 1) begin
      @(negedge clk);
      out_ready = $urandom | (cycles[9] ? $urandom : 0);
      for (c = 0; c < 10; c = c + 1) begin
        if (!in_valid[c] && next[c] < count[c] && $urandom % 4 != 0) begin
          in_valid[c] = 1'b1;
          in_flit[c*75 +: 75] = words[order[c * Flits + next[c]]];
        end
      end
      #1;
      made = made + produced;
      ended = ended + consumed;
      parity_due = parity_due - parity_error;
      unrouted_due = unrouted_due - unrouted;
      for (c = 0; c < 10; c = c + 1) begin
        if (out_valid[c] && out_ready[c]) begin
          word = out_flit[c*75 +: 75];
          number = word[47:32];
          left = left + 1;
          if (number >= Flits || words[number] !== word || outputs[number][c/2] !== 1'b1) fail(number);
          else outputs[number][c/2] = 1'b0;
        end
      end
      @(posedge clk);
      for (c = 0; c < 10; c = c + 1) begin
        if (in_valid[c] && in_ready[c]) begin
          // Taken at this edge, whose values are those of before.
          next[c] = next[c] + 1;
          sent = sent + 1;
          in_valid[c] <= #1 1'b0;
        end
      end
    end
    if (failures == 0 && sent == flits && left == due && made == due && ended == flits && parity_due == 0 &&
        unrouted_due == 0 && flits > 1000)
      $display("PASS: %0d flits, %0d copies", flits, left);
    else
      $display("FAIL: %0d failures; sent %0d of %0d, left %0d of %0d, made %0d, ended %0d, errors not seen %0d %0d",
               failures, sent, flits, left, due, made, ended, parity_due, unrouted_due);
    $finish;
  end

endmodule
