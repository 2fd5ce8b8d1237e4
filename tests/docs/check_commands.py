#!/usr/bin/env python3
"""Runs the commands that the documentation shows, and compares what they print with what it says.

usage: check_commands.py [--build FOLDER] [ROOT]

Commands are the lines after '$ ' in blocks marked 'console', with a backslash at the end for a continuation:

    ```console
    $ engram models
    lif  leaky integrate-and-fire
    ...
    ```

Lines below a command are what it prints, where '...' (or an ellipsis) alone on a line stands for any number of
lines, and inside a line for any text; with none, only the exit status counts. Blocks marked 'sh' are commands
alone. Other blocks are not run. Each file's commands share one scratch folder that looks like the project's root,
so what they write does not stay in the tree. README.md has to have commands; docs and examples may.
"""

import argparse
import os
import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

FENCE = re.compile(r"^(\s*)(```+|~~~+)\s*(\w*)")
# The first is what runs this, the second takes long; the others need a network or leave the tree.
NOT_RUN = re.compile(r"^(\./dev (test|soak)\b|git clone\b|cd engram\b)")
TIMEOUT_SECONDS = 1200


def blocks(text):
    """The (line number, language, lines) of each fenced block."""
    inside = None
    for number, line in enumerate(text.splitlines(), start=1):
        fence = FENCE.match(line)
        if inside is None and fence:
            inside = (number, fence.group(3), [], fence.group(2), len(fence.group(1)))
        elif inside and line.strip() == inside[3]:
            yield inside[:3]
            inside = None
        elif inside:
            inside[2].append(line[inside[4]:] if not line[:inside[4]].strip() else line)


def commands(text):
    """The (line number, command, expected lines) of each command that a document shows."""
    for start, language, lines in blocks(text):
        if language not in ("console", "sh"):
            continue
        current, continued = None, False
        for number, line in enumerate(lines, start=start + 1):
            if continued:
                current[1] += "\n" + line
            elif language == "sh":
                if not line.strip() or line.lstrip().startswith("#"):
                    continue
                if current:
                    yield tuple(current)
                current = [number, line, []]
            elif line.startswith("$ "):
                if current:
                    yield tuple(current)
                current = [number, line[2:], []]
            elif current:
                current[2].append(line.rstrip())
                continue
            continued = line.endswith("\\")
        if current:
            yield tuple(current)


def matches(expected, printed):
    """Whether the lines printed are those expected, with '...' for anything."""
    while expected and not expected[-1]:
        expected = expected[:-1]
    if not expected:
        return True
    pattern = ""
    for line in expected:
        line = line.replace("\u2026", "...")
        if line.strip() == "...":
            pattern += r"(?:.*\n)*"
        else:
            pattern += ".*".join(re.escape(part) for part in line.split("...")) + r"\n"
    return re.fullmatch(pattern, "".join(line.rstrip() + "\n" for line in printed)) is not None


def run(command, folder, environment):
    """Exit status (None after the time limit) and printed text of a command."""
    process = subprocess.Popen(
        ["bash", "-c", command], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", start_new_session=True)
    try:
        printed, _ = process.communicate(timeout=TIMEOUT_SECONDS)
        return process.returncode, printed
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        return None, process.communicate()[0]


def check_document(path, root, environment):
    """Runs one document's commands; the number run and the number that failed."""
    count = failures = 0
    with tempfile.TemporaryDirectory(prefix="engram-docs-") as folder:
        for entry in root.iterdir():
            if entry.name != ".git":
                Path(folder, entry.name).symlink_to(entry)
        for number, command, expected in commands(path.read_text(encoding="utf-8")):
            place = f"{path.relative_to(root)}:{number}"
            if NOT_RUN.match(command):
                print(f"{place}: not run here: {command}")
                continue
            print(f"{place}: {command}", flush=True)
            count += 1
            status, printed = run(command, folder, environment)
            if status != 0:
                reason = f"ran for more than {TIMEOUT_SECONDS} s" if status is None else f"exit status {status}"
            elif not matches(expected, printed.splitlines()):
                reason = "printed something else than the document says"
            else:
                continue
            failures += 1
            shown = "".join(f"  | {line}\n" for line in printed.splitlines()[-60:])
            print(f"{place}: failed: {reason}\n{shown}", end="", flush=True)
    return count, failures


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", default="build", help="the build folder, relative to ROOT")
    parser.add_argument("root", nargs="?", default=Path(__file__).resolve().parents[2], type=Path)
    arguments = parser.parse_args()
    root = arguments.root.resolve()
    environment = dict(os.environ, LC_ALL="C.UTF-8")
    environment["PATH"] = os.pathsep.join(
        [str(root / arguments.build / "bin"), "/usr/lib/llvm-22/bin", environment.get("PATH", os.defpath)])

    total = failed = 0
    documents = [root / "README.md", *sorted(root.glob("docs/*.md")), *sorted(root.glob("examples/*/README.md"))]
    for path in documents:
        count, failures = check_document(path, root, environment) if path.is_file() else (0, 0)
        if path.name == "README.md" and path.parent == root and count == 0:
            print("README.md: has no command in a block marked 'console' or 'sh'")
            failures += 1
        total, failed = total + count, failed + failures
    print(f"documentation: {total} commands run, {failed} failures")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
