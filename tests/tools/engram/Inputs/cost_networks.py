# Networks of one core, the cycles that the compiler expects of a step, and those that the verilated chip takes.
#   cost_networks.py predict ENGRAM FOLDER    every network: 'compile --check' within a tenth of the chip
#   cost_networks.py choose ENGRAM FOLDER     networks with and without crossbars: '--crossbar=auto' takes what is faster
import json, os, random, subprocess, sys

CELL = """
neuro.model @Cell {
  %leak = parameter "leak" = 0.75
  %theta = parameter "theta" = 1.0
  %v = state "v" = 0.0
  %I = input "I"
  update {
    %0 = arith.mulf %leak, %v : f64
    %1 = arith.addf %0, %I : f64
    assign %v, %1 : f64
  }
  fire {
    %z = arith.cmpf ogt, %v, %theta : f64
    yield %z : i1
  }
  reset {
    %zero = arith.constant 0.0 : f64
    assign %v, %zero : f64
  }
}
"""

def matrix(seed, rows, columns, size, kernel=""):
    rng = random.Random(seed)
    line = lambda n: "[" + ", ".join(f"{rng.uniform(-size, size):.4f}" for _ in range(n)) + "]"
    if not kernel:
        return "dense<[" + ", ".join(line(columns) for _ in range(rows)) + f"]> : tensor<{rows}x{columns}xf64>"
    maps = ", ".join("[" + ", ".join("[" + ", ".join(line(kernel) for _ in range(kernel)) + "]" for _ in range(columns)) + "]"
                     for _ in range(rows))
    return f"dense<[{maps}]> : tensor<{rows}x{columns}x{kernel}x{kernel}xf64>"

def network(*lines):
    return CELL + "neuro.network @net dt = 1.0 ms seed = 7 {\n  " + "\n  ".join(lines) + "\n}\n"

def dense(name, source, n, target, m, size, delay=1):
    return f"projection @{name} from @{source} to @{target} via #neuro.dense<weights = {matrix(name, m, n, size)}> delay {delay}"

def layers(inputs, hidden, outputs, rate):
    return network(f"source @in [{inputs}] is #neuro.poisson<rate = {rate}>", f"population @a [{hidden}] of @Cell",
                   f"population @b [{outputs}] of @Cell", dense("in_a", "in", inputs, "a", hidden, 0.4),
                   dense("a_b", "a", hidden, "b", outputs, 0.4))

def recurrent(model, rate, parameters=""):
    return network(f"source @in [100] is #neuro.poisson<rate = {rate}>", f"population @e [160] of @{model}{parameters}",
                   f"population @i [40] of @{model}{parameters}",
                   "projection @in_e from @in to @e via #neuro.fixed_probability<probability = 0.2, weight = 0.5> delay 1",
                   "projection @e_i from @e to @i via #neuro.fixed_indegree<indegree = 20, weight = 0.3> delay 2",
                   "projection @e_e from @e to @e via #neuro.fixed_probability<probability = 0.1, weight = 0.2> delay 3",
                   "projection @i_e from @i to @e via #neuro.fixed_probability<probability = 0.3, weight = -0.4> delay 1")

NETWORKS = {
    "few neurons": (layers(10, 4, 3, 200), []),
    "dense, few spikes": (layers(100, 100, 60, 20), []),
    "dense, many spikes": (layers(200, 150, 100, 400), []),
    "sparse, loops": (recurrent("Cell", 100), []),
    "leaky cells of the library": (recurrent("LIF", 200, " parameters {tau = 4.0}"), []),
    "random cells": (network("source @in [60] is #neuro.poisson<rate = 100.0>",
                             "population @a [80] of @StochasticLIF parameters {tau = 4.0}",
                             "projection @p from @in to @a via #neuro.fixed_probability<probability = 0.3, weight = 0.5> delay 1"), []),
    "convolution": (network("source @in [1, 12, 12] is #neuro.poisson<rate = 100.0>", "population @a [2, 10, 10] of @Cell",
                            "population @b [10] of @Cell",
                            f"projection @in_a from @in to @a via #neuro.conv<weights = {matrix(3, 2, 1, 0.6, 3)}, stride = [1, 1], padding = [0, 0, 0, 0], dilation = [1, 1], groups = 1> delay 0",
                            "projection @a_b from @a to @b via #neuro.all_to_all<weight = 0.05> delay 1"), []),
    "one to one": (network("source @in [200] is #neuro.poisson<rate = 300.0>", "population @a [200] of @Cell",
                           "projection @p from @in to @a via #neuro.one_to_one<weight = 1.5> delay 1",
                           "projection @q from @a to @a via #neuro.one_to_one<weight = -0.5> delay 2"), []),
    "crossbars": (layers(120, 110, 60, 150), ["--crossbar=all"]),
    "crossbars, few spikes": (layers(120, 110, 20, 5), ["--crossbar=all"]),
    "noisy crossbars": (layers(120, 110, 60, 100), ["--crossbar=all", "--device=pcm", "--read-noise=on"]),
    "rows and crossbars": (layers(120, 110, 60, 300), ["--crossbar=a_b"]),
}

# Many spikes into many neurons are for crossbars, few or short rows are not.
CHOICES = {
    "busy": (layers(120, 110, 100, 400), []),
    "busy input": (layers(128, 128, 20, 600), []),
    "wide": (layers(100, 128, 128, 250), []),
    "quiet": (layers(120, 110, 60, 2), []),
    "narrow": (layers(120, 8, 6, 100), []),
    "noisy": (layers(120, 60, 40, 200), ["--device=pcm", "--read-noise=on"]),
}

engram, folder = sys.argv[2:4]

def call(*arguments):
    done = subprocess.run([engram, *arguments], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(arguments)}: {done.stderr}")
    return done.stdout

def write(name, text):
    path = os.path.join(folder, name.replace(" ", "_").replace(",", "") + ".mlir")
    with open(path, "w") as file:
        file.write(text)
    return path, ["--target=engram-a1-1x1", "--quantize=8"]

def measure(name, text, options, steps=200):
    path, usual = write(name, text)
    populations = [word[1:] for line in text.split("\n") for word in line.split()[1:2] if line.strip().startswith("population")]
    files = [os.path.join(folder, f"{p}.csv") for p in populations]
    outputs = sum((["--output", f"{p}:spikes={f}"] for p, f in zip(populations, files)), [])
    run = json.loads(call("run", path, *usual, *options, "--model", "rtl", "--steps", str(steps), "--json", *outputs))
    counters = run["counters"]
    return counters["cycles"] / counters["steps"], files

def predict(name, text, options, files):
    path, usual = write(name, text)
    check = json.loads(call("compile", path, *usual, *options, "--check", "--json", "--rates", ",".join(files)))
    return check["cycles_per_step"], [p["name"] for p in check.get("crossbars", {}).get("projections", [])]

failed = False
if sys.argv[1] == "predict":
    for name, (text, options) in NETWORKS.items():
        measured, files = measure(name, text, options)
        predicted, _ = predict(name, text, options, files)
        good = abs(predicted - measured) <= 0.1 * measured
        failed |= not good
        print(f"{'' if good else 'WRONG '}{name}: {measured:.0f} cycles a step, predicted {predicted:.0f}, {predicted / measured - 1:+.1%}")
else:
    for name, (text, options) in CHOICES.items():
        cycles = {}
        for choice in ("none", "in_a", "a_b", "all"):
            cycles[choice], files = measure(name, text, [f"--crossbar={choice}", *options])
        # The compiler sees the rates as 'neuro.rates'.
        rated = text
        for population, size in (("a", 0), ("b", 0)):
            neurons = int(text.split(f"population @{population} [")[1].split("]")[0])
            with open(os.path.join(folder, f"{population}.csv")) as file:
                spikes = len(file.readlines()) - 1
            rate = spikes / 0.2 / neurons
            rated = rated.replace(f"population @{population} [{neurons}] of @Cell", f"population @{population} [{neurons}] of @Cell {{neuro.rates = {rate:.3f}}}")
        _, taken = predict(name, rated, ["--crossbar=auto", *options], files)
        chosen = {(): "none", ("in_a",): "in_a", ("a_b",): "a_b", ("in_a", "a_b"): "all"}[tuple(sorted(taken, key=["in_a", "a_b"].index))]
        best = min(cycles.values())
        # What is chosen is the fastest, or differs from it by less than a hundredth.
        good = cycles[chosen] <= 1.01 * best
        failed |= not good
        print(f"{'' if good else 'WRONG '}{name}: auto takes {chosen}; " + ", ".join(f"{k} {v:.0f}" for k, v in cycles.items()) + " cycles a step")
print("wrong" if failed else "right")
