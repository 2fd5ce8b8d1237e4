// The way of a spike in a core: key map, axon table and rows or crossbar, accumulator ring. Handshakes: spikes valid/ready;
// a take gives the sums one cycle later; an access of the control network (memories SYNAPSE, AXON, KEYMAP, RING and those of
// the crossbar; the address in range) stays until `ctrl_ack_o`, which comes with the data. When a step's update starts, the
// crossbar adds what it has to the ring: as long as `converting_o` is high, sums are not to be taken. While `clear_i`,
// which begins with the reset, each memory is written with zero at an address, cells all at once.
module engram_delivery #(
  parameter int Neurons = 256,
  parameter int Slots = 16,
  parameter int Ports = 4,
  parameter int Bits = 24,
  parameter int SynapseWords = 16384,
  parameter int Axons = 4096,
  parameter int KeyEntries = 64,
  parameter int Crossbars = 4,    // 0 to 4
  parameter int AddressBits = $clog2(SynapseWords) > 15 ? $clog2(SynapseWords) + 2 : 17  // as wide as the largest memory needs
) (
  input  logic                       clk_i,
  input  logic                       rst_ni,
  input  logic [31:0]                step_i,
  input  logic [63:0]                seed_i,
  input  logic                       update_i,         // starts, if the crossbar is asked to convert
  output logic                       pending_o,        // the crossbar has something to convert
  output logic                       converting_o,
  output logic                       idle_o,
  input  logic                       spike_valid_i,
  output logic                       spike_ready_o,
  input  logic [31:0]                spike_key_i,
  input  logic [Bits-1:0]            spike_payload_i,
  input  logic                       take_valid_i,
  input  logic [$clog2(Neurons)-1:0] take_neuron_i,
  input  logic [$clog2(Slots)-1:0]   take_slot_i,
  output logic [Ports*Bits-1:0]      sums_o,
  input  logic                       clear_i,          // no spikes and accesses meanwhile
  input  logic [$clog2(SynapseWords)+1:0] clear_address_i,  // of SYNAPSE a word, else a part
  input  logic                       ctrl_valid_i,
  input  logic                       ctrl_write_i,
  input  logic                       ctrl_flip_i,      // turns over stored bits of SYNAPSE or AXON
  input  logic [3:0]                 ctrl_memory_i,
  input  logic [AddressBits-1:0]     ctrl_address_i,
  input  logic [31:0]                ctrl_wdata_i,
  input  logic [71:0]                ctrl_mask_i,
  output logic                       ctrl_ack_o,
  output logic [31:0]                ctrl_rdata_o,
  // Events of a cycle
  output logic                       spike_o,
  output logic                       no_key_o,         // with spike_key_i
  output logic                       row_o,
  output logic [3:0]                 sops_o,
  output logic                       stall_o,
  output logic                       drive_o,          // of a row of the crossbar
  output logic [3:0]                 codes_o,          // of its converters
  output logic                       xbar_busy_o,
  output logic [1:0]                 corrected_o,
  output logic [1:0]                 double_o,
  output logic                       error_o,
  output logic [3:0]                 error_cause_o,
  output logic [31:0]                error_address_o
);

  localparam int AxonBits = $clog2(Axons);
  localparam int RowBits = $clog2(Neurons) - 3;
  localparam int SlotBits = $clog2(Slots);
  localparam int PortBits = $clog2(Ports);
  localparam int RingBits = $clog2(Slots * Neurons * Ports);
  localparam int EntryBits = $clog2(KeyEntries);
  localparam int RowAddressBits = $clog2(SynapseWords) + 2;

  logic                  axon_valid, axon_ready, rows_idle;
  logic [AxonBits-1:0]   axon;
  logic [Bits-1:0]       payload, ring_data;
  logic [7:0]            add_valid;
  logic                  add_ready;
  logic [8*RowBits-1:0]  add_row;
  logic [8*SlotBits-1:0] add_slot;
  logic [8*PortBits-1:0] add_port;
  logic [8*Bits-1:0]     add_value;
  logic                  is_key, is_ring, is_xbar, is_row, rows_valid, rows_ack, answers_q, ring_valid, key_valid, key_write;
  logic [31:0]           key_data, rows_data, xbar_data, wdata;
  logic                  xbar_valid, xbar_ready, xbar_refused, xbar_idle, xbar_ack, xbar_adds, rows_ready;
  logic [engram_pkg::XbarTiles-1:0]   xbar_tiles;
  logic [engram_pkg::XbarRowBits-1:0] xbar_row;
  logic [Bits-1:0]       xbar_payload;
  logic [7:0]            rows_add, xbar_add;
  logic [8*RowBits-1:0]  rows_row, xbar_add_row;
  logic [8*SlotBits-1:0] rows_slot;
  logic [SlotBits-1:0]   xbar_slot;
  logic [8*PortBits-1:0] rows_port;
  logic [PortBits-1:0]   xbar_port;
  logic [8*Bits-1:0]     rows_value, xbar_value;
  logic [RowAddressBits-1:0] address;

  assign is_key = ctrl_memory_i == engram_pkg::MemKeyMap;
  assign is_ring = ctrl_memory_i == engram_pkg::MemRing;
  assign is_xbar = ctrl_memory_i == engram_pkg::MemCell || ctrl_memory_i == engram_pkg::MemTile ||
                   ctrl_memory_i == engram_pkg::MemNoise;
  assign is_row = !is_key && !is_ring && !is_xbar;
  assign rows_valid = ctrl_valid_i && is_row;
  assign ring_valid = clear_i || (ctrl_valid_i && is_ring && !take_valid_i && !answers_q);
  assign address = clear_i ? clear_address_i : ctrl_address_i[RowAddressBits-1:0];
  assign wdata = clear_i ? '0 : ctrl_wdata_i;
  assign key_write = clear_i ? address[$clog2(SynapseWords)+1:EntryBits+2] == '0 : key_valid && ctrl_write_i;
  assign key_valid = ctrl_valid_i && is_key && !answers_q;
  assign ctrl_ack_o = is_row ? rows_ack : is_xbar ? xbar_ack : answers_q;
  assign idle_o = rows_idle && !axon_valid && xbar_idle;
  assign xbar_busy_o = !xbar_idle;
  assign spike_o = spike_valid_i && spike_ready_o;

  always_comb begin
    ctrl_rdata_o = rows_data;
    if (is_key) ctrl_rdata_o = key_data;
    if (is_xbar) ctrl_rdata_o = xbar_data;
    if (is_ring) ctrl_rdata_o = {{(32 - Bits){1'b0}}, ring_data};
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) answers_q <= 1'b0;
    else answers_q <= !clear_i && (ring_valid || key_valid);
  end

  engram_keymap #(.Entries(KeyEntries), .Axons(Axons), .PayloadBits(Bits)) u_keymap (
    .clk_i(clk_i), .rst_ni(rst_ni), .valid_i(spike_valid_i), .ready_o(spike_ready_o), .key_i(spike_key_i),
    .payload_i(spike_payload_i), .valid_o(axon_valid), .ready_i(axon_ready), .axon_o(axon), .payload_o(payload),
    .no_key_o(no_key_o), .write_i(key_write), .read_i(key_valid && !ctrl_write_i), .entry_i(address[EntryBits+1:2]), .part_i(address[1:0]),
    .wdata_i(wdata), .rdata_o(key_data)
  );

  engram_row_engine #(
    .Neurons(Neurons), .Slots(Slots), .Ports(Ports), .Bits(Bits), .SynapseWords(SynapseWords), .Axons(Axons)
  ) u_rows (
    .clk_i(clk_i), .rst_ni(rst_ni), .slot_i(step_i[SlotBits-1:0]), .idle_o(rows_idle), .spike_valid_i(axon_valid),
    .spike_ready_o(axon_ready), .spike_axon_i(axon), .spike_payload_i(payload), .add_valid_o(rows_add),
    .add_ready_i(rows_ready), .add_row_o(rows_row), .add_slot_o(rows_slot), .add_port_o(rows_port),
    .add_value_o(rows_value), .xbar_valid_o(xbar_valid), .xbar_ready_i(xbar_ready), .xbar_tiles_o(xbar_tiles),
    .xbar_row_o(xbar_row), .xbar_payload_o(xbar_payload), .xbar_refused_i(xbar_refused),
    .clear_i(clear_i), .ctrl_valid_i(rows_valid), .ctrl_write_i(ctrl_write_i), .ctrl_flip_i(ctrl_flip_i),
    .ctrl_axon_i(ctrl_memory_i == engram_pkg::MemAxon), .ctrl_address_i(address),
    .ctrl_wdata_i(wdata), .ctrl_mask_i(ctrl_mask_i), .ctrl_ack_o(rows_ack), .ctrl_rdata_o(rows_data),
    .row_o(row_o), .sops_o(sops_o), .stall_o(stall_o), .corrected_o(corrected_o), .double_o(double_o),
    .error_o(error_o), .error_cause_o(error_cause_o), .error_address_o(error_address_o)
  );

  // Neurons wait for the crossbar, so its adds come first.

  assign xbar_adds = xbar_add != '0;
  assign rows_ready = add_ready && !xbar_adds;
  assign add_valid = xbar_adds ? xbar_add : rows_add;
  assign add_row = xbar_adds ? xbar_add_row : rows_row;
  assign add_slot = xbar_adds ? {8{xbar_slot}} : rows_slot;
  assign add_port = xbar_adds ? {8{xbar_port}} : rows_port;
  assign add_value = xbar_adds ? xbar_value : rows_value;

  if (Crossbars > 0) begin : g_xbar
    engram_xbar #(.Crossbars(Crossbars), .Neurons(Neurons), .Slots(Slots), .Ports(Ports), .Bits(Bits)) u_xbar (
      .clk_i(clk_i), .rst_ni(rst_ni), .step_i(step_i), .seed_i(seed_i), .update_i(update_i),
      .erase_i(clear_i && clear_address_i == '0), .clear_i(clear_i && clear_address_i[RowAddressBits-1:7] == '0),
      .clear_address_i(clear_address_i[6:0]), .pending_o(pending_o), .converting_o(converting_o), .idle_o(xbar_idle),
      .spike_valid_i(xbar_valid), .spike_ready_o(xbar_ready),
      .spike_tiles_i(xbar_tiles), .spike_row_i(xbar_row), .spike_payload_i(xbar_payload), .add_valid_o(xbar_add),
      .add_ready_i(add_ready), .add_row_o(xbar_add_row), .add_slot_o(xbar_slot), .add_port_o(xbar_port),
      .add_value_o(xbar_value), .ctrl_valid_i(ctrl_valid_i && is_xbar), .ctrl_write_i(ctrl_write_i),
      .ctrl_memory_i(ctrl_memory_i), .ctrl_address_i(ctrl_address_i[16:0]), .ctrl_wdata_i(ctrl_wdata_i),
      .ctrl_ack_o(xbar_ack), .ctrl_rdata_o(xbar_data), .refused_o(xbar_refused), .drive_o(drive_o), .codes_o(codes_o)
    );
  end else begin : g_no_xbar
    logic unused;
    assign unused = ^{step_i, seed_i, update_i, xbar_row, xbar_payload};
    assign pending_o = 1'b0;
    assign converting_o = 1'b0;
    assign xbar_idle = 1'b1;
    assign xbar_ready = 1'b1;
    assign xbar_refused = xbar_valid && xbar_tiles != '0;
    assign xbar_add = '0;
    assign xbar_add_row = '0;
    assign xbar_slot = '0;
    assign xbar_port = '0;
    assign xbar_value = '0;
    assign xbar_ack = 1'b1;
    assign xbar_data = '0;
    assign drive_o = 1'b0;
    assign codes_o = '0;
  end

  engram_ring #(.Neurons(Neurons), .Slots(Slots), .Ports(Ports), .Bits(Bits), .Lanes(8)) u_ring (
    .clk_i(clk_i), .rst_ni(rst_ni), .add_valid_i(add_valid), .add_ready_o(add_ready), .add_row_i(add_row),
    .add_slot_i(add_slot), .add_port_i(add_port), .add_value_i(add_value), .take_valid_i(take_valid_i),
    .take_neuron_i(take_neuron_i), .take_slot_i(take_slot_i), .sums_o(sums_o), .ctrl_valid_i(ring_valid),
    .ctrl_write_i(clear_i || ctrl_write_i), .ctrl_address_i(address[RingBits-1:0]), .ctrl_data_i(wdata[Bits-1:0]),
    .ctrl_data_o(ring_data)
  );

endmodule
