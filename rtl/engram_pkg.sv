// Formats that all modules share: flits, memories, registers, row headers, instructions. The numbers are those of
// docs/accelerator.md; sizes of a chip are in engram_chip_pkg.
package engram_pkg;

  // Flit: {parity[8:0], kind[1:0], data[63:0]}
  localparam int unsigned FlitBits = 75;
  localparam int unsigned FlitDataBits = 64;
  localparam int unsigned FlitKindLow = 64;
  localparam int unsigned FlitParityLow = 66;
  localparam int unsigned FlitParityBits = 9;

  localparam logic [1:0] KindSpike = 2'd0;
  localparam logic [1:0] KindWrite = 2'd1;
  localparam logic [1:0] KindRead = 2'd2;
  localparam logic [1:0] KindReply = 2'd3;

  // Data of a spike
  localparam int unsigned SpikeKeyLow = 0;
  localparam int unsigned SpikeKeyBits = 32;
  localparam int unsigned SpikePayloadLow = 32;
  localparam int unsigned SpikePayloadBits = 24;
  localparam int unsigned SpikeStepLow = 56;
  localparam int unsigned SpikeStepBits = 8;

  // Data of a write, read or reply; a read carries its tag in the place of the data.
  localparam int unsigned CtrlDataLow = 0;
  localparam int unsigned CtrlDataBits = 32;
  localparam int unsigned CtrlAddressLow = 32;
  localparam int unsigned CtrlAddressBits = 20;
  localparam int unsigned CtrlMemoryLow = 52;
  localparam int unsigned CtrlMemoryBits = 4;
  localparam int unsigned CtrlXLow = 56;
  localparam int unsigned CtrlYLow = 60;
  localparam int unsigned CtrlPlaceBits = 4;

  // Ports of a router and bits of a route
  localparam int unsigned PortEast = 0;
  localparam int unsigned PortNorth = 1;
  localparam int unsigned PortWest = 2;
  localparam int unsigned PortSouth = 3;
  localparam int unsigned PortLocal = 4;
  localparam int unsigned NumPorts = 5;
  localparam int unsigned RouteHost = 5;
  localparam int unsigned RouteBits = 6;
  localparam int unsigned VcSpike = 0;
  localparam int unsigned VcControl = 1;

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
  localparam logic [5:0] RegInject = 6'd32;

  // Bits of the register of flags
  localparam int unsigned FlagSaturated = 0;
  localparam int unsigned FlagUnrouted = 1;
  localparam int unsigned FlagParity = 2;
  localparam int unsigned FlagEccCorrected = 3;
  localparam int unsigned FlagEccDouble = 4;
  localparam int unsigned FlagNoKey = 5;
  localparam int unsigned FlagIllegal = 6;

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
  localparam int unsigned HdrFormatLow = 0;
  localparam int unsigned HdrFormatBits = 2;
  localparam int unsigned HdrLast = 2;
  localparam int unsigned HdrWordsLow = 3;
  localparam int unsigned HdrWordsBits = 12;
  localparam int unsigned HdrFirstLow = 15;
  localparam int unsigned HdrFirstBits = 8;
  localparam int unsigned HdrCountLow = 23;
  localparam int unsigned HdrCountBits = 9;
  localparam int unsigned HdrDelayLow = 32;
  localparam int unsigned HdrDelayBits = 4;
  localparam int unsigned HdrPortLow = 36;
  localparam int unsigned HdrPortBits = 2;
  localparam int unsigned HdrShiftLow = 38;
  localparam int unsigned HdrShiftBits = 5;
  localparam int unsigned HdrPlastic = 43;

  localparam logic [1:0] FormatSparse = 2'd0;
  localparam logic [1:0] FormatDense8 = 2'd1;
  localparam logic [1:0] FormatDense4 = 2'd2;

  // Synapse of a sparse word
  localparam int unsigned SparsePerWord = 5;
  localparam int unsigned SparseBits = 22;
  localparam int unsigned SparseIndexLow = 0;
  localparam int unsigned SparsePortLow = 8;
  localparam int unsigned SparseDelayLow = 10;
  localparam int unsigned SparseWeightLow = 14;

  // Instruction
  localparam int unsigned InsOpcodeLow = 58;
  localparam int unsigned InsOpcodeBits = 6;
  localparam int unsigned InsRdLow = 54;
  localparam int unsigned InsRaLow = 50;
  localparam int unsigned InsRbLow = 46;
  localparam int unsigned InsRcLow = 42;
  localparam int unsigned InsRoundingLow = 40;
  localparam int unsigned InsWidthLow = 34;
  localparam int unsigned InsSigned = 33;
  localparam int unsigned InsShiftLow = 26;
  localparam int unsigned InsAlignLow = 20;
  localparam int unsigned InsRrLow = 16;
  localparam int unsigned InsImmBits = 16;
  localparam int unsigned RegisterBits = 33;

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
  localparam logic [5:0] OpFirstIllegal = 6'd28;

  localparam logic [1:0] RoundNearestEven = 2'd0;
  localparam logic [1:0] RoundTowardZero = 2'd1;
  localparam logic [1:0] RoundFloor = 2'd2;
  localparam logic [1:0] RoundStochastic = 2'd3;

endpackage
