// The crossbar on the cases of crossbar_cases.py: settings and rows of a tile, spikes, conversions.
module xbar_bench;

  reg          clk = 1'b0, rst_n = 1'b0, update = 1'b0, spike = 1'b0, add_ready = 1'b1, ctrl = 1'b0;
  reg  [31:0]  step = 32'd0, ctrl_data = 32'd0, word, settings = 32'd0, more = 32'd0;
  reg  [63:0]  seed = 64'd0;
  reg  [6:0]   row = 7'd0;
  reg  [23:0]  payload = 24'd0;
  reg  [3:0]   memory = 4'd0;
  reg  [16:0]  address = 17'd0;
  reg  [1:0]   tile = 2'd3;
  reg  [127:0] command;
  wire [7:0]   add_valid;
  wire [39:0]  add_row;
  wire [3:0]   add_slot, codes;
  wire [1:0]   add_port;
  wire [191:0] add_value;
  wire         converting, idle, ready, ack, refused;
  reg  [23:0]  got [0:255];
  integer      file, found, k, b, failures = 0, conversions = 0, values = 0, counted = 0;

  engram_xbar dut (
    .clk_i(clk), .rst_ni(rst_n), .step_i(step), .seed_i(seed), .update_i(update), .erase_i(1'b0), .clear_i(1'b0),
    .clear_address_i(7'd0), .pending_o(), .converting_o(converting), .idle_o(idle), .spike_valid_i(spike),
    .spike_ready_o(ready), .spike_tiles_i(4'd1 << tile), .spike_row_i(row), .spike_payload_i(payload),
    .add_valid_o(add_valid), .add_ready_i(add_ready), .add_row_o(add_row), .add_slot_o(add_slot),
    .add_port_o(add_port), .add_value_o(add_value), .ctrl_valid_i(ctrl), .ctrl_write_i(1'b1), .ctrl_memory_i(memory),
    .ctrl_address_i(address), .ctrl_wdata_i(ctrl_data), .ctrl_ack_o(ack), .ctrl_rdata_o(), .refused_o(refused),
    .drive_o(), .codes_o(codes)
  );

  task tick;
    begin
      add_ready = $urandom % 4 != 0;
      #1;
      counted = counted + codes;
      if (refused) failures = failures + 1;
      for (b = 0; b < 8; b = b + 1) if (add_ready && add_valid[b]) begin
        got[{add_row[5*b +: 5], 3'd0} + b] = add_value[24*b +: 24];
        if (add_slot !== step[3:0] + more[3:0] || add_port !== settings[25:24]) failures = failures + 1;
      end
      clk = 1'b1;
      #1 clk = 1'b0;
    end
  endtask

  task write_word(input [3:0] to, input [16:0] where);
    begin
      found = $fscanf(file, "%h", ctrl_data);
      memory = to;
      address = where;
      ctrl = 1'b1;
      #1;
      while (!ack) tick;
      tick;
      ctrl = 1'b0;
    end
  endtask

  reg [1023:0] path;

  initial begin
    if (!$value$plusargs("vectors=%s", path)) $finish;
    file = $fopen(path, "r");
    tick;
    rst_n = 1'b1;
    tick;
    while ($fscanf(file, "%s", command) == 1) begin
      if (command == "noise") begin
        for (k = 0; k < 2048; k = k + 1) write_word(4'd13, k);
      end else if (command == "tile") begin
        tile = tile + 1'b1;
        for (k = 0; k < 32; k = k + 1) begin
          write_word(4'd12, {tile, 5'd0} + k);
          if (k == 0) settings = ctrl_data;
          if (k == 2) more = ctrl_data;
        end
      end else if (command == "row") begin
        found = $fscanf(file, "%h", row);
        for (k = 0; k < 256; k = k + 1) write_word(4'd11, {tile, row, 8'd0} + k);
      end else if (command == "drive") begin
        found = $fscanf(file, "%h %h %h %h %h", row, payload, step, seed[31:0], seed[63:32]);
        spike = 1'b1;
        #1;
        while (!ready) tick;
        tick;
        spike = 1'b0;
        #1;
        while (!idle) tick;
      end else begin
        for (k = 0; k < 256; k = k + 1) got[k] = 24'd0;
        counted = 0;
        update = 1'b1;
        tick;
        update = 1'b0;
        #1;
        while (converting) tick;
        conversions = conversions + 1;
        found = $fscanf(file, "%h", word);
        if (counted !== word) failures = failures + 1;
        for (k = 0; k <= settings[14:8]; k = k + 1) begin
          found = $fscanf(file, "%h", word);
          values = values + 1;
          if (got[(settings[23:16] + k) % 256] !== word[23:0]) failures = failures + 1;
        end
      end
    end
    if (failures == 0 && conversions >= 60 && values > 1000)
      $display("PASS: %0d conversions, %0d columns", conversions, values);
    else $display("FAIL: %0d of %0d columns in %0d conversions", failures, values, conversions);
    $finish;
  end

endmodule
