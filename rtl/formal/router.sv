// No flit is lost in the router, doubled or sent astray. Queues, arbiters and table are replaced by all that do what is proved
// of them in rtl/formal/fifo.sv (each word leaves a queue once, in turn), arbiter.sv (one-hot, of the requests) and
// match_table.sv. Then a cycle of the rest has to keep the books: what leaves a queue is in its head in the next cycle, owed to
// the ports that docs/accelerator.md sends it to and to no other, or is reported if there is one too few; each copy that leaves
// takes one debt off one head and is that head's flit; debts go by nothing else; a head is filled only without debts; and the
// barrier is told just that. With the queue's proof it follows that a flit leaves once by each of its ports. Place in the
// mesh, table and receivers are any.
module engram_fifo #(
  parameter int Width = 75,
  parameter int Depth = 4
) (
  input  logic             clk_i,
  input  logic             rst_ni,
  input  logic             in_valid_i,
  output logic             in_ready_o,
  input  logic [Width-1:0] in_data_i,
  output logic             out_valid_o,
  input  logic             out_ready_i,
  output logic [Width-1:0] out_data_o
);
  (* anyseq *) logic             ready, valid;
  (* anyseq *) logic [Width-1:0] data;
  assign in_ready_o = ready;
  assign out_valid_o = valid;
  assign out_data_o = data;
endmodule

module engram_rr_arbiter #(
  parameter int Requests = 5
) (
  input  logic                clk_i,
  input  logic                rst_ni,
  input  logic [Requests-1:0] request_i,
  input  logic                ready_i,
  output logic [Requests-1:0] grant_o
);
  (* anyseq *) logic [Requests-1:0] grant;
  assign grant_o = grant;
  always_comb begin
    assume ((grant & (grant - 1'b1)) == '0);
    assume ((grant & ~request_i) == '0);
    assume ((grant == '0) == (request_i == '0));
  end
endmodule

module engram_match_table #(
  parameter int Entries = 64,
  parameter int ValueBits = 6
) (
  input  logic                       clk_i,
  input  logic                       rst_ni,
  input  logic                       write_i,
  input  logic                       read_i,
  input  logic [$clog2(Entries)-1:0] entry_i,
  input  logic [1:0]                 part_i,
  input  logic [31:0]                wdata_i,
  output logic [31:0]                rdata_o,
  input  logic                       lookup_i,
  input  logic [31:0]                key_i,
  output logic                       hit_o,
  output logic [ValueBits-1:0]       value_o,
  output logic [31:0]                rest_o
);
  (* anyseq *) logic                 hit;
  (* anyseq *) logic [ValueBits-1:0] value;
  assign rdata_o = '0;
  assign rest_o = '0;
  assign hit_o = lookup_i && hit;
  assign value_o = hit_o ? value : '0;
endmodule

module router (
  input logic       clk_i,
  input logic [9:0] out_ready_i
);

  localparam int FlitBits = engram_pkg::FlitBits;
  localparam int Columns = 3;
  localparam int Rows = 3;

  logic rst_n = 1'b0;
  always_ff @(posedge clk_i) rst_n <= 1'b1;

  (* anyconst *) logic [3:0] x, y;
  always_comb assume (x < 4'(Columns) && y < 4'(Rows));

  logic [9:0]             in_ready, out_valid;
  logic [10*FlitBits-1:0] out_flit;
  logic [3:0]             produced, consumed;
  logic                   unrouted, parity_error;
  engram_router #(.Columns(Columns), .Rows(Rows), .Entries(2), .Links(5'b11111)) dut (
    .clk_i, .rst_ni(rst_n), .x_i(x), .y_i(y), .in_valid_i(10'd0), .in_ready_o(in_ready), .in_flit_i(750'd0),
    .out_valid_o(out_valid), .out_ready_i, .out_flit_o(out_flit), .table_write_i(1'b0), .table_read_i(1'b0),
    .table_entry_i(1'b0), .table_part_i(2'd0), .table_wdata_i(32'd0), .table_rdata_o(), .produced_o(produced),
    .consumed_o(consumed), .unrouted_o(unrouted), .parity_o(parity_error), .error_key_o()
  );

  // The router's wires, found by name when the design is flat
  (* hierconn *) wire [9:0]             \dut.take ;        // leaves the queue
  (* hierconn *) wire [9:0]             \dut.queue_valid ;
  (* hierconn *) wire [FlitBits-1:0] \dut.queue_flit[0] , \dut.head_flit[0] ;
  (* hierconn *) wire [FlitBits-1:0] \dut.queue_flit[1] , \dut.head_flit[1] ;
  (* hierconn *) wire [FlitBits-1:0] \dut.queue_flit[2] , \dut.head_flit[2] ;
  (* hierconn *) wire [FlitBits-1:0] \dut.queue_flit[3] , \dut.head_flit[3] ;
  (* hierconn *) wire [FlitBits-1:0] \dut.queue_flit[4] , \dut.head_flit[4] ;
  (* hierconn *) wire [FlitBits-1:0] \dut.queue_flit[5] , \dut.head_flit[5] ;
  (* hierconn *) wire [FlitBits-1:0] \dut.queue_flit[6] , \dut.head_flit[6] ;
  (* hierconn *) wire [FlitBits-1:0] \dut.queue_flit[7] , \dut.head_flit[7] ;
  (* hierconn *) wire [FlitBits-1:0] \dut.queue_flit[8] , \dut.head_flit[8] ;
  (* hierconn *) wire [FlitBits-1:0] \dut.queue_flit[9] , \dut.head_flit[9] ;
  (* hierconn *) wire [9:0]             \dut.released ;    // all debts paid
  (* hierconn *) wire [49:0]            \dut.left_q ;      // debts: five ports a head
  (* hierconn *) wire                   \dut.table_hit ;
  (* hierconn *) wire [5:0]             \dut.table_route ;
  logic [9:0]             take;
  logic [10*FlitBits-1:0] queue_flit, head_flit;
  logic [49:0]            debts;
  assign take = \dut.take ;
  assign queue_flit = {
    \dut.queue_flit[9] , \dut.queue_flit[8] , \dut.queue_flit[7] , \dut.queue_flit[6] , \dut.queue_flit[5] ,
    \dut.queue_flit[4] , \dut.queue_flit[3] , \dut.queue_flit[2] , \dut.queue_flit[1] , \dut.queue_flit[0] 
  };
  assign head_flit = {
    \dut.head_flit[9] , \dut.head_flit[8] , \dut.head_flit[7] , \dut.head_flit[6] , \dut.head_flit[5] ,
    \dut.head_flit[4] , \dut.head_flit[3] , \dut.head_flit[2] , \dut.head_flit[1] , \dut.head_flit[0] 
  };
  assign debts = \dut.left_q ;

`ifdef MUTATED
  // A small world, in which a fault shows soon: spikes from E and N only, and receivers of which the core alone may wait.
  always_comb assume ((\dut.queue_valid & ~10'b0000000101) == '0 && (out_ready_i | 10'b0100000000) == '1 && x == 4'd1 && y == 4'd1);
`endif

  // Where the flit that leaves a queue has to go, as the data sheet has it
  logic [FlitBits-1:0] flit;
  logic [4:0]          from;
  logic                control, spike, right;
  logic [5:0]          wanted, allowed;  // bit 5: the host, behind port 2 of (0,0)
  logic [4:0]          ports;
  always_comb begin
    flit = '0;
    from = '0;
    control = 1'b0;
    for (int c = 0; c < 10; c++) begin
      if (take[c]) begin
        flit = queue_flit[c*FlitBits +: FlitBits];
        from[c/2] = 1'b1;
        control = c % 2 == 1;
      end
    end
  end
  assign spike = flit[65:64] == 2'd0;
  assign right = {^flit[65:64], ^flit[63:56], ^flit[55:48], ^flit[47:40], ^flit[39:32], ^flit[31:24], ^flit[23:16],
                  ^flit[15:8], ^flit[7:0]} == flit[74:66];
  always_comb begin
    wanted = 6'd0;
    if (spike) wanted = \dut.table_hit  ? \dut.table_route  : 6'd0;
    else if (flit[65:64] == 2'd3) wanted = x != 4'd0 ? 6'b000100 : y != 4'd0 ? 6'b001000 : 6'b100000;
    else if (flit[59:56] != x) wanted = flit[59:56] > x ? 6'b000001 : 6'b000100;
    else if (flit[63:60] != y) wanted = flit[63:60] > y ? 6'b000010 : 6'b001000;
    else wanted = 6'b010000;
    allowed = 6'd0;
    if (spike != control) begin
      // Into a row only from it or from the core, never back, never over the edge
      allowed[0] = x != 4'(Columns - 1) && (from[2] || from[4]);
      allowed[1] = y != 4'(Rows - 1) && !from[1];
      allowed[2] = x != 4'd0 && (from[0] || from[4]);
      allowed[3] = y != 4'd0 && !from[3];
      allowed[4] = 1'b1;
      allowed[5] = x == 4'd0 && y == 4'd0;
    end
    ports = 5'd0;
    if (right) ports = (wanted[4:0] & allowed[4:0]) | {2'd0, wanted[5] && allowed[5], 2'd0};
  end

  // Copies that leave, and the head that each is charged to
  logic [9:0]  fired;
  logic [49:0] charged;
  assign fired = out_valid & out_ready_i;

  logic        was = 1'b0;
  logic [9:0]  was_take, was_fired;
  logic [49:0] was_debts;
  logic [4:0]  was_ports;
  logic [FlitBits-1:0] was_flit;
  logic [10*FlitBits-1:0] was_head, was_out;
  always_ff @(posedge clk_i) begin
    was <= rst_n;
    was_take <= take;
    was_fired <= fired;
    was_debts <= debts;
    was_ports <= ports;
    was_flit <= flit;
    was_head <= head_flit;
    was_out <= out_flit;
  end

  logic [49:0] now_owed;  // of the debts before, those that are still there
  logic [3:0]  left_by, ended;
  logic [9:0]  paid, was_released;
  always_comb begin
    now_owed = debts;
    left_by = '0;
    ended = {3'd0, take != 10'd0 && ports == 5'd0};
    for (int c = 0; c < 10; c++) begin
      if (was_take[c]) now_owed[5*c +: 5] = 5'd0;
      left_by = left_by + {3'd0, fired[c]};
      ended = ended + {3'd0, \dut.released [c]};
      paid[c] = was_debts[5*c +: 5] != 5'd0 && now_owed[5*c +: 5] == 5'd0;
    end
    charged = was_debts & ~now_owed;
  end

  // Heads that an output is charged to
  logic [4:0] payers [10];
  for (genvar o = 0; o < 10; o++) begin : g_payers
    assign payers[o] = {charged[5*(o%2 + 8) + o/2], charged[5*(o%2 + 6) + o/2], charged[5*(o%2 + 4) + o/2],
                        charged[5*(o%2 + 2) + o/2], charged[5*(o%2) + o/2]};
  end

  always_ff @(posedge clk_i) begin
    was_released <= \dut.released ;
    if (rst_n) begin
      // One at a time, and only one that is there
      assert ((take & (take - 10'd1)) == 10'd0 && (take & ~\dut.queue_valid ) == 10'd0);
      assert (parity_error == (take != 10'd0 && !right));
      assert (unrouted == (take != 10'd0 && right && (wanted == 6'd0 || (wanted & ~allowed) != 6'd0)));
      assert (produced == left_by);
      assert (consumed == ended);
    end
    if (rst_n && was) begin
      assert (was_released == paid);
      for (int c = 0; c < 10; c++) begin
        if (was_take[c]) begin
          // A head is filled when its debts are paid, with the flit and what that owes.
          assert (debts[5*c +: 5] == was_ports && head_flit[c*FlitBits +: FlitBits] == was_flit);
        end else begin
          assert ((debts[5*c +: 5] & ~was_debts[5*c +: 5]) == 5'd0);
          if (was_debts[5*c +: 5] != 5'd0) assert (head_flit[c*FlitBits +: FlitBits] == was_head[c*FlitBits +: FlitBits]);
        end
        for (int o = 0; o < 5; o++)
          if (charged[5*c + o]) begin
            assert (was_fired[2*o + c%2]);
            assert (was_out[(2*o + c%2)*FlitBits +: FlitBits] == was_head[c*FlitBits +: FlitBits]);
          end
      end
      // Who fires charges one head, not two.
      for (int o = 0; o < 10; o++)
        assert (was_fired[o] == (payers[o] != 5'd0) && (payers[o] & (payers[o] - 5'd1)) == 5'd0);
    end
  end

endmodule
