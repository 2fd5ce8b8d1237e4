// Operations of 'ncore'.
#pragma once

#include "dialects/NCore/IR/NCoreDialect.h"
#include "dialects/Neuro/IR/NeuroOps.h"
#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/RegionKindInterface.h"
#include "mlir/IR/SymbolTable.h"

#define GET_OP_CLASSES
#include "dialects/NCore/IR/NCoreOps.h.inc"
