// From the key of a spike to its axon: the lowest valid entry with (key & mask) == its key wins and gives the axon
// first axon + (key & ~mask). Handshake: valid/ready on both sides; a spike takes a cycle, one a cycle passes. A key without
// an axon is consumed and shown by a pulse of `no_key_o` in the cycle in which it is taken. Memory port: writes take effect
// in the next cycle, `rdata_o` follows `read_i` by one cycle and stays. Entries are not valid after a reset.
module engram_keymap #(
  parameter int Entries = 64,  // a power of two
  parameter int Axons = 4096,  // a power of two
  parameter int PayloadBits = 24,
  parameter int AxonBits = $clog2(Axons)
) (
  input  logic                       clk_i,
  input  logic                       rst_ni,
  input  logic                       valid_i,
  output logic                       ready_o,
  input  logic [31:0]                key_i,
  input  logic [PayloadBits-1:0]     payload_i,
  output logic                       valid_o,
  input  logic                       ready_i,
  output logic [AxonBits-1:0]        axon_o,
  output logic [PayloadBits-1:0]     payload_o,
  output logic                       no_key_o,
  input  logic                       write_i,
  input  logic                       read_i,
  input  logic [$clog2(Entries)-1:0] entry_i,  // of write or read
  input  logic [1:0]                 part_i,   // 0 key, 1 mask, 2 {valid [31], first axon}, 3 nothing
  input  logic [31:0]                wdata_i,
  output logic [31:0]                rdata_o
);

  logic [31:0]            key_q [Entries];
  logic [31:0]            mask_q [Entries];
  logic [AxonBits-1:0]    first_q [Entries];
  logic [Entries-1:0]     valid_q;
  logic [31:0]            rdata_q;
  logic                   full_q, hit, takes;
  logic [AxonBits-1:0]    axon_q;
  logic [PayloadBits-1:0] payload_q;
  logic [31:0]            axon;

  initial begin
    for (int i = 0; i < Entries; i++) begin
      key_q[i] = '0;
      mask_q[i] = '0;
      first_q[i] = '0;
    end
  end

  assign ready_o = !full_q || ready_i;
  assign takes = valid_i && ready_o;
  assign valid_o = full_q;
  assign axon_o = axon_q;
  assign payload_o = payload_q;
  assign rdata_o = rdata_q;

  always_comb begin
    hit = 1'b0;
    axon = '0;
    if (takes) begin
      for (int i = Entries - 1; i >= 0; i--) begin
        if (valid_q[i] && (key_i & mask_q[i]) == key_q[i]) begin
          hit = 1'b1;
          axon = {{(32 - AxonBits){1'b0}}, first_q[i]} + (key_i & ~mask_q[i]);
        end
      end
    end
    if (axon[31:AxonBits] != '0) hit = 1'b0;
    no_key_o = takes && !hit;
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) full_q <= 1'b0;
    else if (ready_o) full_q <= hit;
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) valid_q <= '0;
    else if (write_i && part_i == 2'd2) valid_q[entry_i] <= wdata_i[31];
  end

  always_ff @(posedge clk_i) begin
    if (takes) begin
      axon_q <= axon[AxonBits-1:0];
      payload_q <= payload_i;
    end
    if (write_i && part_i == 2'd0) key_q[entry_i] <= wdata_i;
    if (write_i && part_i == 2'd1) mask_q[entry_i] <= wdata_i;
    if (write_i && part_i == 2'd2) first_q[entry_i] <= wdata_i[AxonBits-1:0];
    if (read_i) begin
      unique case (part_i)
        2'd0:    rdata_q <= key_q[entry_i];
        2'd1:    rdata_q <= mask_q[entry_i];
        2'd2:    rdata_q <= {valid_q[entry_i], {(31 - AxonBits){1'b0}}, first_q[entry_i]};
        default: rdata_q <= '0;
      endcase
    end
  end

  logic waits_q;
  logic [AxonBits-1:0] waiting_axon_q;
  always_ff @(posedge clk_i) begin
    waits_q <= rst_ni && valid_o && !ready_i;
    waiting_axon_q <= axon_o;
    if (rst_ni) assert (!waits_q || (valid_o && axon_o == waiting_axon_q));
  end

endmodule
