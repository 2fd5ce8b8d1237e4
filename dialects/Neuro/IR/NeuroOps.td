// Operations of 'neuro': networks, and the models of their neurons.
#ifndef ENGRAM_NEURO_OPS_TD
#define ENGRAM_NEURO_OPS_TD

include "dialects/Neuro/IR/NeuroAttrs.td"
include "mlir/IR/OpAsmInterface.td"
include "mlir/IR/RegionKindInterface.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

class Neuro_Op<string mnem, list<Trait> traits = []> : Op<Neuro_Dialect, mnem, traits>;
def Neuro_Fixed : Type<CPred<"::llvm::isa<::engram::fx::FixedType>($_self)">, "a fixed-point number">;
def Neuro_Number : AnyTypeOf<[F64, F32, I1, I32, I64, Neuro_Fixed], "a number">;

//===-- networks ----------------------------------------------------------------------------------===//

def Neuro_NetworkOp : Neuro_Op<"network", [Symbol, SymbolTable, NoTerminator, IsolatedFromAbove,
                                           NoRegionArguments, SingleBlock,
    DeclareOpInterfaceMethods<OpAsmOpInterface, ["getDefaultDialect"]>]> {
  let summary = "network";
  let description = [{
    Sources, populations, projections and probes, with the length `dt` of a step, the seed of all random
    numbers, and the type in which synaptic sums are formed (`f64` or `f32`).

    | attribute | unit | default | range |
    |---|---|---|---|
    | `dt` | a time | | > 0 |
    | `seed` | | 0 | 64 bits |
    | `precision` | | f64 | f32, f64 |

    Step t: each population, in an order in which everything that reaches it without delay comes first (ties
    in the order of the text), does *deliver, integrate, fire, reset, emit*; then its projections are
    handled in the order of the text. See `neuro_s1` to `neuro_s9` in the specification.

    ```mlir
    neuro.network @pulse dt = 0.1 ms seed = 7 {
      source @drive [1] is #neuro.current<starts = [0], values = dense<20.0> : tensor<1xf64>>
      population @cell [1] of @LIF parameters {tau = 20.0}
      projection @in from @drive to @cell port "I" via #neuro.one_to_one<weight = 1.0>
      probe @spikes of @cell "spikes"
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, Neuro_QuantityAttr:$dt,
                       DefaultValuedAttr<UI64Attr, "0">:$seed,
                       OptionalAttr<TypeAttr>:$precision);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $sym_name `dt` `=` custom<Quantity>($dt) custom<Seed>($seed) custom<Precision>($precision)
    attr-dict-with-keyword $body
  }];
  let hasVerifier = 1;
  let hasRegionVerifier = 1;
  let extraClassDeclaration = [{
    /// The type of outputs and synaptic sums: `precision`, or f64.
    ::mlir::FloatType sumType();
  }];
}

class Neuro_NetworkPart<string mnem, list<Trait> traits = []>
    : Neuro_Op<mnem, !listconcat([Symbol, HasParent<"NetworkOp">], traits)>;

def Neuro_SourceOp : Neuro_NetworkPart<"source"> {
  let summary = "source of spikes or currents";
  let description = [{
    Emits a number a neuron and step: what the caller feeds in (`#neuro.external`), listed spikes
    (`#neuro.spike_trains`), Poisson counts (`#neuro.poisson`) or currents (`#neuro.current`). With a format
    (`as`) each number is rounded to it, to nearest even, and saturates (`neuro_s13`).

    ```mlir
    source @input [2, 34, 34] is #neuro.external as !fx.uq<8, 0>
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, OptionalAttr<DenseI64ArrayAttr>:$shape, AnyAttr:$kind,
                       OptionalAttr<TypeAttr>:$format);
  let assemblyFormat = "$sym_name custom<OptionalShape>($shape) `is` $kind (`as` $format^)? attr-dict";
  let hasVerifier = 1;
}

def Neuro_PopulationOp : Neuro_NetworkPart<"population", [DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "population of neurons of one model";
  let description = [{
    `shape` neurons of the model; an absent shape is inferred by `neuro-infer-shapes`. Parameters and
    initial values that are not given are the model's. A value is a float, a quantity, a distribution or
    an elements attribute with one number a neuron. `method` overrides the model's for its derivatives.
    The attribute `neuro.start = L : i64`, which `neuro-map-delays` sets, lets it begin in step L (`neuro_s12`).

    ```mlir
    population @exc [3200] of @LIF parameters {tau = 20.0, v_threshold = -50.0 mV}
        initial {v = #neuro.uniform<-60.0, -50.0>} method exact
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, OptionalAttr<DenseI64ArrayAttr>:$shape,
                       FlatSymbolRefAttr:$model, OptionalAttr<DictionaryAttr>:$parameters,
                       OptionalAttr<DictionaryAttr>:$initial, OptionalAttr<Neuro_MethodAttr>:$method);
  let assemblyFormat = [{
    $sym_name custom<OptionalShape>($shape) `of` $model (`parameters` custom<Values>($parameters)^)? (`initial` custom<Values>($initial)^)?
    (`method` custom<Method>($method)^)? attr-dict
  }];
  let hasVerifier = 1;
}

def Neuro_ProjectionOp : Neuro_NetworkPart<"projection", [DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "projection from a source or population to a port of a population";
  let description = [{
    In each step t, with x the outputs of the source: `port(t + delay) += C x (+ bias)`, C the connector.
    The contributions are added one after another: those of earlier steps first, then in the order in
    which projections are handled, for one target by ascending source, the bias last (`neuro_s8`).

    `delay`: steps (an integer), a time (rounded to steps by `neuro-discretize`), or an elements attribute
    of steps with the layout of the connector's weights (dense, CSR) or one a neuron (one-to-one). Default 0.

    The format behind `as` says of which fixed-point type the weights are numbers (`neuro_c30`); a port of
    fixed-point type takes no others.

    ```mlir
    projection @recurrent from @exc to @exc port "ge" via #neuro.fixed_probability<probability = 0.02, weight = 1.62>
        delay 0.8 ms
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, FlatSymbolRefAttr:$source, FlatSymbolRefAttr:$target,
                       OptionalAttr<StrAttr>:$port, Neuro_ConnectorInterface:$connector,
                       OptionalAttr<TypeAttr>:$format, OptionalAttr<ElementsAttr>:$bias,
                       OptionalAttr<AnyAttr>:$delay);
  let assemblyFormat = [{
    $sym_name `from` $source `to` $target (`port` $port^)? `via` $connector (`as` $format^)? (`bias` $bias^)?
    (`delay` custom<Delay>($delay)^)? attr-dict
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    /// The largest delay in steps; requires steps, not times.
    int64_t maxDelaySteps();
    /// True if the delay is zero steps or zero time for at least one synapse.
    bool mayBeImmediate();
  }];
}

def Neuro_ProbeOp : Neuro_NetworkPart<"probe", [DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "probe of spikes, outputs or state";
  let description = [{
    Records, at the end of every `every`-th step (t = 0, every, 2 every, ...), `"spikes"`, `"output"` or a state
    variable of all or some neurons (flat indices) of a source or population.

    ```mlir
    probe @v of @exc "v" neurons [0, 1, 2] every 10
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, FlatSymbolRefAttr:$target, StrAttr:$variable,
                       OptionalAttr<DenseI64ArrayAttr>:$neurons,
                       DefaultValuedAttr<ConfinedAttr<I64Attr, [IntPositive]>, "1">:$every);
  let assemblyFormat = [{
    $sym_name `of` $target $variable (`neurons` custom<Shape>($neurons)^)? custom<Every>($every) attr-dict
  }];
}

//===-- models ------------------------------------------------------------------------------------===//

def Neuro_ModelOp : Neuro_Op<"model", [Symbol, NoTerminator, IsolatedFromAbove, NoRegionArguments, SingleBlock,
    DeclareOpInterfaceMethods<OpAsmOpInterface, ["getDefaultDialect"]>]> {
  let summary = "model of a neuron";
  let description = [{
    Declares parameters, state and input ports, and holds at most one region operation of each kind. All
    of it describes one neuron. Times are in `time_unit`; without one, in the unit of the network's `dt`.

    What happens in a step (`neuro_s2`): the ports are read; `receive` assigns; `dynamics` is integrated, or
    `update` assigns; `fire` decides; on a spike `reset` assigns and the refractory time starts; `emit`
    gives the output. A model without `emit` puts out 1 on a spike and else 0; a model without `fire`
    never spikes.

    ```mlir
    neuro.model @LIF time ms method exact {
      %tau = parameter "tau" = 20.0 ms positive
      %v_threshold = parameter "v_threshold" = 1.0
      %v = state "v" = 0.0
      %I = input "I"
      dynamics {
        %0 = arith.subf %I, %v : f64
        %1 = arith.divf %0, %tau : f64
        derivative %v, %1 : f64
      }
      fire {
        %z = arith.cmpf ogt, %v, %v_threshold : f64
        yield %z : i1
      }
      reset {
        %zero = arith.constant 0.0 : f64
        assign %v, %zero : f64
      }
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, OptionalAttr<StrAttr>:$time_unit,
                       OptionalAttr<Neuro_MethodAttr>:$method, OptionalAttr<StrAttr>:$doc);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $sym_name (`time` custom<Unit>($time_unit)^)? (`method` custom<Method>($method)^)? (`doc` $doc^)?
    attr-dict-with-keyword $body
  }];
  let hasVerifier = 1;
  let hasRegionVerifier = 1;
  let extraClassDeclaration = [{
    auto getParameters() { return getBody().front().getOps<ParameterOp>(); }
    auto getStates() { return getBody().front().getOps<StateOp>(); }
    auto getInputs() { return getBody().front().getOps<InputOp>(); }
    ParameterOp findParameter(::llvm::StringRef name);
    StateOp findState(::llvm::StringRef name);
    InputOp findInput(::llvm::StringRef name);
    /// The region operation of a kind, or null.
    template <typename OpT> OpT find() {
      auto ops = getBody().front().getOps<OpT>();
      return ops.empty() ? OpT() : *ops.begin();
    }
    /// True if nothing depends on continuous time: no dynamics, no refractory time, no length of a step.
    bool isDiscrete();
  }];
}

class Neuro_ModelPart<string mnem, list<Trait> traits = []>
    : Neuro_Op<mnem, !listconcat([HasParent<"ModelOp">], traits)>;

def Neuro_ParameterOp : Neuro_ModelPart<"parameter", [DeclareOpInterfaceMethods<OpAsmOpInterface, ["getAsmResultNames"]>]> {
  let summary = "parameter of a model";
  let description = [{
    A constant of each neuron: the population's value, or the default. `positive` demands a value > 0.
    Without a default a population must give it.
  }];
  let arguments = (ins StrAttr:$name, OptionalAttr<AnyAttr>:$value, OptionalAttr<StrAttr>:$unit,
                       UnitAttr:$positive, OptionalAttr<StrAttr>:$doc);
  let results = (outs Neuro_Number:$result);
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
}

def Neuro_StateOp : Neuro_ModelPart<"state", [DeclareOpInterfaceMethods<OpAsmOpInterface, ["getAsmResultNames"]>]> {
  let summary = "state variable of a model";
  let description = [{
    The result is the value at the time of use: in each region, what the state was when the region began.
    The initial value is a number or a parameter (`state "v" from %v_leak`); 0 by default.
  }];
  let arguments = (ins StrAttr:$name, OptionalAttr<AnyAttr>:$value, Optional<Neuro_Number>:$initial,
                       OptionalAttr<StrAttr>:$unit, OptionalAttr<StrAttr>:$doc);
  let results = (outs Neuro_Number:$result);
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
}

def Neuro_InputOp : Neuro_ModelPart<"input", [DeclareOpInterfaceMethods<OpAsmOpInterface, ["getAsmResultNames"]>]> {
  let summary = "input port of a model";
  let description = [{
    The sum of what arrives in this step: a current that is held during the step, or the total weight of
    the spikes, as the model uses it. A port of fixed-point type adds exactly, in any order, and saturates
    once, when it is read (`neuro_s13`).
  }];
  let arguments = (ins StrAttr:$name, OptionalAttr<StrAttr>:$unit, OptionalAttr<StrAttr>:$doc);
  let results = (outs Neuro_Number:$result);
  let hasCustomAssemblyFormat = 1;
}

def Neuro_RefractoryOp : Neuro_ModelPart<"refractory", [SameTypeOperands]> {
  let summary = "refractory time";
  let description = [{
    After a spike the neuron cannot fire for `round(time / dt)` steps, and the listed states are held (not
    integrated) in these steps; others go on. `neuro-discretize` turns it into a counter.

    ```mlir
    refractory %t_ref holds %v : f64
    ```
  }];
  let arguments = (ins Neuro_Number:$time, Variadic<Neuro_Number>:$held);
  let assemblyFormat = "$time (`holds` $held^)? attr-dict `:` type($time)";
  let hasVerifier = 1;
}

class Neuro_RegionOp<string mnem, list<Trait> traits = []>
    : Neuro_ModelPart<mnem, !listconcat([SingleBlock, NoRegionArguments,
        DeclareOpInterfaceMethods<OpAsmOpInterface, ["getDefaultDialect"]>], traits)> {
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "attr-dict-with-keyword $body";
  let hasRegionVerifier = 1;
  let extraClassDefinition = [{
    ::llvm::StringRef $cppClass::getDefaultDialect() { return "neuro"; }
  }];
}

def Neuro_ReceiveOp : Neuro_RegionOp<"receive", [NoTerminator]> {
  let summary = "what arriving spikes do to the state, before integration";
  let description = [{ Assignments that run in each step, before `dynamics` or `update`. }];
}
def Neuro_DynamicsOp : Neuro_RegionOp<"dynamics", [NoTerminator]> {
  let summary = "time derivatives of the state";
  let description = [{
    Holds a `neuro.derivative` for each state that changes in continuous time; the inputs are constant
    during a step. The method (`#neuro.method`) says how it becomes a step.
  }];
}
def Neuro_UpdateOp : Neuro_RegionOp<"update", [NoTerminator]> {
  let summary = "discrete update of the state";
  let description = [{ Assignments that run once a step. }];
}
def Neuro_FireOp : Neuro_RegionOp<"fire"> {
  let summary = "condition of a spike";
  let description = [{ Yields an `i1`, computed on the state after integration. }];
}
def Neuro_ResetOp : Neuro_RegionOp<"reset", [NoTerminator]> {
  let summary = "what a spike does to the neuron's own state";
  let description = [{ Assignments that run for a neuron in the step in which it fires. }];
}
def Neuro_EmitOp : Neuro_RegionOp<"emit"> {
  let summary = "graded output";
  let description = [{ Yields the output of the neuron, computed on the state after the reset. }];
}

def Neuro_DerivativeOp : Neuro_Op<"derivative", [HasParent<"DynamicsOp">, SameTypeOperands]> {
  let summary = "derivative of a state with respect to time";
  let description = [{ `d state / dt = value`. The first operand is the result of a `neuro.state`. }];
  let arguments = (ins Neuro_Number:$state, Neuro_Number:$value);
  let assemblyFormat = "$state `,` $value attr-dict `:` type($state)";
  let hasVerifier = 1;
}
def Neuro_AssignOp : Neuro_Op<"assign", [ParentOneOf<["ReceiveOp", "UpdateOp", "ResetOp"]>, SameTypeOperands]> {
  let summary = "new value of a state";
  let description = [{
    The state gets the value when the region ends: all assignments of a region take effect together, and
    every use of a state in the region means its old value.
  }];
  let arguments = (ins Neuro_Number:$state, Neuro_Number:$value);
  let assemblyFormat = "$state `,` $value attr-dict `:` type($state)";
  let hasVerifier = 1;
}
def Neuro_YieldOp : Neuro_Op<"yield", [Terminator, ParentOneOf<["FireOp", "EmitOp"]>]> {
  let summary = "result of a region";
  let arguments = (ins Neuro_Number:$value);
  let assemblyFormat = "$value attr-dict `:` type($value)";
}

def Neuro_TimeStepOp : Neuro_Op<"time_step", [Pure]> {
  let summary = "length of a step, in the model's unit of time";
  let results = (outs AnyTypeOf<[F64, F32]>:$result);
  let assemblyFormat = "attr-dict `:` type($result)";
}
def Neuro_UniformOp : Neuro_Op<"uniform", [Pure]> {
  let summary = "uniform random number in (0, 1)";
  let description = [{
    `(r + 1/2) / 2^32`, r the first word of Philox4x32-10 with the seed of the network as key and the counter
    {neuron, step, stream of the population + `stream`} (`neuro_r1`): the same number at each use in a step.
  }];
  let arguments = (ins I32Attr:$stream);
  let results = (outs AnyTypeOf<[F64, F32]>:$result);
  let assemblyFormat = "$stream attr-dict `:` type($result)";
}

def Neuro_RandomOp : Neuro_Op<"random", [Pure]> {
  let summary = "32 random bits";
  let description = [{
    The word of which `neuro.uniform` with the same `stream` makes its number (`neuro_r1`): what stochastic
    rounding takes.

    ```mlir
    %r = random 3 : i32
    %k = fx.convert %x stochastic(%r) : !fx.q<16, 16> -> !fx.q<8, 8>
    ```
  }];
  let arguments = (ins I32Attr:$stream);
  let results = (outs I32:$result);
  let assemblyFormat = "$stream attr-dict `:` type($result)";
}

#endif // ENGRAM_NEURO_OPS_TD
