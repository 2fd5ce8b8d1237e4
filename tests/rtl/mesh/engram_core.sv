// In the place of the core: spikes are those of the test (MeshTest.cpp), once a cycle; control flits reach the router's
// table, and only it.
module engram_core (
  input  logic        clk_i,
  input  logic        rst_ni,
  input  logic [3:0]  x_i,
  input  logic [3:0]  y_i,
  input  logic        spike_in_valid_i,
  output logic        spike_in_ready_o,
  input  logic [31:0] spike_in_key_i,
  input  logic [23:0] spike_in_payload_i,
  output logic        spike_out_valid_o,
  input  logic        spike_out_ready_i,
  output logic [31:0] spike_out_key_o,
  output logic [23:0] spike_out_payload_o,
  input  logic        ctrl_in_valid_i,
  output logic        ctrl_in_ready_o,
  input  logic [1:0]  ctrl_in_kind_i,
  input  logic [63:0] ctrl_in_data_i,
  output logic        ctrl_out_valid_o,
  input  logic        ctrl_out_ready_i,
  output logic [63:0] ctrl_out_data_o,
  input  logic        update_start_i,
  input  logic [31:0] step_i,
  output logic        idle_o,
  output logic [1:0]  consumed_o,
  output logic        route_write_o,
  output logic        route_read_o,
  output logic [5:0]  route_entry_o,
  output logic [1:0]  route_part_o,
  output logic [31:0] route_wdata_o,
  input  logic [31:0] route_rdata_i,
  input  logic        unrouted_i,
  input  logic        parity_i,
  input  logic [31:0] error_key_i
);

  import "DPI-C" function void engram_test_core(
    input int x, input int y, input int key, input int payload, input int taken, input int handed_out, input int start,
    input int unrouted, input int parity, output int ready, output int valid, output int out_key,
    output int out_payload, output int idle, output int done);

  // Spikes

  int   ready, valid, out_key, out_payload, idle, done;
  logic ready_q, valid_q, idle_q, done_q;
  logic [31:0] key_q;
  logic [23:0] payload_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      {ready_q, valid_q, done_q} <= '0;
      idle_q <= 1'b1;
      key_q <= '0;
      payload_q <= '0;
    end else begin
      engram_test_core(32'(x_i), 32'(y_i), spike_in_key_i, 32'(spike_in_payload_i),
                       32'(spike_in_valid_i && spike_in_ready_o), 32'(spike_out_valid_o && spike_out_ready_i),
                       32'(update_start_i), 32'(unrouted_i), 32'(parity_i), ready, valid, out_key, out_payload, idle,
                       done);
      ready_q <= ready[0];
      valid_q <= valid[0];
      idle_q <= idle[0];
      done_q <= done[0];
      key_q <= out_key;
      payload_q <= out_payload[23:0];
    end
  end

  assign spike_in_ready_o = ready_q;
  assign spike_out_valid_o = valid_q;
  assign spike_out_key_o = key_q;
  assign spike_out_payload_o = payload_q;
  assign idle_o = idle_q && !reply_q;

  // Control

  logic        reply_q, ctrl_taken, is_write;
  logic [63:0] request_q;

  assign ctrl_in_ready_o = !reply_q;
  assign ctrl_taken = ctrl_in_valid_i && ctrl_in_ready_o;
  assign is_write = ctrl_in_kind_i == engram_pkg::KindWrite;
  assign route_write_o = ctrl_taken && is_write;
  assign route_read_o = ctrl_taken && !is_write;
  assign route_entry_o = ctrl_in_data_i[39:34];
  assign route_part_o = ctrl_in_data_i[33:32];
  assign route_wdata_o = ctrl_in_data_i[31:0];
  assign ctrl_out_valid_o = reply_q;
  assign ctrl_out_data_o = {request_q[63:32], route_rdata_i};
  assign consumed_o = {1'b0, done_q} + {1'b0, ctrl_taken};

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      reply_q <= 1'b0;
      request_q <= '0;
    end else if (ctrl_taken) begin
      assert (ctrl_in_data_i[55:52] == engram_pkg::MemRoute && ctrl_in_data_i[59:56] == x_i &&
              ctrl_in_data_i[63:60] == y_i && (is_write || ctrl_in_kind_i == engram_pkg::KindRead));
      reply_q <= !is_write;
      request_q <= ctrl_in_data_i;
    end else if (ctrl_out_ready_i) begin
      reply_q <= 1'b0;
    end
  end

  logic unused;
  assign unused = &{1'b0, step_i, error_key_i, request_q[31:0], ctrl_in_data_i[51:40], ready[31:1], valid[31:1],
                    out_payload[31:24], idle[31:1], done[31:1]};

endmodule
