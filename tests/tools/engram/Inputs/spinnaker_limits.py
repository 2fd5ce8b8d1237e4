"""Networks that a SpiNNaker core cannot hold, each just above one limit: what 'engram compile' says.

usage: spinnaker_limits.py ENGRAM FOLDER
"""

import re
import subprocess
import sys
from pathlib import Path

TARGET = """
module attributes {{ncore.target = #ncore.target<name = "{name}", topology = hexagonal, grid = [1, 1], cores_per_router = {cores},
    neurons = 256, populations = 1, own_programs = true, delay_slots = 17, table_entries = {entries}, key_bits = 32, source_cores = {sources}>}} {{
}}
"""


def model(states, inputs=1, format="!fx.q<8,8>"):
    text = "neuro.model @M {\n"
    for k in range(inputs):
        text += f'  %i{k} = input "i{k}" : {format}\n'
    for k in range(states):
        text += f'  %s{k} = state "s{k}" : {format}\n'
    text += "  update {\n"
    text += f"    %sum0 = fx.add %i0, %s0 : {format}\n"
    for k in range(1, inputs):
        text += f"    %sum{k} = fx.add %sum{k - 1}, %i{k} : {format}\n"
    for k in range(states):
        text += f"    assign %s{k}, %sum{inputs - 1} : {format}\n"
    text += "  }\n  fire {\n"
    text += f"    %zero = fx.constant 0.0 : {format}\n    %z = fx.cmp gt, %s0, %zero : {format}\n    yield %z : i1\n  }}\n}}\n"
    return text


def network(lines):
    return "neuro.network @net dt = 1.0 ms {\n" + "\n".join("  " + line for line in lines) + "\n}\n"


def projection(name, delay="delay 1", port="i0", bits=4, source="a", weight=None):
    weight = weight or 1 / 2**bits
    return f'projection @{name} from @{source} to @a port "{port}" via #neuro.one_to_one<weight = {weight}> as !fx.q<4,{bits}> {delay}'


def long_program(products):
    text = 'neuro.model @M {\n  %i0 = input "i0" : !fx.q<8,8>\n  %s0 = state "s0" : !fx.q<8,8>\n  update {\n    %v0 = fx.add %i0, %s0 : !fx.q<8,8>\n'
    for k in range(products):
        text += f"    %c{k} = fx.constant {(k % 250 + 257) / 256} : !fx.q<8,8>\n"
        text += f"    %v{k + 1} = fx.mul %v{k}, %c{k} nearest_even : !fx.q<8,8>, !fx.q<8,8> -> !fx.q<8,8>\n"
    return text + f"    assign %s0, %v{products} : !fx.q<8,8>\n  }}\n}}\n"


def long_row(sources):
    starts = [0] + [250] * sources
    return ('projection @e from @s to @a port "i0" via #neuro.csr<row_starts = dense<' + str(starts) + f"> : tensor<{sources + 1}xi64>, "
            f"targets = dense<{list(range(250))}> : tensor<250xi64>, weights = dense<0.25> : tensor<250xf64>> as !fx.q<4,4> delay steps dense<1> : tensor<250xi64>")


def cases():
    yield ("memory", model(60) + network(["population @a [256] of @M", projection("e")]), {},
           r"'ncore.core' op at \(0, 0, 0\) needs (\d+) bytes of data memory, limit is 61440.*of these: sums 16384, states 61440")
    # 2,500 products of different constants, each rounded: some 20 bytes of code.
    yield ("code", long_program(2500) + network(["population @a [3] of @M", projection("e")]), {},
           r"'ncore.core' op at \(0, 0, 0\) needs (\d{5,}) bytes of program memory for 'M', limit is 32768")
    # One row of 250 synapses makes all 125,000 of the source as long: 253 words each.
    yield ("sdram", model(1) + network(["source @s [125000] is #neuro.external as !fx.q<4,4>", "population @a [250] of @M", long_row(125000)]), {},
           r"chip \(0, 0\) needs (158\d{6}) bytes of memory, limit is 123469792.*of these: 'c0' at \(0, 0, 0\) 126\d{6}")
    yield ("ports", model(1, 5) + network(["population @a [4] of @M"] + [projection(f"e{k}", port=f"i{k}") for k in range(5)]), {},
           "model 'M' needs 5 ports, limit is 4")
    types = [projection(f"e{p}{b}", port=f"i{p}", bits=b) for p in range(4) for b in range(1, 6)]
    yield ("types", model(1, 4) + network(["population @a [4] of @M"] + types), {}, "needs 20 types of synapses, limit is 16")
    fed = ["source @s [4] is #neuro.external as !fx.q<4,4>", "population @a [4] of @M", projection("e0", "", source="s")]
    yield ("cores", model(1) + network(fed), {"cores": 1}, r"'ncore.host' op needs 1 free cores at \(0, 0\) for its sources, limit is 0")
    yield ("reserved", model(1) + network(fed), {"cores": 2, "sources": 2}, "the network needs 1 cores, limit is 0|at least one core|needs 1 core")
    floats = "neuro.model @M {\n  %i = input \"i0\"\n  %s = state \"v\" = 0.0\n  update {\n    assign %s, %i : f64\n  }\n}\n"
    yield ("floats", floats + network(["population @a [4] of @M", projection("e", bits=2)]), {},
           "model 'M' has 'v' in floating-point numbers, which cores do not have; run neuro-quantize")
    wide = "neuro.model @M {\n  %i = input \"i0\" : !fx.q<36,4>\n  emit {\n    yield %i : !fx.q<36,4>\n  }\n}\n"
    yield ("payload", wide + network(["population @a [4] of @M", "source @s [4] is #neuro.external as !fx.q<4,4>",
                                      projection("e", bits=0, source="s", weight=1.0)]), {},
           "model 'M' puts out numbers of 40 bits, limit is 32, the payload of a packet")


def main():
    engram, folder = sys.argv[1], Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    seen = 0
    for name, text, limits, expected in cases():
        path, target = folder / f"{name}.mlir", folder / f"{name}-target.mlir"
        path.write_text(text)
        target.write_text(TARGET.format(**{"name": name, "cores": 17, "entries": 1023, "sources": 0, **limits}))
        run = subprocess.run([engram, "compile", path, f"--target={target}", "-o", folder / f"{name}.spin"], capture_output=True, text=True)
        assert run.returncode == 1, f"{name}: exit code {run.returncode}\n{run.stderr[:2000]}"
        assert re.search(expected, run.stderr, re.S), f"{name}: {run.stderr[:2000]}"
        assert not (folder / f"{name}.spin").exists(), name
        seen += 1
    print(f"{seen} networks refused")


main()
