// What a host sends to a loaded chip, a beat of 64 bits at a time, as flits: [63:60] = 0 injects a spike (payload [55:32],
// key [31:0]); 1 (write) and 2 (read) announce a second beat that is the data of the flit, place, memory and address being
// checked. What is wrong is dropped and reported. Handshake: valid/ready on both sides. Throughput: a beat a cycle.
module engram_host_in #(
  parameter int Columns = engram_chip_pkg::Columns,  // tiles to the east
  parameter int Rows = engram_chip_pkg::Rows         // tiles to the north
) (
  input  logic        clk_i,
  input  logic        rst_ni,
  input  logic        clear_i,        // forget everything
  input  logic        enable_i,       // beats are taken
  input  logic [7:0]  step_i,         // low bits, for spikes
  input  logic        valid_i,
  output logic        ready_o,
  input  logic [63:0] data_i,
  output logic [1:0]  flit_valid_o,   // by virtual channel
  input  logic [1:0]  flit_ready_i,
  output logic [1:0]  flit_kind_o,
  output logic [63:0] flit_data_o,
  output logic        read_o,         // pulse: a read was taken, whose reply will come
  output logic        idle_o,         // no flit waits
  output logic        error_o,        // pulse: a beat was wrong
  output logic [7:0]  error_core_o,   // {y, x} it names
  output logic [19:0] error_address_o
);

  localparam logic [1:0] OpNone = 2'd0;
  localparam logic [1:0] OpWrite = 2'd1;
  localparam logic [1:0] OpRead = 2'd2;

  logic [1:0]  op_q, valid_q, kind_q;
  logic [63:0] data_q;
  logic        taken, space, reachable, announces, injects;
  logic [20:0] parts;

  engram_memory_parts i_parts (.memory_i(data_i[engram_pkg::CtrlMemoryLow +: 4]), .parts_o(parts));

  assign space = (valid_q & ~flit_ready_i) == 2'b00;
  assign ready_o = enable_i && space;
  assign taken = valid_i && ready_o;
  assign injects = op_q == OpNone && data_i[63:60] == 4'd0;
  assign announces = op_q == OpNone && (data_i[63:60] == 4'd1 || data_i[63:60] == 4'd2);
  assign reachable = {1'b0, data_i[engram_pkg::CtrlXLow +: 4]} < 5'(Columns) &&
                     {1'b0, data_i[engram_pkg::CtrlYLow +: 4]} < 5'(Rows) &&
                     {1'b0, data_i[engram_pkg::CtrlAddressLow +: 20]} < parts;

  assign error_o = taken && !announces && (op_q == OpNone ? !injects : !reachable);
  assign error_core_o = data_i[63:56];
  assign error_address_o = data_i[engram_pkg::CtrlAddressLow +: 20];
  assign read_o = taken && op_q == OpRead && reachable;
  assign idle_o = valid_q == 2'b00;
  assign flit_valid_o = valid_q;
  assign flit_kind_o = kind_q;
  assign flit_data_o = data_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      op_q <= OpNone;
      valid_q <= 2'b00;
      kind_q <= engram_pkg::KindSpike;
      data_q <= '0;
    end else begin
      valid_q <= valid_q & ~flit_ready_i;
      if (taken) begin
        op_q <= announces ? data_i[61:60] : OpNone;
        if (injects) begin
          valid_q <= 2'b01;
          kind_q <= engram_pkg::KindSpike;
          data_q <= {step_i, data_i[55:0]};
        end else if (op_q != OpNone && reachable) begin
          valid_q <= 2'b10;
          kind_q <= op_q == OpWrite ? engram_pkg::KindWrite : engram_pkg::KindRead;
          data_q <= data_i;
        end
      end
      if (clear_i) begin
        op_q <= OpNone;
        valid_q <= 2'b00;
      end
    end
  end

endmodule
