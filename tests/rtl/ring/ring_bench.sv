// Random adds, takes and accesses on a small ring, beside an array of sums.
module ring_bench;

  reg         clk = 1'b0, rst_n = 1'b0, take = 1'b0, ctrl = 1'b0, ctrl_write = 1'b0;
  reg  [7:0]  add_valid = 8'd0, add_row = 8'd0;
  reg  [15:0] add_slot = 16'd0, add_port = 16'd0;
  reg  [191:0] add_value = 192'd0;
  reg  [3:0]  take_neuron = 4'd0;
  reg  [1:0]  take_slot = 2'd0;
  reg  [7:0]  ctrl_address = 8'd0;
  reg  [23:0] ctrl_data = 24'd0;
  wire [95:0] sums;
  wire [23:0] ctrl_out;
  wire        add_ready;
  reg  [23:0] want [0:255];
  integer     cycle, b, p, at, failures = 0, takes = 0;

  engram_ring #(.Neurons(16), .Slots(4)) dut (
    .clk_i(clk), .rst_ni(rst_n), .add_valid_i(add_valid), .add_ready_o(add_ready), .add_row_i(add_row),
    .add_slot_i(add_slot), .add_port_i(add_port), .add_value_i(add_value), .take_valid_i(take),
    .take_neuron_i(take_neuron), .take_slot_i(take_slot), .sums_o(sums), .ctrl_valid_i(ctrl),
    .ctrl_write_i(ctrl_write), .ctrl_address_i(ctrl_address), .ctrl_data_i(ctrl_data), .ctrl_data_o(ctrl_out)
  );

  initial begin
    for (at = 0; at < 256; at = at + 1) want[at] = 24'd0;
    #1 clk = 1'b1;
    #1 clk = 1'b0;
    rst_n = 1'b1;
    for (cycle = 0; cycle < 20000; cycle = cycle + 1) begin
      take = $urandom % 5 == 0;
      ctrl = !take && $urandom % 6 == 0;
      ctrl_write = $urandom;
      take_slot = $urandom;
      take_neuron = $urandom;
      ctrl_address = $urandom;
      ctrl_data = $urandom;
      add_valid = $urandom;
      add_row = $urandom;
      add_slot = $urandom;
      add_port = $urandom;
      add_value = {$urandom, $urandom, $urandom, $urandom, $urandom, $urandom};
      for (b = 0; b < 8; b = b + 1) if (take && add_slot[2*b +: 2] == take_slot) add_slot[2*b] = !add_slot[2*b];
      #1 clk = 1'b1;
      #1;
      for (p = 0; p < 4; p = p + 1) begin
        at = {take_slot, take_neuron, 2'd0} + p;
        if (take) begin
          takes = takes + 1;
          if (sums[24*p +: 24] !== want[at]) failures = failures + 1;
          want[at] = 24'd0;
        end
      end
      if (ctrl) begin
        if (ctrl_out !== want[ctrl_address]) failures = failures + 1;
        if (ctrl_write) want[ctrl_address] = ctrl_data;
      end
      for (b = 0; b < 8; b = b + 1) begin
        at = {add_slot[2*b +: 2], add_row[b], 3'd0, add_port[2*b +: 2]} + 4 * b;
        if (!take && !ctrl && add_valid[b]) want[at] = want[at] + add_value[24*b +: 24];
      end
      clk = 1'b0;
    end
    if (failures == 0 && takes > 1000) $display("PASS: %0d sums taken", takes);
    else $display("FAIL: %0d of %0d sums taken", failures, takes);
    $finish;
  end

endmodule
