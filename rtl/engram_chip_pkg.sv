// Sizes of the chip 'engram-a1'.
// Generated: engram targets engram-a1 --sv > rtl/engram_chip_pkg.sv
package engram_chip_pkg;

  localparam int Columns = 4;
  localparam int Rows = 4;
  localparam int Neurons = 256;
  localparam int Slots = 16;
  localparam int Ports = 4;
  localparam int StateWords = 8;
  localparam int Instructions = 64;
  localparam int Constants = 256;
  localparam int Segments = 32;
  localparam int SynapseWords = 16384;
  localparam int Axons = 4096;
  localparam int KeyEntries = 64;
  localparam int RouteEntries = 64;
  localparam int AccumulatorBits = 24;
  localparam int Lanes = 8;
  localparam int Crossbars = 4;
  localparam logic [31:0] FeatureHash = 32'h29550CC0;

endpackage
