// The size of a core's memory in 32-bit parts, by which it is addressed; 0 where there is none. Combinational.
module engram_memory_parts #(
  parameter int Neurons = engram_chip_pkg::Neurons,              // neurons of a core
  parameter int Slots = engram_chip_pkg::Slots,                  // slots of the ring
  parameter int Ports = engram_chip_pkg::Ports,                  // sums of a neuron and slot
  parameter int StateWords = engram_chip_pkg::StateWords,       // state words of a neuron
  parameter int Instructions = engram_chip_pkg::Instructions,    // length of the program memory
  parameter int Constants = engram_chip_pkg::Constants,          // constants of the programs
  parameter int Segments = engram_chip_pkg::Segments,            // groups of neurons
  parameter int SynapseWords = engram_chip_pkg::SynapseWords,   // words of 128 bits
  parameter int Axons = engram_chip_pkg::Axons,                  // rows
  parameter int KeyEntries = engram_chip_pkg::KeyEntries,       // entries of the key map
  parameter int RouteEntries = engram_chip_pkg::RouteEntries,   // entries of the routing table
  parameter int Crossbars = engram_chip_pkg::Crossbars           // tiles of the crossbar
) (
  input  logic [3:0]  memory_i,  // its number
  output logic [20:0] parts_o    // its size
);

  always_comb begin
    unique case (memory_i)
      engram_pkg::MemRegister: parts_o = 21'd64;
      engram_pkg::MemProgram:  parts_o = 21'(2 * Instructions);
      engram_pkg::MemState:    parts_o = 21'(Neurons * StateWords);
      engram_pkg::MemSynapse:  parts_o = 21'(4 * SynapseWords);
      engram_pkg::MemAxon:     parts_o = 21'(Axons);
      engram_pkg::MemKeyMap:   parts_o = 21'(4 * KeyEntries);
      engram_pkg::MemRing:     parts_o = 21'(Slots * Neurons * Ports);
      engram_pkg::MemRoute:    parts_o = 21'(4 * RouteEntries);
      engram_pkg::MemConstant: parts_o = 21'(Constants);
      engram_pkg::MemSegment:  parts_o = 21'(8 * Segments);
      engram_pkg::MemSpikes:   parts_o = 21'(Neurons / 32);
      engram_pkg::MemCell:     parts_o = 21'(Crossbars * engram_pkg::XbarRows * engram_pkg::XbarCellParts);
      engram_pkg::MemTile:     parts_o = 21'(Crossbars * engram_pkg::XbarTileParts);
      engram_pkg::MemNoise:    parts_o = Crossbars == 0 ? 21'd0 : 21'(engram_pkg::XbarNoiseParts);
      default:                 parts_o = 21'd0;
    endcase
  end

endmodule
