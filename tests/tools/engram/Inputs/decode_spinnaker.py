"""Makes a random network, has it compiled for a SpiNNaker machine, and reads it back from the files alone.

usage: decode_spinnaker.py ENGRAM FOLDER SEED TARGET

Knows nothing of Engram but the layouts in docs/spinnaker.md. Every synapse (source, target, port, weight, delay), every
bias and every initial state that was written into the text has to come out, and nothing else; every packet has to reach
just the cores that hold its synapses.
"""

import json
import random
import struct
import subprocess
import sys
from collections import Counter
from pathlib import Path

MODEL = """
neuro.model @Two {
  %leak = parameter "leak" = 0.5 : !fx.uq<0,8>
  %v = state "v" = 0.0 : !fx.q<8,8>
  %w = state "w" : !fx.q<12,20>
  %x = state "x" : !fx.q<20,28>
  %exc = input "exc" : !fx.q<10,8>
  %inh = input "inh" : !fx.q<12,6>
  update {
    %d = fx.mul %v, %leak floor : !fx.q<8,8>, !fx.uq<0,8> -> !fx.q<8,8>
    %e = fx.convert %exc nearest_even : !fx.q<10,8> -> !fx.q<8,8>
    %i = fx.convert %inh nearest_even : !fx.q<12,6> -> !fx.q<8,8>
    %a = fx.add %d, %e : !fx.q<8,8>
    %b = fx.sub %a, %i : !fx.q<8,8>
    assign %v, %b : !fx.q<8,8>
  }
  fire {
    %one = fx.constant 1.0 : !fx.q<8,8>
    %z = fx.cmp gt, %v, %one : !fx.q<8,8>
    yield %z : i1
  }
}
"""


def dense(values, type):
    body = "[" + ", ".join("[" + ", ".join(map(str, row)) + "]" if isinstance(row, list) else str(row) for row in values) + "]"
    shape = f"{len(values)}x{len(values[0])}" if isinstance(values[0], list) else str(len(values))
    return f"dense<{body}> : tensor<{shape}x{type}>"


def make(rng):
    """The text of a network, its synapses as a Counter, biases and initial states."""
    sizes = {"p": rng.randint(257, 420), "q": rng.randint(1, 60), "r": rng.randint(100, 300)}
    sources = {"s": rng.randint(1, 300), "t": rng.randint(1, 40)}
    synapses, biases, states, lines = Counter(), {}, {}, []
    # From 1 on, so that delays stay as they are; a source with 16 steps sends a tick later than one with 15.
    delays_of = {"s": (1, 15), "t": (1, 16)}
    for name, n in sources.items():
        lines.append(f"  source @{name} [{n}] is #neuro.external as !fx.q<4,4>")
    for name, n in sizes.items():
        start = [rng.randint(-2000, 2000) / 256 for _ in range(n)]
        wide = rng.randint(-(1 << 30), 1 << 30) / 2**20
        widest = rng.randint(-(1 << 46), 1 << 46) / 2**28
        states[name] = {"v": start, "w": [wide] * n, "x": [widest] * n}
        lines.append(f"  population @{name} [{n}] of @Two initial {{v = {dense(start, 'f64')}, w = {wide}, x = {widest}}}")
    number = 0
    for source, m in {**sources, **sizes}.items():
        for target, n in sizes.items():
            if rng.random() < 0.3:
                continue
            number += 1
            port, fraction = rng.choice([("exc", 8), ("inh", 6)])
            low, high = delays_of.get(source, (1, 16))
            # Sources put out numbers with 4 fraction bits, neurons spikes; so the port has room for these of the weights.
            bits = fraction - (4 if source in sources else 0) - rng.randint(0, 1)
            weight = lambda: rng.choice([-1, 1]) * rng.randint(1, 7) / 2**bits
            count = 12 * n // max(1, n // 40)
            pairs = sorted((rng.randrange(m), rng.randrange(n)) for _ in range(min(count, 3 * m)))
            rows = [0] * (m + 1)
            for j, _ in pairs:
                rows[j + 1] += 1
            for j in range(m):
                rows[j + 1] += rows[j]
            weights, delays = [weight() for _ in pairs], [rng.randint(low, high) for _ in pairs]
            if not pairs:
                continue
            for (j, i), w, d in zip(pairs, weights, delays):
                synapses[source, j, target, i, port, w, d] += 1
            bias = ""
            if rng.random() < 0.4:
                values = [rng.randint(-8, 8) / 2**fraction for _ in range(n)]
                biases[number] = (target, port, delays[0], values)
                bias = f" bias {dense(values, 'f64')}"
            lines.append(
                f"  projection @e{number} from @{source} to @{target} port \"{port}\" via #neuro.csr<row_starts = {dense(rows, 'i64')}, "
                f"targets = {dense([i for _, i in pairs], 'i64')}, weights = {dense(weights, 'f64')}> as !fx.q<8,{bits}>"
                f"{bias} delay steps {dense(delays, 'i64')}"
            )
    text = MODEL + "neuro.network @net dt = 1.0 ms seed = 5 {\n" + "\n".join(lines) + "\n}\n"
    return text, synapses, biases, states


class Core:
    """Data of a core as docs/spinnaker.md has it."""

    def __init__(self, folder, entry):
        self.place, self.bytes = tuple(entry["at"]), (folder / entry["data"]).read_bytes()
        h = struct.unpack_from("<64I", self.bytes)
        assert h[0] == 0x4E475345 and h[1] == 2, "no header"
        self.kind, self.flags, self.neurons, self.lag = h[2], h[3], h[4], h[7]
        self.key = h[9]
        (self.ports, self.stride, self.record_words, self.records) = h[15:19]
        assert self.kind == 1 or self.neurons <= self.stride <= 256
        self.biases = [self.words(h[22] + 16 * k, 4) for k in range(h[21])]
        self.entries, self.table, self.block_table, self.rows = h[24], h[25], h[27], h[28]
        self.types = [h[32 + 2 * k : 34 + 2 * k] for k in range(16)]

    def words(self, offset, count):
        return struct.unpack_from(f"<{count}I", self.bytes, offset)

    def entry_of(self, key):
        found = [e for e in (self.words(self.table + 16 * k, 4) for k in range(self.entries)) if key & e[1] == e[0]]
        assert len(found) <= 1, f"two entries for {key:#x}"
        return found[0] if found else None

    def synapses_of(self, key):
        """(neuron, port, weight in steps of the port, delay of the row) of each synapse."""
        first_key, _, neurons, blocks = self.entry_of(key)
        assert key - first_key < neurons, f"no row for {key:#x}"
        result = []
        if self.flags & 2:
            return self.local_synapses_of(key - first_key, blocks & 0xFFFF, blocks >> 16)
        for block in range(blocks & 0xFFFF, (blocks & 0xFFFF) + (blocks >> 16)):
            offset, words = self.words(self.block_table + 8 * block, 2)
            place = self.rows + offset + 4 * words * (key - first_key)
            plastic, fixed, control = self.words(place, 3)
            assert plastic == control == 0 and fixed + 3 <= words <= 256
            result += [self.synapse(word) for word in self.words(place + 12, fixed)]
        return result

    def synapse(self, word):
        weight = (word >> 16) - (1 << 16 if word >> 31 else 0)
        port, shift = self.types[word >> 8 & 15]
        return (word & 255, port, weight << shift, (word >> 12 & 15) + 1)

    def local_synapses_of(self, neuron, first, count):
        starts = [self.words(self.block_table + 8 * k, 2) for k in range(first, first + count + 1)]
        neurons = [n for n, _ in starts[:-1]]
        assert neurons == sorted(set(neurons))
        if neuron not in neurons:
            return []
        k = neurons.index(neuron)
        place = self.rows + 4 * starts[k][1]
        return [self.synapse(word) for word in self.words(place, starts[k + 1][1] - starts[k][1])]


def read_tables(folder, manifest):
    wide = manifest["machine"]["version"] == 2
    tables = {}
    for chip in manifest["chips"]:
        data = (folder / chip["table"]).read_bytes()
        size = 32 if wide else 16
        records = [data[k : k + size] for k in range(0, len(data), size)]
        assert records[-1] == b"\xff" * size and len(records) == chip["entries"] + 1
        table = []
        for record in records[:-1]:
            route = int.from_bytes(record[4:-8], "little")
            table.append((*struct.unpack("<2I", record[-8:]), route))
        tables[tuple(chip["at"])] = table
    return tables


def deliver(tables, manifest, chip, key):
    """The cores that a packet reaches, each once."""
    machine, reached = manifest["machine"], []
    steps = [(1, 0), (1, 1), (0, 1), (-1, 0), (-1, -1), (0, -1)]
    absent = {tuple(a) for a in machine["absent"]}
    waiting, hops = [(chip, None)], 0
    while waiting:
        (x, y), came = waiting.pop()
        hops += 1
        assert hops < 10000, "a packet goes round"
        route = next((r for k, m, r in tables.get((x, y), []) if key & m == k), None)
        if route is None:
            assert came is not None and manifest["default_routes"], f"{key:#x} has no route at {x, y}"
            route = 1 << (came + 3) % 6
        for link in range(6):
            if route >> link & 1:
                to = (x + steps[link][0], y + steps[link][1])
                if machine["wraps"]:
                    to = (to[0] % machine["width"], to[1] % machine["height"])
                assert 0 <= to[0] < machine["width"] and 0 <= to[1] < machine["height"] and to not in absent
                waiting.append((to, (link + 3) % 6))
        for p in range(machine["cores_per_chip"]):
            if route >> 7 + p & 1:
                reached.append((x, y, p))
    assert len(set(reached)) == len(reached), "a core is reached twice"
    return set(reached)


def indices(part):
    ranges = part["ranges"]
    return [i for k in range(0, len(ranges), 2) for i in range(ranges[k], ranges[k + 1])]


def main():
    engram, folder, seed, target = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    text, wanted, biases, states = make(random.Random(seed))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "net.mlir").write_text(text)
    package = folder / "net.spin"
    method = "random" if seed % 2 else "engram"
    subprocess.run([engram, "compile", folder / "net.mlir", f"--target={target}", f"--partition={method}", f"--mapping-seed={seed}",
                    "-o", package], check=True)
    manifest = json.loads((package / "manifest.json").read_text())
    cores = [Core(package, entry) for entry in manifest["cores"]]
    at = {core.place: core for core in cores}
    assert len(at) == len(cores)
    tables = read_tables(package, manifest)

    # Who a neuron of a core is, and which ports it has.
    neuron_of, ports = {}, {}
    for population in manifest["populations"]:
        seen = []
        for part in population["parts"]:
            core = cores[part["core"]]
            neuron_of[core.place] = [(population["name"], i) for i in indices(part)]
            ports[core.place] = population["ports"]
            seen += indices(part)
            assert len(indices(part)) == core.neurons
            for state in population["states"]:
                for n, i in enumerate(indices(part)):
                    place = core.records + 4 * (n * core.record_words + state["word"])
                    raw = struct.unpack_from("<q" if state["bits"] > 32 else "<i", core.bytes, place)[0]
                    assert raw / 2 ** state["fraction_bits"] == states[population["name"]][state["name"]][i], (population["name"], i)
        assert sorted(seen) == list(range(population["neurons"]))

    # Who sends which key: (name, neuron) to (chip, key, fraction bits of a payload, steps ahead).
    senders = {}
    for population in manifest["populations"]:
        for part in population["parts"]:
            core = cores[part["core"]]
            if core.flags & 1:
                for n, i in enumerate(indices(part)):
                    senders[population["name"], i] = (core.place[:2], core.key + n, 0, 0)
    for source in manifest["sources"]:
        for part in source["parts"]:
            core = cores[part["core"]]
            words = {}
            for k in range(core.entries):
                key, first, neurons, _ = core.words(core.table + 16 * k, 4)
                words.update({first + n: key + n for n in range(neurons)})
            for n, i in enumerate(indices(part)):
                senders[source["name"], i] = (core.place[:2], words[part["first_word"] + n], source["fraction_bits"], 1 - core.lag)
    keys = [key for _, key, _, _ in senders.values()]
    assert len(set(keys)) == len(keys), "two neurons have one key"

    found = Counter()
    for (name, j), (chip, key, fraction, ahead) in senders.items():
        reached = deliver(tables, manifest, chip, key)
        assert reached == {place for place, core in at.items() if core.kind == 0 and core.entry_of(key)}, f"{key:#x}"
        for place in reached:
            for neuron, port, weight, delay in at[place].synapses_of(key):
                population, i = neuron_of[place][neuron]
                to = ports[place][port]
                found[name, j, population, i, to["name"], weight * 2.0 ** (fraction - to["fraction_bits"]), delay - ahead] += 1
    assert found == wanted, f"missing {list((wanted - found).items())[:5]}, too many {list((found - wanted).items())[:5]}"

    expected, got = Counter(), Counter()
    for population, port, step, values in biases.values():
        for i, value in enumerate(values):
            expected[population, i, port, step] += value
    for place, neurons in neuron_of.items():
        for step, port, offset, _ in at[place].biases:
            raws = struct.unpack_from(f"<{len(neurons)}i", at[place].bytes, offset)
            for (population, i), raw in zip(neurons, raws):
                got[population, i, ports[place][port]["name"], step] += raw / 2 ** ports[place][port]["fraction_bits"]
    nonzero = lambda counts: {k: v for k, v in counts.items() if v}
    assert nonzero(expected) == nonzero(got), "biases differ"
    print(f"{sum(found.values())} synapses, {len(senders)} keys, {len(cores)} cores, {len(tables)} tables: as requested")


main()
