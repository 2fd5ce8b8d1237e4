// From the key of a spike to its axon: the lowest valid entry with (key & mask) == its key wins and gives the axon
// first axon + (key & ~mask). Handshake: valid/ready on both sides; a spike takes a cycle, one a cycle passes. A key without
// an axon is consumed and shown by a pulse of `no_key_o` in the cycle in which it is taken. The memory port is that of
// engram_match_table.
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

  logic                   full_q, match, hit, takes;
  logic [AxonBits-1:0]    first, axon_q;
  logic [PayloadBits-1:0] payload_q;
  logic [31:0]            rest, axon;

  assign ready_o = !full_q || ready_i;
  assign takes = valid_i && ready_o;
  assign valid_o = full_q;
  assign axon_o = axon_q;
  assign payload_o = payload_q;

  engram_match_table #(.Entries(Entries), .ValueBits(AxonBits)) u_table (
    .clk_i(clk_i), .rst_ni(rst_ni), .write_i(write_i), .read_i(read_i), .entry_i(entry_i), .part_i(part_i),
    .wdata_i(wdata_i), .rdata_o(rdata_o), .lookup_i(takes), .key_i(key_i), .hit_o(match), .value_o(first), .rest_o(rest)
  );

  assign axon = {{(32 - AxonBits){1'b0}}, first} + rest;
  assign hit = match && axon[31:AxonBits] == '0;
  assign no_key_o = takes && !hit;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) full_q <= 1'b0;
    else if (ready_o) full_q <= hit;
  end

  always_ff @(posedge clk_i) begin
    if (takes) begin
      axon_q <= axon[AxonBits-1:0];
      payload_q <= payload_i;
    end
  end

  logic waits_q;
  logic [AxonBits-1:0] waiting_axon_q;
  always_ff @(posedge clk_i) begin
    waits_q <= rst_ni && valid_o && !ready_i;
    waiting_axon_q <= axon_o;
    if (rst_ni) assert (!waits_q || (valid_o && axon_o == waiting_axon_q));
  end

  // What tests have to reach: keys of nobody, and a spike that waits behind another.
  always_ff @(posedge clk_i) begin
    cover (rst_ni && no_key_o);
    cover (rst_ni && valid_i && !ready_o);
  end

endmodule
