// What leaves the mesh for the host: spikes and replies, in turns, as beats of a stream whose user bits are the flit's kind.
// A flit with wrong parity is dropped and reported; replies that the chip itself has asked for are handed over instead.
// Handshake: valid/ready; a beat stays until it is taken. Latency: a cycle; throughput: a flit a cycle.
module engram_host_out (
  input  logic                              clk_i,
  input  logic                              rst_ni,
  input  logic [1:0]                        flit_valid_i,   // by virtual channel
  output logic [1:0]                        flit_ready_o,
  input  logic [2*engram_pkg::FlitBits-1:0] flit_i,
  input  logic                              collect_i,      // replies are for the chip
  output logic                              reply_o,        // one comes
  output logic [31:0]                       reply_data_o,
  output logic [7:0]                        reply_core_o,   // {y, x}
  output logic                              control_o,      // a flit of the control channel has been taken
  output logic                              parity_error_o,
  output logic                              valid_o,
  input  logic                              ready_i,
  output logic [63:0]                       data_o,
  output logic [1:0]                        user_o
);

  localparam int FlitBits = engram_pkg::FlitBits;

  logic                                    valid_q, last_q;  // last_q: the channel that was served last
  logic [63:0]                             data_q;
  logic [1:0]                              user_q;
  logic [1:0]                              grant, right;
  logic [2*engram_pkg::FlitParityBits-1:0] parity;
  logic                                    space;
  logic [engram_pkg::FlitParityLow-1:0]    spike, control;  // without parity

  assign spike = flit_i[0 +: engram_pkg::FlitParityLow];
  assign control = flit_i[FlitBits +: engram_pkg::FlitParityLow];
  for (genvar v = 0; v < 2; v++) begin : g_parity
    engram_parity i_parity (
      .enable_i(flit_valid_i[v]),
      .data_i(flit_i[v*FlitBits +: engram_pkg::FlitDataBits]),
      .kind_i(flit_i[v*FlitBits + engram_pkg::FlitKindLow +: 2]),
      .parity_o(parity[v*engram_pkg::FlitParityBits +: engram_pkg::FlitParityBits])
    );
    assign right[v] = parity[v*engram_pkg::FlitParityBits +: engram_pkg::FlitParityBits] ==
                      flit_i[v*FlitBits + engram_pkg::FlitParityLow +: engram_pkg::FlitParityBits];
  end

  assign space = !valid_q || ready_i;
  always_comb begin
    grant = 2'b00;
    // What does not go to the stream needs no turn.
    if (flit_valid_i[1] && (collect_i || !right[1])) grant[1] = 1'b1;
    else if (space && flit_valid_i[1] && (!flit_valid_i[0] || !last_q)) grant[1] = 1'b1;
    if (flit_valid_i[0] && !right[0]) grant[0] = 1'b1;
    else if (space && flit_valid_i[0] && (!grant[1] || collect_i || !right[1])) grant[0] = 1'b1;
  end
  assign flit_ready_o = grant;
  assign control_o = grant[1];
  assign reply_o = grant[1] && collect_i && right[1];
  assign reply_data_o = control[engram_pkg::CtrlDataLow +: 32];
  assign reply_core_o = control[engram_pkg::CtrlXLow +: 8];
  assign parity_error_o = |(grant & ~right);

  logic [1:0] goes;
  assign goes = grant & right & {!collect_i, 1'b1};

  assign valid_o = valid_q;
  assign data_o = data_q;
  assign user_o = user_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      valid_q <= 1'b0;
      data_q <= '0;
      user_q <= '0;
      last_q <= 1'b0;
    end else begin
      if (ready_i) valid_q <= 1'b0;
      if (|goes) begin
        valid_q <= 1'b1;
        last_q <= goes[1];
        data_q <= goes[1] ? control[63:0] : spike[63:0];
        user_q <= goes[1] ? control[engram_pkg::FlitKindLow +: 2] : spike[engram_pkg::FlitKindLow +: 2];
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      assert (goes != 2'b11);
      assert (goes == 2'b00 || space);
    end
  end

endmodule
