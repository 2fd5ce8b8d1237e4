// Reads one register of every core, or of one, through the mesh: the sum of the values, and the first core (by rows, from
// the south) whose value is not zero. Handshake: `start_i` while not `busy_o`; `done_o` is a pulse, after which the results
// stay until the next start. One read a cycle is sent; a reply is taken in any cycle.
module engram_collect #(
  parameter int Columns = engram_chip_pkg::Columns,  // tiles to the east
  parameter int Rows = engram_chip_pkg::Rows         // tiles to the north
) (
  input  logic        clk_i,
  input  logic        rst_ni,
  input  logic        clear_i,       // forget everything
  input  logic        start_i,
  input  logic [5:0]  register_i,
  input  logic        single_i,      // only of core_i
  input  logic [7:0]  core_i,        // {y, x}
  output logic        read_valid_o,  // a read; its data field is not used
  input  logic        read_ready_i,
  output logic [63:0] read_data_o,
  input  logic        reply_i,
  input  logic [31:0] reply_data_i,
  input  logic [7:0]  reply_core_i,
  output logic        busy_o,
  output logic        done_o,
  output logic [31:0] sum_o,
  output logic        found_o,
  output logic [7:0]  found_core_o,
  output logic [3:0]  found_value_o   // low bits
);

  logic        busy_q, sending_q, single_q, found_q;
  logic [3:0]  x_q, y_q;
  logic [5:0]  register_q;
  logic [8:0]  pending_q;
  logic [31:0] sum_q;
  logic [3:0]  value_q;
  logic [7:0]  core_q;
  logic        sent, last;

  assign read_valid_o = sending_q;
  assign read_data_o = {y_q, x_q, engram_pkg::MemRegister, 14'd0, register_q, 32'd0};
  assign sent = sending_q && read_ready_i;
  assign last = single_q || (x_q == 4'(Columns - 1) && y_q == 4'(Rows - 1));
  assign busy_o = busy_q;
  assign done_o = busy_q && !sending_q && pending_q == 9'd0;
  assign sum_o = sum_q;
  assign found_o = found_q;
  assign found_core_o = core_q;
  assign found_value_o = value_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      busy_q <= 1'b0;
      sending_q <= 1'b0;
      single_q <= 1'b0;
      found_q <= 1'b0;
      x_q <= '0;
      y_q <= '0;
      register_q <= '0;
      pending_q <= '0;
      sum_q <= '0;
      value_q <= '0;
      core_q <= '0;
    end else begin
      if (sent) begin
        x_q <= x_q == 4'(Columns - 1) ? 4'd0 : x_q + 4'd1;
        if (x_q == 4'(Columns - 1)) y_q <= y_q + 4'd1;
        if (last) sending_q <= 1'b0;
      end
      if (busy_q) pending_q <= pending_q + 9'(sent) - 9'(reply_i);
      if (busy_q && reply_i) begin
        sum_q <= sum_q + reply_data_i;
        if (reply_data_i != 32'd0 && (!found_q || reply_core_i < core_q)) begin
          found_q <= 1'b1;
          core_q <= reply_core_i;
          value_q <= reply_data_i[3:0];
        end
      end
      if (done_o) busy_q <= 1'b0;
      if (start_i && !busy_q) begin
        busy_q <= 1'b1;
        sending_q <= 1'b1;
        single_q <= single_i;
        register_q <= register_i;
        x_q <= single_i ? core_i[3:0] : 4'd0;
        y_q <= single_i ? core_i[7:4] : 4'd0;
        pending_q <= '0;
        sum_q <= '0;
        found_q <= 1'b0;
      end
      if (clear_i) begin
        busy_q <= 1'b0;
        sending_q <= 1'b0;
      end
    end
  end

endmodule
