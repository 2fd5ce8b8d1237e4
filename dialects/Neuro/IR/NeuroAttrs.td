// Attributes of 'neuro': quantities, distributions, connectors, kinds of sources.
#ifndef ENGRAM_NEURO_ATTRS_TD
#define ENGRAM_NEURO_ATTRS_TD

include "dialects/Neuro/IR/NeuroDialect.td"
include "dialects/Neuro/IR/NeuroInterfaces.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/EnumAttr.td"

class Neuro_Attr<string cpp, string mnem, list<Trait> traits = []>
    : AttrDef<Neuro_Dialect, cpp, traits> {
  let mnemonic = mnem;
}

//===-- values ------------------------------------------------------------------------------------===//

def Neuro_QuantityAttr : Neuro_Attr<"Quantity", "quantity"> {
  let summary = "a number with a unit";
  let description = [{
    A number and its unit, such as `#neuro.quantity<0.8 ms>`. Where a parameter, a state or a time takes a
    number, a quantity is converted by its SI prefix to the unit that is declared there; another base
    unit is an error.
  }];
  let parameters = (ins APFloatParameter<"">:$apf_value, StringRefParameter<"unit symbol">:$unit);
  let hasCustomAssemblyFormat = 1;
  let builders = [AttrBuilder<(ins "double":$value, "::llvm::StringRef":$unit), [{
    return $_get($_ctxt, ::llvm::APFloat(value), unit);
  }]>];
  let extraClassDeclaration = [{
    double getValue() const { return getApfValue().convertToDouble(); }
  }];
}

def Neuro_UniformAttr : Neuro_Attr<"Uniform", "uniform"> {
  let summary = "a value a neuron, uniformly distributed";
  let description = [{
    `#neuro.uniform<low, high>`: neuron *i* gets `low + (high - low) * u_i`, `u_i` from Philox4x32-10 on
    the stream of the population and the name that is given the value (`neuro_r2`).
  }];
  let parameters = (ins APFloatParameter<"">:$apf_low, APFloatParameter<"">:$apf_high);
  let hasCustomAssemblyFormat = 1;
  let builders = [AttrBuilder<(ins "double":$low, "double":$high), [{
    return $_get($_ctxt, ::llvm::APFloat(low), ::llvm::APFloat(high));
  }]>];
  let extraClassDeclaration = [{
    double getLow() const { return getApfLow().convertToDouble(); }
    double getHigh() const { return getApfHigh().convertToDouble(); }
  }];
}

def Neuro_NormalAttr : Neuro_Attr<"Normal", "normal"> {
  let summary = "a value a neuron, normally distributed";
  let description = [{
    `#neuro.normal<mean, sd>`: neuron *i* gets `mean + sd * sqrt(-2 ln u) cos(2 pi u')` (Box and Muller
    1958), `u` and `u'` from words 0 and 1 of one Philox4x32-10 draw (`neuro_r2`).
  }];
  let parameters = (ins APFloatParameter<"">:$apf_mean, APFloatParameter<"">:$apf_sd);
  let hasCustomAssemblyFormat = 1;
  let builders = [AttrBuilder<(ins "double":$mean, "double":$sd), [{
    return $_get($_ctxt, ::llvm::APFloat(mean), ::llvm::APFloat(sd));
  }]>];
  let extraClassDeclaration = [{
    double getMean() const { return getApfMean().convertToDouble(); }
    double getSd() const { return getApfSd().convertToDouble(); }
  }];
}

def Neuro_Method : I32EnumAttr<"Method", "how derivatives become a step", [
    I32EnumAttrCase<"Euler", 0, "euler">,
    I32EnumAttrCase<"SequentialEuler", 1, "sequential_euler">,
    I32EnumAttrCase<"ExponentialEuler", 2, "exponential_euler">,
    I32EnumAttrCase<"Exact", 3, "exact">,
    I32EnumAttrCase<"RK4", 4, "rk4">]> {
  let cppNamespace = "::engram::neuro";
  let genSpecializedAttr = 0;
}
def Neuro_MethodAttr : EnumAttr<Neuro_Dialect, Neuro_Method, "method"> {
  let summary = "how derivatives become a step";
  let description = [{
    With `x` the state at the start of a step of length `h`, `f` the derivative and inputs held constant:

    | method | step |
    |---|---|
    | `euler` | `x + h f(x)`, all states from the old values |
    | `sequential_euler` | the same, but each state in the order of the derivatives, later ones see the new values of earlier ones |
    | `exponential_euler` | `x + (exp(h a) - 1) / a * f(x)` with `a = df_i/dx_i` frozen at the start of the step, for each state; needs `f_i` affine in `x_i` |
    | `exact` | the solution of the linear system, `exp(A h) x + integral exp(A s) ds b`; needs `f` affine in all states |
    | `rk4` | the classical Runge-Kutta method of order 4 |
  }];
}

//===-- connectors --------------------------------------------------------------------------------===//

class Neuro_Connector<string cpp, string mnem>
    : Neuro_Attr<cpp, mnem, [DeclareAttrInterfaceMethods<Neuro_ConnectorInterface>]> {
  let genVerifyDecl = 1;
  let assemblyFormat = "`<` struct(params) `>`";
}

// A weight is a float ('0.5' is f64) or an elements attribute; see 'verifyWeights'.
class Neuro_Weights<string desc> : AttrOrTypeParameter<"::mlir::Attribute", desc> {
  let parser = "::engram::neuro::assembly::parseNumberAttr($_parser)";
  let printer = "::engram::neuro::assembly::printNumberAttr($_printer, $_self)";
}
def Neuro_Flag : AttrOrTypeParameter<"bool", "flag"> {
  let defaultValue = "true";
  let parser = "::engram::neuro::assembly::parseBool($_parser)";
  let printer = "::engram::neuro::assembly::printBool($_printer, $_self)";
}
class Neuro_Double<string desc> : APFloatParameter<desc> {
  let parser = "::engram::neuro::assembly::parseAPFloat($_parser)";
  let printer = "::engram::neuro::assembly::printDouble($_printer, $_self.convertToDouble())";
}
class Neuro_Ints<string desc> : ArrayRefParameter<"int64_t", desc> {
  let parser = "::engram::neuro::assembly::parseInts($_parser)";
  let printer = "::engram::neuro::assembly::printInts($_printer, $_self)";
}

def Neuro_AllToAllAttr : Neuro_Connector<"AllToAll", "all_to_all"> {
  let summary = "every source neuron to every target neuron, with one weight";
  let description = [{
    Synapses `(j, i, w)` for all j, i; without those of `j = i` if `allow_self = false`.
    Example: `#neuro.all_to_all<weight = 0.5>`.
  }];
  let parameters = (ins Neuro_Weights<"one float">:$weight, Neuro_Flag:$allow_self);
}

def Neuro_OneToOneAttr : Neuro_Connector<"OneToOne", "one_to_one"> {
  let summary = "neuron i to neuron i";
  let description = [{
    Synapses `(i, i, w)` or `(i, i, w[i])`; both sides have the same number of neurons, in whatever
    shapes. NIR's Scale, and with weight 1 a plain edge or a Flatten.
    Example: `#neuro.one_to_one<weight = 1.0>`.
  }];
  let parameters = (ins Neuro_Weights<"a float, or one a neuron">:$weight);
}

def Neuro_DenseAttr : Neuro_Connector<"Dense", "dense"> {
  let summary = "a matrix of weights, target by source";
  let description = [{
    `y[i] += sum_j W[i, j] x[j]`: synapses `(j, i, W[i, j])`, zeros included.
    Example: `#neuro.dense<weights = dense<[[0.5, -1.0]]> : tensor<1x2xf32>>`.
  }];
  let parameters = (ins Neuro_Weights<"a matrix, targets by sources">:$weights);
}

def Neuro_CSRAttr : Neuro_Connector<"CSR", "csr"> {
  let summary = "a sparse list of synapses, by source";
  let description = [{
    Compressed sparse rows, a row a source neuron: the synapses of source j are the entries
    `row_starts[j] .. row_starts[j+1]-1` of `targets` and `weights` (one float, or one a synapse).
  }];
  let parameters = (ins Neuro_Weights<"sources + 1 offsets">:$row_starts,
                        Neuro_Weights<"a target index a synapse">:$targets,
                        Neuro_Weights<"a float, or one a synapse">:$weights);
}

def Neuro_FixedProbabilityAttr : Neuro_Connector<"FixedProbability", "fixed_probability"> {
  let summary = "each pair is connected with the same probability";
  let description = [{
    Pair (j, i) is connected iff word `k mod 4` of the Philox4x32-10 draw number `k div 4`, with
    `k = j * targets + i`, is less than `floor(probability * 2^32)` (`neuro_r3`). It is never expanded in
    the IR. Example: `#neuro.fixed_probability<probability = 0.02, weight = 1.62>`.
  }];
  let parameters = (ins Neuro_Double<"in 0 to 1">:$probability, Neuro_Weights<"one float">:$weight,
                        Neuro_Flag:$allow_self);
}

def Neuro_FixedIndegreeAttr : Neuro_Connector<"FixedIndegree", "fixed_indegree"> {
  let summary = "each target neuron gets the same number of synapses";
  let description = [{
    Synapse k of target i comes from source `(r * sources) >> 32`, r the word `n mod 4` of the
    Philox4x32-10 draw number `n div 4` with `n = i * indegree + k` (`neuro_r4`): with replacement, so a
    pair may be joined more than once. Example: `#neuro.fixed_indegree<indegree = 100, weight = 0.1>`.
  }];
  let parameters = (ins "int64_t":$indegree, Neuro_Weights<"one float">:$weight);
}

def Neuro_ConvAttr : Neuro_Connector<"Conv", "conv"> {
  let summary = "a convolution in one or two dimensions";
  let description = [{
    Cross-correlation as in PyTorch: source `[C, D...]`, weights `[O, C / groups, K...]`, target `[O, E...]`,
    `E = (D + low + high - dilation (K - 1) - 1) / stride + 1`. `padding` lists the zeros before each
    dimension and then those after each.
    Example: `#neuro.conv<weights = dense_resource<w> : tensor<16x2x5x5xf32>, stride = [2, 2], padding = [1, 1, 1, 1], dilation = [1, 1], groups = 1>`.
  }];
  let parameters = (ins Neuro_Weights<"kernel">:$weights, Neuro_Ints<"a dimension each">:$stride,
                        Neuro_Ints<"low for each dimension, then high">:$padding,
                        Neuro_Ints<"a dimension each">:$dilation, "int64_t":$groups);
  let extraClassDeclaration = [{
    /// Number of spatial dimensions: 1 or 2.
    int64_t rank() const { return static_cast<int64_t>(getStride().size()); }
  }];
}

def Neuro_PoolKind : I32EnumAttr<"PoolKind", "sum or mean", [
    I32EnumAttrCase<"Sum", 0, "sum">, I32EnumAttrCase<"Mean", 1, "mean">]> {
  let cppNamespace = "::engram::neuro";
}

def Neuro_PoolAttr : Neuro_Connector<"Pool", "pool"> {
  let summary = "sum or mean over a sliding window, channel by channel";
  let description = [{
    Source `[C, H, W]`, target `[C, H', W']`. Each synapse has weight 1 (sum) or `1 / (kh kw)` (mean;
    zeros of the padding count, as in PyTorch).
    Example: `#neuro.pool<kind = sum, kernel = [2, 2], stride = [2, 2], padding = [0, 0, 0, 0]>`.
  }];
  let parameters = (ins EnumParameter<Neuro_PoolKind>:$kind, Neuro_Ints<"window">:$kernel,
                        Neuro_Ints<"a dimension each">:$stride,
                        Neuro_Ints<"low for each dimension, then high">:$padding);
}

def Neuro_ComposeAttr : Neuro_Connector<"Compose", "compose"> {
  let summary = "linear maps one after another";
  let description = [{
    The maps of the list, first one first; each result starts from zero, and only the last is added to
    the target's port. The shape between two maps is what the first produces. Only deterministic
    connectors may be composed.
    Example: `#neuro.compose<maps = [#neuro.pool<...>, #neuro.dense<...>]>`.
  }];
  let parameters = (ins "::mlir::ArrayAttr":$maps);
}

//===-- sources -----------------------------------------------------------------------------------===//

def Neuro_ExternalAttr : Neuro_Attr<"External", "external"> {
  let summary = "values that the caller gives each step";
  let description = [{
    One number a neuron and step, read from the run's input (zero after its end). A spike is a 1.
  }];
}

def Neuro_SpikeTrainsAttr : Neuro_Attr<"SpikeTrains", "spike_trains"> {
  let summary = "spikes at given steps";
  let description = [{
    Spike k is emitted by neuron `neurons[k]` in step `steps[k]`; steps ascend, several at once add up.
    Example: `#neuro.spike_trains<steps = dense<[3, 8]> : tensor<2xi64>, neurons = dense<[0, 1]> : tensor<2xi64>>`.
  }];
  let parameters = (ins Neuro_Weights<"ascending">:$steps, Neuro_Weights<"one a spike">:$neurons);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
}

def Neuro_PoissonAttr : Neuro_Attr<"Poisson", "poisson"> {
  let summary = "independent Poisson processes";
  let description = [{
    Each neuron emits in each step a count that is Poisson distributed with mean `rate dt` (`rate` in Hz, one
    float or one a neuron): the least k with `u <= sum_{n<=k} exp(-m) m^n / n!`, u from Philox4x32-10 (`neuro_r5`).
    Example: `#neuro.poisson<rate = 20.0>`.
  }];
  let parameters = (ins Neuro_Weights<"in Hz">:$rate);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
}

def Neuro_CurrentAttr : Neuro_Attr<"Current", "current"> {
  let summary = "a current that is constant between given steps";
  let description = [{
    From step `starts[k]` until the next start each neuron emits `values[k]` (or `values[k, i]`); zero before the
    first start. Example: `#neuro.current<starts = [0, 1000], values = dense<[0.5, 0.0]> : tensor<2xf64>>`.
  }];
  let parameters = (ins Neuro_Ints<"ascending steps">:$starts,
                        Neuro_Weights<"one a start, or starts by neurons">:$values);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
}

#endif // ENGRAM_NEURO_ATTRS_TD
