#!/usr/bin/env python3
"""Whether docs/spec.md defines the rules that the sources refer to, and they carry out each.

usage: rules.py ROOT
"""
import re
import sys
from pathlib import Path

RULE = re.compile(r"neuro_[a-z]\d+\b")


def rules(files):
    return {rule for file in files for rule in RULE.findall(file.read_text(encoding="utf-8", errors="replace"))}


def sources(root, *folders):
    for folder in folders:
        for suffix in ("cpp", "h", "td", "mlir"):
            yield from sorted((root / folder).rglob(f"*.{suffix}"))


def main():
    root = Path(sys.argv[1])
    spec = (root / "docs/spec.md").read_text(encoding="utf-8")
    # A rule is defined where it stands in bold at the start of a paragraph, or in a row of a table.
    defined = re.findall(r"^(?:\*\*`|\| `)(neuro_[a-z]\d+)`(?! …)", spec, re.M)
    named = rules(sources(root, "dialects", "backends", "lowering", "runtime"))
    problems = [f"{rule} is defined twice" for rule in set(defined) if defined.count(rule) > 1]
    problems += [f"{rule} is in the sources and not in docs/spec.md" for rule in named - set(defined)]
    problems += [f"{rule} is in docs/spec.md and not in the sources" for rule in set(defined) - named]
    for problem in sorted(problems):
        print(problem)
    sys.exit(1 if problems or len(defined) < 40 else 0)


if __name__ == "__main__":
    main()
