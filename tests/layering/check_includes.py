#!/usr/bin/env python3
"""Checks who includes whom: the folders' order, runtime without LLVM, paths from the root, no cycles.

usage: check_includes.py [ROOT]
Prints one line for each finding and exits with 1 if there is any.
"""

import re
import sys
from pathlib import Path

# What the sources below a folder may include; a later entry is above an earlier one. The runtime is at the
# bottom: it holds the error value, file formats and random numbers that compiler and compiled code share.
MAY_INCLUDE = {
    "runtime": {"runtime"},
    "dialects": {"runtime", "dialects"},
    "lowering": {"runtime", "dialects", "lowering"},
    "backends": {"runtime", "dialects", "lowering", "backends"},
    "tools": {"runtime", "dialects", "lowering", "backends", "tools"},
}
# Compiled networks are used where no LLVM is installed.
COMPILER_PREFIXES = {"llvm", "llvm-c", "mlir", "mlir-c", "clang", "clang-c", "lld"}
SUFFIXES = {".h", ".hpp", ".c", ".cpp", ".inc", ".td"}
INCLUDE = re.compile(r'^\s*#?\s*include\s*([<"])([^>"]+)[>"]')


def source_files(root):
    for folder in MAY_INCLUDE:
        yield from sorted(p for p in (root / folder).rglob("*") if p.suffix in SUFFIXES and p.is_file())


def includes_of(path):
    """The (line number, included path) of each include in a file."""
    text = path.read_text(encoding="utf-8", errors="replace")
    for number, line in enumerate(text.splitlines(), start=1):
        found = INCLUDE.match(line)
        if found:
            yield number, found.group(2)


def complaint(source, included, beside):
    """Why 'source' (relative to the root) may not include 'included'; None if it may."""
    here, there = source.parts[0], Path(included).parts[0]
    if there in COMPILER_PREFIXES:
        return f"{here} may not" if here == "runtime" else None
    if there in MAY_INCLUDE:
        if there not in MAY_INCLUDE[here]:
            return f"{here} may not"
        # A backend is removable: none leans on another, only on what lies beside all of them.
        if here == there == "backends" and len(Path(included).parts) > 2:
            if Path(included).parts[1] != source.parts[1]:
                return f"backends/{source.parts[1]} may not"
        return None
    if beside.is_file():
        return "has to be written as a path from the root"
    return None


def cycles(graph):
    """One line for each include that closes a cycle."""
    state, found = {}, []

    def visit(node, path):
        state[node] = "open"
        for number, target in graph.get(node, []):
            if state.get(target) == "open":
                loop = path[path.index(target):] + [target]
                found.append(f"{node}:{number} includes {target}, which closes the cycle {' -> '.join(loop)}")
            elif target not in state:
                visit(target, path + [target])
        state[node] = "done"

    for node in sorted(graph):
        if node not in state:
            visit(node, [node])
    return found


def check(root):
    """All findings, and the number of includes of ours that were looked at."""
    findings, graph, seen = [], {}, 0
    for path in source_files(root):
        source = path.relative_to(root)
        for number, included in includes_of(path):
            reason = complaint(source, included, path.parent / included)
            if reason:
                findings.append(f"{source}:{number} includes {included}, which {reason}")
            if Path(included).parts[0] in MAY_INCLUDE:
                seen += 1
                graph.setdefault(str(source), []).append((number, included))
    return findings + cycles(graph), seen


def main(arguments):
    root = Path(arguments[1] if len(arguments) > 1 else Path(__file__).resolve().parents[2])
    findings, seen = check(root)
    for finding in findings:
        print(finding)
    print(f"layering: {seen} includes between files of ours, {len(findings)} findings")
    if seen == 0:
        print(f"layering: no include found below '{root}', so nothing was checked")
    return 1 if findings or seen == 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
