// Formats that all modules share: flits, memories, registers, row headers, instructions. The numbers are those of
// docs/accelerator.md; sizes of a chip are in engram_chip_pkg.
package engram_pkg;

  // Flit: {parity[8:0], kind[1:0], data[63:0]}
  localparam int FlitBits = 75;
  localparam int FlitDataBits = 64;
  localparam int FlitKindLow = 64;
  localparam int FlitParityLow = 66;
  localparam int FlitParityBits = 9;

  localparam logic [1:0] KindSpike = 2'd0;
  localparam logic [1:0] KindWrite = 2'd1;
  localparam logic [1:0] KindRead = 2'd2;
  localparam logic [1:0] KindReply = 2'd3;

  // Data of a spike
  localparam int SpikeKeyLow = 0;
  localparam int SpikeKeyBits = 32;
  localparam int SpikePayloadLow = 32;
  localparam int SpikePayloadBits = 24;
  localparam int SpikeStepLow = 56;
  localparam int SpikeStepBits = 8;

  // Data of a write, read or reply; a read carries its tag in the place of the data.
  localparam int CtrlDataLow = 0;
  localparam int CtrlDataBits = 32;
  localparam int CtrlAddressLow = 32;
  localparam int CtrlAddressBits = 20;
  localparam int CtrlMemoryLow = 52;
  localparam int CtrlMemoryBits = 4;
  localparam int CtrlXLow = 56;
  localparam int CtrlYLow = 60;
  localparam int CtrlPlaceBits = 4;

  // Ports of a router and bits of a route
  localparam int PortEast = 0;
  localparam int PortNorth = 1;
  localparam int PortWest = 2;
  localparam int PortSouth = 3;
  localparam int PortLocal = 4;
  localparam int NumPorts = 5;
  localparam int RouteHost = 5;
  localparam int RouteBits = 6;
  localparam int VcSpike = 0;
  localparam int VcControl = 1;

  // Memories of a core
  localparam logic [3:0] MemRegister = 4'd0;
  localparam logic [3:0] MemProgram = 4'd1;
  localparam logic [3:0] MemState = 4'd2;
  localparam logic [3:0] MemSynapse = 4'd3;
  localparam logic [3:0] MemAxon = 4'd4;
  localparam logic [3:0] MemKeyMap = 4'd5;
  localparam logic [3:0] MemRing = 4'd6;
  localparam logic [3:0] MemRoute = 4'd7;
  localparam logic [3:0] MemConstant = 4'd8;
  localparam logic [3:0] MemSegment = 4'd9;
  localparam logic [3:0] MemSpikes = 4'd10;
  localparam logic [3:0] MemCell = 4'd11;
  localparam logic [3:0] MemTile = 4'd12;
  localparam logic [3:0] MemNoise = 4'd13;

  // Registers of a core
  localparam logic [5:0] RegControl = 6'd0;
  localparam logic [5:0] RegSeedLow = 6'd1;
  localparam logic [5:0] RegSeedHigh = 6'd2;
  localparam logic [5:0] RegFlags = 6'd8;
  localparam logic [5:0] RegErrorCause = 6'd9;
  localparam logic [5:0] RegErrorAddress = 6'd10;
  localparam logic [5:0] RegSops = 6'd16;
  localparam logic [5:0] RegSpikesOut = 6'd17;
  localparam logic [5:0] RegSpikesIn = 6'd18;
  localparam logic [5:0] RegStalls = 6'd19;
  localparam logic [5:0] RegUpdateCycles = 6'd20;
  localparam logic [5:0] RegEccCorrected = 6'd21;
  localparam logic [5:0] RegEccDouble = 6'd22;
  localparam logic [5:0] RegParity = 6'd23;
  localparam logic [5:0] RegUnrouted = 6'd24;
  localparam logic [5:0] RegSaturations = 6'd25;
  localparam logic [5:0] RegRows = 6'd26;
  localparam logic [5:0] RegConversions = 6'd27;
  localparam logic [5:0] RegDrives = 6'd28;
  localparam logic [5:0] RegCrossbarCycles = 6'd29;
  localparam logic [5:0] RegInject = 6'd32;

  // Bits of the register of flags
  localparam int FlagSaturated = 0;
  localparam int FlagUnrouted = 1;
  localparam int FlagParity = 2;
  localparam int FlagEccCorrected = 3;
  localparam int FlagEccDouble = 4;
  localparam int FlagNoKey = 5;
  localparam int FlagIllegal = 6;

  // Causes of errors
  localparam logic [3:0] CauseNone = 4'd0;
  localparam logic [3:0] CauseMagic = 4'd1;
  localparam logic [3:0] CauseVersion = 4'd2;
  localparam logic [3:0] CauseFeatureHash = 4'd3;
  localparam logic [3:0] CauseSection = 4'd4;
  localparam logic [3:0] CauseSectionCrc = 4'd5;
  localparam logic [3:0] CauseEndCrc = 4'd6;
  localparam logic [3:0] CauseLength = 4'd7;
  localparam logic [3:0] CauseNotLoaded = 4'd8;
  localparam logic [3:0] CauseAddress = 4'd9;
  localparam logic [3:0] CauseEccDouble = 4'd10;
  localparam logic [3:0] CauseParity = 4'd11;
  localparam logic [3:0] CauseUnrouted = 4'd12;
  localparam logic [3:0] CauseNoKey = 4'd13;
  localparam logic [3:0] CauseIllegal = 4'd14;

  // Header of a segment of a row
  localparam int HdrFormatLow = 0;
  localparam int HdrFormatBits = 2;
  localparam int HdrLast = 2;
  localparam int HdrWordsLow = 3;
  localparam int HdrWordsBits = 12;
  localparam int HdrFirstLow = 15;
  localparam int HdrFirstBits = 8;
  localparam int HdrCountLow = 23;
  localparam int HdrCountBits = 9;
  localparam int HdrDelayLow = 32;
  localparam int HdrDelayBits = 4;
  localparam int HdrPortLow = 36;
  localparam int HdrPortBits = 2;
  localparam int HdrShiftLow = 38;
  localparam int HdrShiftBits = 5;
  localparam int HdrPlastic = 43;

  localparam logic [1:0] FormatSparse = 2'd0;
  localparam logic [1:0] FormatDense8 = 2'd1;
  localparam logic [1:0] FormatDense4 = 2'd2;

  // Synapse of a sparse word
  localparam int SparsePerWord = 5;
  localparam int SparseBits = 22;
  localparam int SparseIndexLow = 0;
  localparam int SparsePortLow = 8;
  localparam int SparseDelayLow = 10;
  localparam int SparseWeightLow = 14;

  // Crossbar: an axon's word, the places of a tile, and sizes of its memories in 32-bit parts
  localparam int AxonXbar = 30;
  localparam int XbarTilesLow = 7;      // of an axon's word, a bit a tile
  localparam int XbarTiles = 4;
  localparam int XbarRowBits = 7;
  localparam int XbarRows = 128;
  localparam int XbarColumns = 128;
  localparam int XbarSlices = 4;
  localparam int XbarPayloadBits = 8;
  localparam int XbarSumBits = 18;
  localparam int XbarCellParts = 256;   // of a row
  localparam int XbarTileParts = 32;    // of a tile
  localparam int XbarNoiseParts = 2048; // of a core

  // Instruction
  localparam int InsOpcodeLow = 58;
  localparam int InsOpcodeBits = 6;
  localparam int InsRdLow = 54;
  localparam int InsRaLow = 50;
  localparam int InsRbLow = 46;
  localparam int InsRcLow = 42;
  localparam int InsRoundingLow = 40;
  localparam int InsWidthLow = 34;
  localparam int InsSigned = 33;
  localparam int InsShiftLow = 26;
  localparam int InsAlignLow = 20;
  localparam int InsRrLow = 16;
  localparam int InsImmBits = 16;
  localparam int RegisterBits = 33;

  localparam logic [5:0] OpEnd = 6'd0;
  localparam logic [5:0] OpLds = 6'd1;
  localparam logic [5:0] OpSts = 6'd2;
  localparam logic [5:0] OpLdc = 6'd3;
  localparam logic [5:0] OpLdp = 6'd4;
  localparam logic [5:0] OpAdd = 6'd5;
  localparam logic [5:0] OpSub = 6'd6;
  localparam logic [5:0] OpMul = 6'd7;
  localparam logic [5:0] OpMad = 6'd8;
  localparam logic [5:0] OpCvt = 6'd9;
  localparam logic [5:0] OpNeg = 6'd10;
  localparam logic [5:0] OpAbs = 6'd11;
  localparam logic [5:0] OpMin = 6'd12;
  localparam logic [5:0] OpMax = 6'd13;
  localparam logic [5:0] OpCmp = 6'd14;
  localparam logic [5:0] OpSel = 6'd15;
  localparam logic [5:0] OpAnd = 6'd16;
  localparam logic [5:0] OpOr = 6'd17;
  localparam logic [5:0] OpXor = 6'd18;
  localparam logic [5:0] OpAddw = 6'd19;
  localparam logic [5:0] OpSubw = 6'd20;
  localparam logic [5:0] OpMulw = 6'd21;
  localparam logic [5:0] OpShl = 6'd22;
  localparam logic [5:0] OpShr = 6'd23;
  localparam logic [5:0] OpRnd = 6'd24;
  localparam logic [5:0] OpSpk = 6'd25;
  localparam logic [5:0] OpEmt = 6'd26;
  localparam logic [5:0] OpSpb = 6'd27;
  localparam logic [5:0] OpLdx = 6'd28;
  localparam logic [5:0] OpFnd = 6'd29;
  localparam logic [5:0] OpFirstIllegal = 6'd30;

  localparam logic [1:0] RoundNearestEven = 2'd0;
  localparam logic [1:0] RoundTowardZero = 2'd1;
  localparam logic [1:0] RoundFloor = 2'd2;
  localparam logic [1:0] RoundStochastic = 2'd3;

  // SECDED: which bits of 64 data enter each of the 7 Hamming check bits, check 0 lowest. Bit k of the data has the k-th
  // position from 3 on that is no power of two; check i holds the positions with bit i. Data of 32 bits use the first 32.
  localparam int SecdedDataBits = 64;
  localparam logic [7*64-1:0] SecdedMasks = {
    64'hFE00000000000000, 64'h01FFFFFFFC000000, 64'h01FFFE0003FFF800, 64'h01FE01FE03FC07F0,
    64'hF1E1E1E1E3C3C78E, 64'hCD9999999B33366D, 64'hAB55555556AAAD5B
  };

endpackage
