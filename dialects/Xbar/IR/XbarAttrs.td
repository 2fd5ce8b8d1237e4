// Attributes of 'xbar': the connector of a projection that lies on crossbars.
#ifndef ENGRAM_XBAR_ATTRS_TD
#define ENGRAM_XBAR_ATTRS_TD

include "dialects/Xbar/IR/XbarDialect.td"
include "dialects/Neuro/IR/NeuroAttrs.td"

def Xbar_CrossbarAttr : AttrDef<Xbar_Dialect, "Crossbar",
    [DeclareAttrInterfaceMethods<Neuro_ConnectorInterface, ["isLinear", "largestSum"]>]> {
  let mnemonic = "crossbar";
  let summary = "a matrix of weights on crossbars";
  let description = [{
    What a `dense` projection becomes on crossbars (`xbar_s1` to `xbar_s5`). The matrix is cut into blocks of `rows`
    sources and `columns` targets; a pair of blocks is a *tile*, number r + R c of row block r (of R) and column block
    c. `weights` are what the tiles stand for: nothing but reports computes with them.

    | parameter | type | meaning |
    |---|---|---|
    | `weights` | targets x sources | the matrix that the cells were made from |
    | `codes` | sources x slices x 2 x targets, 0 to 255 | conductances G+ and G- of the pair of a slice; 255 is g_max |
    | `rows`, `columns` | 1 to 128 | of a tile; 128 by default |
    | `bits` | 1 to 16 | of a converter |
    | `shift` | 0 to 31 | a sum of 1 is 2^shift steps of weight times output |
    | `low` | tiles x slices, 20 bits | the current that gives code 0 |
    | `gain` | tiles x slices, 24 bits unsigned | codes for a unit of current, in 2^-24 |
    | `zero` | tiles x slices, 16 bits | the code of no current |
    | `scale` | tiles x slices, 16 bits unsigned | what a code is worth, in 2^-8 |
    | `noise` | 64 x 128, 8 bits | table of read noise; absent: there is none |
    | `sigma` | 16 x 0 to 255 | size of the noise of a cell, by conductance; absent without `noise` |

    ```mlir
    #xbar.crossbar<weights = dense<[[0.5, -0.25]]> : tensor<1x2xf64>,
        codes = dense<[[[[170], [0]]], [[[0], [85]]]]> : tensor<2x1x2x1xui8>, bits = 8, shift = 0,
        low = dense<-10880> : tensor<1x1xi32>, gain = dense<197379> : tensor<1x1xi32>,
        zero = dense<128> : tensor<1x1xi32>, scale = dense<256> : tensor<1x1xi32>>
    ```
  }];
  let parameters = (ins Neuro_Weights<"targets by sources">:$weights,
                        Neuro_Weights<"sources by slices by sign by targets">:$codes,
                        DefaultValuedParameter<"int64_t", "128">:$rows,
                        DefaultValuedParameter<"int64_t", "128">:$columns,
                        "int64_t":$bits, "int64_t":$shift,
                        Neuro_Weights<"tiles by slices">:$low, Neuro_Weights<"tiles by slices">:$gain,
                        Neuro_Weights<"tiles by slices">:$zero, Neuro_Weights<"tiles by slices">:$scale,
                        OptionalParameter<"::mlir::Attribute">:$noise,
                        OptionalParameter<"::mlir::Attribute">:$sigma);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
  let extraClassDeclaration = [{
    int64_t numSources() const;
    int64_t numTargets() const;
    int64_t numSlices() const;
    int64_t rowBlocks() const { return (numSources() + getRows() - 1) / getRows(); }
    int64_t columnBlocks() const { return (numTargets() + getColumns() - 1) / getColumns(); }
    int64_t numTiles() const { return rowBlocks() * columnBlocks(); }
  }];
}

#endif // ENGRAM_XBAR_ATTRS_TD
