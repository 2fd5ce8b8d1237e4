#!/usr/bin/env python3
"""Whether the specifications define the rules that the sources refer to, and they carry out each.

usage: rules.py ROOT
"""
import re
import sys
from pathlib import Path

# Each specification with the prefix of its rules, and the least number of rules to be found.
SPECIFICATIONS = [
    ("docs/spec.md", "neuro", 40),
    ("docs/spec-fx.md", "fx", 13),
    ("docs/spec-ncore.md", "ncore", 20),
    ("docs/spec-aer.md", "aer", 18),
    ("docs/spec-xbar.md", "xbar", 13),
]


def rules(files, prefix):
    rule = re.compile(rf"\b{prefix}_[a-z]\d+\b")
    return {found for file in files for found in rule.findall(file.read_text(encoding="utf-8", errors="replace"))}


def sources(root, *folders):
    for folder in folders:
        for suffix in ("cpp", "h", "td", "mlir"):
            yield from sorted((root / folder).rglob(f"*.{suffix}"))


def problems_of(root, path, prefix, least):
    spec = (root / path).read_text(encoding="utf-8")
    # A rule is defined where it stands in bold at the start of a paragraph, or in a row of a table.
    defined = re.findall(rf"^(?:\*\*`|\| `)({prefix}_[a-z]\d+)`(?! …)", spec, re.M)
    named = rules(sources(root, "dialects", "backends", "lowering", "runtime"), prefix)
    yield from (f"{rule} is defined twice" for rule in set(defined) if defined.count(rule) > 1)
    yield from (f"{rule} is in the sources and not in {path}" for rule in named - set(defined))
    yield from (f"{rule} is in {path} and not in the sources" for rule in set(defined) - named)
    if len(defined) < least:
        yield f"{path} defines {len(defined)} rules, expected {least} or more"


def main():
    root = Path(sys.argv[1])
    problems = [problem for specification in SPECIFICATIONS for problem in problems_of(root, *specification)]
    for problem in sorted(problems):
        print(problem)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
