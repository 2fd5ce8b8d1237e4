#!/usr/bin/env python3
"""Area and depth of the blocks of rtl/, by Yosys: ./dev synth [BLOCK...] prints a row of a table for each; without a BLOCK
those of a whole chip, in some minutes. 'chip' is the mesh of one tile.

Blocks are mapped one by one and never joined before, only with their own small modules, so that what a block has is the
sum of its blocks, and the time is theirs too. Memories with a synchronous read port stay memories, all others become
flip-flops; the rest is mapped to gates of two inputs, inverters and multiplexers. The longest path counts such gates between
registers, ports and memories, through all modules of a block. '--fpga' places one block on an iCE40 with nextpnr instead.
"""

import argparse
import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile

RTL = pathlib.Path(__file__).resolve().parent.parent

# What a chip is made of, inner ones first. Where a module is there in several sizes, a row shows the largest.
BLOCKS = (
    "fifo rr_arbiter router barrier keymap row_engine ring_bank ring xbar_drive xbar_converter xbar_convert xbar delivery "
    "multiplier alu philox neuron_engine core_regs core tile loader host chip"
).split()
# What these are parts of, with all links of a router, and the parameters that are not the modules' own.
TOPS = {"tile": "", "chip": "#(.Columns(1), .Rows(1))"}
MACRO = "engram_xbar_array"  # analog: no body for synthesis
# Without what solves for equal signals, which does not end on multipliers.
ABC = "+strash;dc2;dc2;strash;map"
NEXTPNR_SECONDS = 1500


def sources():
    packages = [RTL / "engram_pkg.sv", RTL / "engram_chip_pkg.sv"]
    return [str(f) for f in packages + sorted(set(RTL.glob("*.sv")) - set(packages))]


def yosys(script, folder):
    log = folder / "yosys.log"
    (folder / "script.ys").write_text(script.replace("; ", "\n") + "\n")
    process = subprocess.run(["yosys", "-q", "-l", str(log), "-s", str(folder / "script.ys")], capture_output=True, text=True)
    if process.returncode:
        sys.exit("synth: yosys failed:\n" + process.stdout[-2000:] + process.stderr[-2000:])
    return log.read_text()


def read(top):
    return f"read_verilog -sv -noassert -noassume {' '.join(sources())}; hierarchy -check -top {top}"


def block_of(module):
    """ 'ring' of '$paramod$...\\engram_ring'; None for what is no module of ours."""
    match = re.search(r"engram_(\w+)", module)
    return match and match[1]


def number(text):
    return int(text, 2)


class Netlist:
    """The modules of some blocks, mapped to gates: how many a module has by itself, and which other modules."""

    def __init__(self, blocks, folder):
        self.folder = folder
        wrapper = "".join(f"  engram_{b} {TOPS.get(b, '')} u_{b} ();\n" for b in blocks)
        (folder / "all.v").write_text(f"module all;\n{wrapper}endmodule\n")
        kept = " ".join(f"*engram_{b} *engram_{b}\\\\*" for b in dict.fromkeys([*BLOCKS, *blocks]))
        yosys(f"read_verilog -sv -noassert -noassume {' '.join(sources())}; read_verilog {folder}/all.v; "
              f"hierarchy -check -top all; proc; chformal -remove; setattr -mod -set keep_hierarchy 1 {kept}; flatten; "
              f"opt -fast; wreduce; peepopt; opt_clean; alumacc; opt -fast; memory -nomap; opt_clean; "
              f"write_rtlil {folder}/coarse.il; write_json {folder}/coarse.json", folder)
        modules = json.loads((folder / "coarse.json").read_text())["modules"]
        self.memories = {name: [] for name in modules}  # (words, bits, read ports, write ports) of what stays one
        mapped = []
        for name, module in modules.items():
            for cell, content in module["cells"].items():
                if content["type"] != "$mem_v2":
                    continue
                parameters = content["parameters"]
                reads, writes = number(parameters["RD_PORTS"]), number(parameters["WR_PORTS"])
                if writes and parameters["RD_CLK_ENABLE"][-reads:].count("1") == reads <= 2:
                    self.memories[name].append((number(parameters["SIZE"]), number(parameters["WIDTH"]), reads, writes))
                else:
                    # Brackets would be patterns.
                    mapped.append(f"memory_map {name}/c:{re.sub('[^a-zA-Z0-9_.]', '?', cell)}; ")
        yosys(f"read_rtlil {folder}/coarse.il; {''.join(mapped)}opt -fast; techmap; opt -fast; abc -g gates -script {ABC}; opt_clean; "
              f"write_rtlil {folder}/fine.il; tee -q -o {folder}/stat.txt stat", folder)
        self.cells = {}
        for section in re.split(r"^=== ", (folder / "stat.txt").read_text(), flags=re.M)[1:]:
            name, _, text = section.partition(" ===")
            counts = re.findall(r"^     (\S+) +(\d+)$", text, re.M)
            self.cells[name] = {kind: int(count) for kind, count in counts}
        del self.cells["design hierarchy"]

    def named(self, block):
        """The module of a block; the one with the most gates and flip-flops if there are several."""
        return max((m for m in self.cells if block_of(m) == block), key=lambda m: sum(self.area(m)[:2]), default=None)

    def area(self, module):
        gates = registers = 0
        memories = list(self.memories.get(module, []))
        for kind, count in self.cells[module].items():
            if kind in self.cells:
                inner = self.area(kind)
                gates, registers = gates + count * inner[0], registers + count * inner[1]
                memories += count * inner[2]
            elif "DFF" in kind:
                registers += count
            elif kind.startswith("$_"):
                gates += count
        return gates, registers, memories

    def path(self, module):
        # A memory or macro begins and ends paths.
        log = yosys(f"read_rtlil {self.folder}/fine.il; hierarchy -top {module}; "
                    f"setattr -mod -unset keep_hierarchy *; flatten; delete t:$mem_v2 t:*{MACRO}*; ltp -noff", self.folder)
        found = re.search(r"Longest topological path in \S+ \(length=(\d+)\)", log)
        return int(found[1]) if found else 0

    def memory_rows(self, module):
        rows = collections.Counter((block_of(module), *memory) for memory in self.memories[module])
        for kind, count in self.cells[module].items():
            if kind in self.memories and kind in self.cells:
                for row, times in self.memory_rows(kind).items():
                    rows[row] += count * times
        return rows


def print_areas(blocks, folder):
    netlist = Netlist(blocks or TOPS, folder)
    print("| block | gates | flip-flops | memories | memory bits | longest path, gates |\n|---|---|---|---|---|---|")
    for block in blocks or BLOCKS:
        module = netlist.named(block)
        gates, registers, memories = netlist.area(module)
        bits = sum(words * width for words, width, _, _ in memories)
        print(f"| {block} | {gates:,} | {registers:,} | {len(memories)} | {bits:,} | {netlist.path(module)} |", flush=True)
    whole = netlist.named((blocks or ["chip"])[-1])
    rows = netlist.memory_rows(whole)
    if rows:
        print(f"\n| memories of the {block_of(whole)} in | number | words | bits | read ports | write ports |\n|---|---|---|---|---|---|")
    for (owner, words, width, reads, writes), count in sorted(rows.items()):
        print(f"| {owner} | {count} | {words:,} | {width} | {reads} | {writes} |")


def wrapper(top, folder):
    """A module that drives a block's inputs from a chain of flip-flops and gathers its outputs in one, as pins are few."""
    yosys(f"{read(top)}; proc; write_json {folder}/ports.json", folder)
    ports = json.loads((folder / "ports.json").read_text())["modules"][top]["ports"]
    inputs = {n: len(p["bits"]) for n, p in ports.items() if p["direction"] == "input" and n not in ("clk_i", "rst_ni")}
    outputs = {n: len(p["bits"]) for n, p in ports.items() if p["direction"] == "output"}
    pins, wires, low = [], [], 0
    for name, bits in inputs.items():
        pins.append(f".{name}(in_q[{low} +: {bits}])")
        low += bits
    for name, bits in outputs.items():
        wires.append(f"  wire [{bits - 1}:0] {name};")
        pins.append(f".{name}({name})")
    out = ", ".join(outputs)
    width = sum(outputs.values())
    for name in ("clk_i", "rst_ni"):
        if name in ports:
            pins.append(f".{name}({name})")
    lines = [
        "module wrapper (input wire clk_i, input wire rst_ni, input wire in_i, output wire out_o);",
        f"  reg [{low - 1}:0] in_q;", f"  reg [{width - 1}:0] out_q;", "  reg last_q;", *wires,
        f"  {top} u_block ({', '.join(pins)});", "  always @(posedge clk_i) begin",
        f"    in_q <= {{in_q[{low - 2}:0], in_i}};", f"    out_q <= {{{out}}};", "    last_q <= ^out_q;", "  end",
        "  assign out_o = last_q;", "endmodule",
    ]
    (folder / "wrapper.v").write_text("\n".join(lines) + "\n")


def fpga(block, folder):
    """Cells and memories of a block on an iCE40 HX8K, and its clock in MHz if it fits and could be routed in time."""
    top = "engram_" + block
    wrapper(top, folder)
    log = yosys(f"{read(top)}; read_verilog {folder}/wrapper.v; hierarchy -top wrapper; proc; "
                f"chformal -remove; synth_ice40 -top wrapper -json {folder}/wrapper.json; "
                f"stat -top wrapper", folder)
    counts = {kind: sum(map(int, re.findall(rf"^.*\b{kind} +(\d+)$", log.rpartition("Number of cells")[2], re.M)))
              for kind in ("SB_LUT4", "SB_RAM40_4K")}
    # Parts are placed for one clock; what is routed first tells how fast it is.
    try:
        process = subprocess.run(
            ["nextpnr-ice40", "--hx8k", "--package", "ct256", "--json", f"{folder}/wrapper.json", "--freq", "20", "--seed", "1",
             "--router", "router2", "--pcf-allow-unconstrained", "--timing-allow-fail"],
            capture_output=True, text=True, timeout=NEXTPNR_SECONDS)
    except subprocess.TimeoutExpired:
        return counts, f"not routed within {NEXTPNR_SECONDS} s"
    text = process.stderr
    if process.returncode:
        if "no Bels remaining" in text or "Unable to place" in text or "failed to place" in text.lower():
            return counts, "does not fit"
        sys.exit("synth: nextpnr failed:\n" + text[-2000:])
    return counts, re.findall(r"Max frequency for clock *'[^']*': ([0-9.]+) MHz", text)[-1] + " MHz"


def main():
    parser = argparse.ArgumentParser(prog="./dev synth", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fpga", action="store_true", help="the block on an iCE40 HX8K")
    parser.add_argument("blocks", nargs="*", metavar="BLOCK", help="modules without their prefix (all of a chip)")
    options = parser.parse_args()
    known = {f.stem.removeprefix("engram_") for f in RTL.glob("engram_*.sv")}
    for block in options.blocks:
        if block not in known:
            sys.exit(f"synth: there is no module 'engram_{block}' in {RTL}")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        if not options.fpga:
            print_areas(options.blocks, folder)
            return
        print("| block | LUTs of 7,680 | memories of 32 | clock |\n|---|---|---|---|")
        for block in options.blocks or ["alu"]:
            counts, clock = fpga(block, folder)
            print(f"| {block} | {counts['SB_LUT4']:,} | {counts['SB_RAM40_4K']} | {clock} |", flush=True)


main()
