#!/usr/bin/env python3
"""Area and depth of the blocks of rtl/, by Yosys: ./dev synth [BLOCK...] prints a row of a table for each.

Memories with a synchronous read port stay memories, all others become flip-flops; the rest is mapped to gates of two inputs,
inverters and multiplexers. The longest path counts such gates between registers, ports and memories. 'fpga' places one block
on an iCE40 with nextpnr instead.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

RTL = pathlib.Path(__file__).resolve().parent.parent

# Blocks that are made of others come last; a tile is what a chip has many of.
BLOCKS = (
    "fifo rr_arbiter route_table router barrier keymap row_engine ring delivery alu philox neuron_engine core_regs core tile "
    "loader host"
).split()


def sources():
    packages = [RTL / "engram_pkg.sv", RTL / "engram_chip_pkg.sv"]
    return [str(f) for f in packages + sorted(set(RTL.glob("*.sv")) - set(packages))]


def yosys(script, folder):
    log = folder / "yosys.log"
    process = subprocess.run(["yosys", "-q", "-l", str(log), "-p", script], capture_output=True, text=True)
    if process.returncode:
        sys.exit("synth: yosys failed:\n" + process.stdout[-2000:] + process.stderr[-2000:])
    return log.read_text()


def read(top):
    return f"read_verilog -sv -noassert -noassume {' '.join(sources())}; hierarchy -check -top {top}"


def memories(netlist, top):
    """Of each memory cell: its name, bits, and whether it is to become flip-flops."""
    for name, cell in netlist["modules"][top]["cells"].items():
        if cell["type"] == "$mem_v2":
            number = {key: int(value, 2) for key, value in cell["parameters"].items() if re.fullmatch("[01]+", value)}
            ports = number["RD_PORTS"]
            clocked = cell["parameters"]["RD_CLK_ENABLE"][-ports:].count("1") == ports
            yield name, number["SIZE"] * number["WIDTH"], not clocked or ports > 2


def area(block, folder):
    top = "engram_" + block
    coarse, fine = folder / "coarse.il", folder / "fine.json"
    yosys(f"{read(top)}; proc; flatten; opt -fast; wreduce; peepopt; opt_clean; alumacc; opt -fast; memory -nomap; "
          f"opt_clean; write_rtlil {coarse}; write_json {folder}/coarse.json", folder)
    found = list(memories(json.loads((folder / "coarse.json").read_text()), top))
    # Brackets would be patterns.
    mapped = "".join(f"memory_map {top}/c:{re.sub('[^a-zA-Z0-9_.]', '?', name)}; " for name, _, registers in found if registers)
    kept = [bits for _, bits, registers in found if not registers]
    log = yosys(f"read_rtlil {coarse}; {mapped}opt -fast; techmap; opt -fast; abc -g gates; opt_clean; "
                f"ltp -noff; write_json {fine}", folder)
    registers = gates = 0
    for cell in json.loads(fine.read_text())["modules"][top]["cells"].values():
        if "DFF" in cell["type"]:
            registers += 1
        elif cell["type"] != "$mem_v2":
            gates += 1
    path = re.search(r"Longest topological path in \S+ \(length=(\d+)\)", log)
    return gates, registers, len(kept), sum(kept), int(path.group(1)) if path else 0


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
    top = "engram_" + block
    wrapper(top, folder)
    yosys(f"{read(top)}; read_verilog {folder}/wrapper.v; synth_ice40 -top wrapper -json {folder}/wrapper.json", folder)
    process = subprocess.run(
        ["nextpnr-ice40", "--hx8k", "--package", "ct256", "--json", f"{folder}/wrapper.json", "--freq", "50", "--seed", "1",
         "--pcf-allow-unconstrained", "--timing-allow-fail"], capture_output=True, text=True)
    if process.returncode:
        sys.exit("synth: nextpnr failed:\n" + process.stderr[-2000:])
    text = process.stderr
    used = {kind: re.search(rf"{kind}: *(\d+)/ *(\d+)", text).groups() for kind in ("ICESTORM_LC", "ICESTORM_RAM")}
    fmax = re.findall(r"Max frequency for clock *'[^']*': ([0-9.]+) MHz", text)[-1]
    return used, fmax


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
        if options.fpga:
            print("| block | logic cells | memories | Fmax |\n|---|---|---|---|")
            for block in options.blocks or ["alu"]:
                used, fmax = fpga(block, folder)
                cells, rams = used["ICESTORM_LC"], used["ICESTORM_RAM"]
                print(f"| {block} | {cells[0]} of {cells[1]} | {rams[0]} of {rams[1]} | {fmax} MHz |", flush=True)
            return
        print("| block | gates | flip-flops | memories | memory bits | longest path, gates |\n|---|---|---|---|---|---|")
        for block in options.blocks or BLOCKS:
            print("| {} | {:,} | {:,} | {} | {:,} | {} |".format(block, *area(block, folder)), flush=True)


main()
