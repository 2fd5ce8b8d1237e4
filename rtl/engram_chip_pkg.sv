// Sizes of the chip 'engram-a1'.
// Generated: engram targets engram-a1 --sv > rtl/engram_chip_pkg.sv
package engram_chip_pkg;

  localparam int unsigned Columns = 4;
  localparam int unsigned Rows = 4;
  localparam int unsigned Neurons = 256;
  localparam int unsigned Slots = 16;
  localparam int unsigned Ports = 4;
  localparam int unsigned StateWords = 8;
  localparam int unsigned Instructions = 64;
  localparam int unsigned Constants = 64;
  localparam int unsigned Segments = 8;
  localparam int unsigned SynapseWords = 16384;
  localparam int unsigned Axons = 4096;
  localparam int unsigned KeyEntries = 64;
  localparam int unsigned RouteEntries = 64;
  localparam int unsigned AccumulatorBits = 24;
  localparam int unsigned Lanes = 8;
  localparam logic [31:0] FeatureHash = 32'h5F90C767;

endpackage
