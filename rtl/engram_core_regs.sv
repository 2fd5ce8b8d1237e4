// Control flits of a core and its registers. Handshakes: flits in and replies out are valid/ready; one at a time, a write
// takes a cycle or two where the memory is free. What an address does not reach is not written and reads as 0; kinds that are
// neither write nor read are consumed. Accesses go on to the delivery (`ack` with the data), to the neuron engine
// (valid/ready, data one cycle later) and to the router's table (data one cycle later).
//
// Registers count events and keep the first error until its cause is written with 0; flags stay until they are written.
// A write of INJECT, {memory [23:20], address [19:0]}, turns over the bits of the three registers behind it, {check [71:64],
// data}, in a half of a word of SYNAPSE or in a word of AXON, as they are stored.
module engram_core_regs (
  input  logic                                 clk_i,
  input  logic                                 rst_ni,
  input  logic [engram_pkg::CtrlPlaceBits-1:0] x_i,  // constant
  input  logic [engram_pkg::CtrlPlaceBits-1:0] y_i,
  output logic                                 idle_o,
  input  logic                                 in_valid_i,
  output logic                                 in_ready_o,
  input  logic [1:0]                           in_kind_i,
  input  logic [63:0]                          in_data_i,
  output logic                                 out_valid_o,
  input  logic                                 out_ready_i,
  output logic [63:0]                          out_data_o,
  // Accesses; memory, address and data are for all three.
  output logic                                 write_o,
  output logic [3:0]                           memory_o,
  output logic [19:0]                          address_o,
  output logic [31:0]                          wdata_o,
  output logic                                 delivery_valid_o,
  output logic                                 delivery_flip_o,
  output logic [71:0]                          delivery_mask_o,
  input  logic                                 delivery_ack_i,
  input  logic [31:0]                          delivery_rdata_i,
  output logic                                 neuron_valid_o,
  input  logic                                 neuron_ready_i,
  input  logic [31:0]                          neuron_rdata_i,
  output logic                                 route_valid_o,
  input  logic [31:0]                          route_rdata_i,
  // Settings
  output logic                                 enable_o,
  output logic [63:0]                          seed_o,
  // Events of a cycle
  input  logic                                 spike_in_i,
  input  logic                                 spike_out_i,
  input  logic                                 row_i,
  input  logic [3:0]                           sops_i,
  input  logic                                 stall_i,
  input  logic [3:0]                           codes_i,       // of the crossbar
  input  logic                                 drive_i,
  input  logic                                 xbar_busy_i,
  input  logic                                 updating_i,
  input  logic [1:0]                           corrected_i,
  input  logic [1:0]                           double_i,
  input  logic                                 saturated_i,
  input  logic                                 parity_i,
  input  logic                                 unrouted_i,
  input  logic [31:0]                          router_key_i,  // of parity_i or unrouted_i
  input  logic                                 no_key_i,
  input  logic [31:0]                          no_key_key_i,
  input  logic                                 illegal_i,
  input  logic [7:0]                           illegal_pc_i,
  input  logic                                 error_i,       // of delivery
  input  logic [3:0]                           error_cause_i,
  input  logic [31:0]                          error_address_i
);

  localparam logic [1:0] Idle = 2'd0;
  localparam logic [1:0] Data = 2'd1;   // of the neuron engine or the router
  localparam logic [1:0] Flip = 2'd2;
  localparam logic [1:0] Reply = 2'd3;

  logic [1:0]  state_q;
  logic [31:0] reply_q, register;
  logic [23:0] reply_to_q;
  logic        is_write, is_read, in_range, is_register, is_delivery, is_route, is_neuron, takes, writes_register;
  logic        route_q;
  logic [3:0]  in_memory;
  logic [19:0] in_address;
  logic [5:0]  number;
  logic [20:0] parts, flip_parts;
  logic [31:0] control_q, seed_low_q, seed_high_q, inject_q, mask_low_q, mask_high_q;
  logic [7:0]  mask_check_q;
  logic        flips;

  assign in_memory = in_data_i[engram_pkg::CtrlMemoryLow +: engram_pkg::CtrlMemoryBits];
  assign in_address = in_data_i[engram_pkg::CtrlAddressLow +: engram_pkg::CtrlAddressBits];
  assign is_write = in_valid_i && state_q == Idle && in_kind_i == engram_pkg::KindWrite;
  assign is_read = in_valid_i && state_q == Idle && in_kind_i == engram_pkg::KindRead;

  engram_memory_parts u_parts (.memory_i(in_memory), .parts_o(parts));
  engram_memory_parts u_flip_parts (.memory_i(inject_q[23:20]), .parts_o(flip_parts));

  assign in_range = (is_write || is_read) && {1'b0, in_address} < parts;
  assign is_register = in_range && in_memory == engram_pkg::MemRegister;
  assign is_route = in_range && in_memory == engram_pkg::MemRoute;
  assign is_delivery = in_range && (in_memory == engram_pkg::MemSynapse || in_memory == engram_pkg::MemAxon ||
                                    in_memory == engram_pkg::MemKeyMap || in_memory == engram_pkg::MemRing ||
                                    in_memory == engram_pkg::MemCell || in_memory == engram_pkg::MemTile ||
                                    in_memory == engram_pkg::MemNoise);
  assign is_neuron = in_range && !is_register && !is_route && !is_delivery;
  assign flips = state_q == Flip && {1'b0, inject_q[19:0]} < flip_parts &&
                 (inject_q[23:20] == engram_pkg::MemSynapse || inject_q[23:20] == engram_pkg::MemAxon);

  always_comb begin
    takes = in_valid_i && state_q == Idle;
    if (is_delivery) takes = delivery_ack_i;
    if (is_neuron) takes = neuron_ready_i;
  end

  assign in_ready_o = takes;
  assign idle_o = state_q == Idle;
  assign out_valid_o = state_q == Reply;
  assign out_data_o = {y_i, x_i, reply_to_q, reply_q};
  assign write_o = is_write;
  assign memory_o = flips ? inject_q[23:20] : in_memory;
  assign address_o = flips ? inject_q[19:0] : in_address;
  assign wdata_o = in_data_i[engram_pkg::CtrlDataLow +: engram_pkg::CtrlDataBits];
  assign delivery_valid_o = is_delivery || flips;
  assign delivery_flip_o = flips;
  assign delivery_mask_o = {mask_check_q, mask_high_q, mask_low_q};
  assign neuron_valid_o = is_neuron;
  assign route_valid_o = is_route;
  assign writes_register = is_register && is_write;
  assign number = in_address[5:0];
  assign enable_o = control_q[0];
  assign seed_o = {seed_high_q, seed_low_q};

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      state_q <= Idle;
    end else begin
      unique case (state_q)
        Idle: begin
          if (takes && is_read) state_q <= is_neuron || is_route ? Data : Reply;
          if (writes_register && number == engram_pkg::RegInject) state_q <= Flip;
        end
        Data:    state_q <= Reply;
        Flip:    if (!flips || delivery_ack_i) state_q <= Idle;
        default: if (out_ready_i) state_q <= Idle;
      endcase
    end
  end

  always_ff @(posedge clk_i) begin
    if (takes) begin
      reply_to_q <= {in_memory, in_address};
      route_q <= is_route;
      reply_q <= '0;
      if (is_delivery) reply_q <= delivery_rdata_i;
      if (is_register) reply_q <= register;
    end
    if (state_q == Data) reply_q <= route_q ? route_rdata_i : neuron_rdata_i;
  end

  // Registers

  logic [6:0]  flags_q, flags_new;
  logic [3:0]  cause_q;
  logic [31:0] cause_address_q;
  logic [31:0] sops_q, spikes_out_q, spikes_in_q, stalls_q, update_cycles_q, corrected_q, double_q, parity_q, unrouted_q,
               saturations_q, rows_q, conversions_q, drives_q, xbar_cycles_q;

  always_comb begin
    flags_new = '0;
    flags_new[engram_pkg::FlagSaturated] = saturated_i;
    flags_new[engram_pkg::FlagUnrouted] = unrouted_i;
    flags_new[engram_pkg::FlagParity] = parity_i;
    flags_new[engram_pkg::FlagEccCorrected] = corrected_i != '0;
    flags_new[engram_pkg::FlagEccDouble] = double_i != '0;
    flags_new[engram_pkg::FlagNoKey] = no_key_i;
    flags_new[engram_pkg::FlagIllegal] = illegal_i;
  end

  always_comb begin
    unique case (number)
      engram_pkg::RegControl:      register = control_q;
      engram_pkg::RegSeedLow:      register = seed_low_q;
      engram_pkg::RegSeedHigh:     register = seed_high_q;
      engram_pkg::RegFlags:        register = {25'd0, flags_q};
      engram_pkg::RegErrorCause:   register = {28'd0, cause_q};
      engram_pkg::RegErrorAddress: register = cause_address_q;
      engram_pkg::RegSops:         register = sops_q;
      engram_pkg::RegSpikesOut:    register = spikes_out_q;
      engram_pkg::RegSpikesIn:     register = spikes_in_q;
      engram_pkg::RegStalls:       register = stalls_q;
      engram_pkg::RegUpdateCycles: register = update_cycles_q;
      engram_pkg::RegEccCorrected: register = corrected_q;
      engram_pkg::RegEccDouble:    register = double_q;
      engram_pkg::RegParity:       register = parity_q;
      engram_pkg::RegUnrouted:     register = unrouted_q;
      engram_pkg::RegSaturations:  register = saturations_q;
      engram_pkg::RegRows:         register = rows_q;
      engram_pkg::RegConversions:  register = conversions_q;
      engram_pkg::RegDrives:       register = drives_q;
      engram_pkg::RegCrossbarCycles: register = xbar_cycles_q;
      engram_pkg::RegInject:       register = inject_q;
      engram_pkg::RegInject + 6'd1: register = mask_low_q;
      engram_pkg::RegInject + 6'd2: register = mask_high_q;
      engram_pkg::RegInject + 6'd3: register = {24'd0, mask_check_q};
      default:                     register = '0;
    endcase
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      control_q <= '0;
      seed_low_q <= '0;
      seed_high_q <= '0;
      inject_q <= '0;
      mask_low_q <= '0;
      mask_high_q <= '0;
      mask_check_q <= '0;
    end else if (writes_register) begin
      unique case (number)
        engram_pkg::RegControl:       control_q <= wdata_o;
        engram_pkg::RegSeedLow:       seed_low_q <= wdata_o;
        engram_pkg::RegSeedHigh:      seed_high_q <= wdata_o;
        engram_pkg::RegInject:        inject_q <= wdata_o;
        engram_pkg::RegInject + 6'd1: mask_low_q <= wdata_o;
        engram_pkg::RegInject + 6'd2: mask_high_q <= wdata_o;
        engram_pkg::RegInject + 6'd3: mask_check_q <= wdata_o[7:0];
        default: ;
      endcase
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      flags_q <= '0;
      cause_q <= engram_pkg::CauseNone;
      cause_address_q <= '0;
    end else begin
      flags_q <= (writes_register && number == engram_pkg::RegFlags ? wdata_o[6:0] : flags_q) | flags_new;
      if (writes_register && number == engram_pkg::RegErrorCause) begin
        cause_q <= wdata_o[3:0];
      end else if (writes_register && number == engram_pkg::RegErrorAddress) begin
        cause_address_q <= wdata_o;
      end else if (cause_q == engram_pkg::CauseNone) begin
        if (error_i) begin
          cause_q <= error_cause_i;
          cause_address_q <= error_address_i;
        end else if (no_key_i) begin
          cause_q <= engram_pkg::CauseNoKey;
          cause_address_q <= no_key_key_i;
        end else if (illegal_i) begin
          cause_q <= engram_pkg::CauseIllegal;
          cause_address_q <= {24'd0, illegal_pc_i};
        end else if (parity_i || unrouted_i) begin
          cause_q <= parity_i ? engram_pkg::CauseParity : engram_pkg::CauseUnrouted;
          cause_address_q <= router_key_i;
        end
      end
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      sops_q <= '0;
      spikes_out_q <= '0;
      spikes_in_q <= '0;
      stalls_q <= '0;
      update_cycles_q <= '0;
      corrected_q <= '0;
      double_q <= '0;
      parity_q <= '0;
      unrouted_q <= '0;
      saturations_q <= '0;
      rows_q <= '0;
      conversions_q <= '0;
      drives_q <= '0;
      xbar_cycles_q <= '0;
    end else begin
      if (sops_i != '0) sops_q <= sops_q + {28'd0, sops_i};
      if (spike_out_i) spikes_out_q <= spikes_out_q + 32'd1;
      if (spike_in_i) spikes_in_q <= spikes_in_q + 32'd1;
      if (stall_i) stalls_q <= stalls_q + 32'd1;
      if (updating_i) update_cycles_q <= update_cycles_q + 32'd1;
      if (corrected_i != '0) corrected_q <= corrected_q + {30'd0, corrected_i};
      if (double_i != '0) double_q <= double_q + {30'd0, double_i};
      if (parity_i) parity_q <= parity_q + 32'd1;
      if (unrouted_i) unrouted_q <= unrouted_q + 32'd1;
      if (saturated_i) saturations_q <= saturations_q + 32'd1;
      if (row_i) rows_q <= rows_q + 32'd1;
      if (xbar_busy_i) begin
        conversions_q <= conversions_q + {28'd0, codes_i};
        drives_q <= drives_q + {31'd0, drive_i};
        xbar_cycles_q <= xbar_cycles_q + 32'd1;
      end
    end
  end

  logic waits_q;
  always_ff @(posedge clk_i) begin
    waits_q <= rst_ni && out_valid_o && !out_ready_i;
    if (rst_ni) assert (!waits_q || out_valid_o);
  end

endmodule
