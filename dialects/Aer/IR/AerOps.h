// Operations of 'aer'.
#pragma once

#include "dialects/Aer/IR/AerDialect.h"
#include "dialects/NCore/IR/NCoreOps.h"
#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/RegionKindInterface.h"
#include "mlir/IR/SymbolTable.h"

#define GET_OP_CLASSES
#include "dialects/Aer/IR/AerOps.h.inc"
