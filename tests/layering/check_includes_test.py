#!/usr/bin/env python3
"""The layering check finds what it is there to find: each rule is broken once in a small tree."""

import tempfile
import unittest
from pathlib import Path

import check_includes


class Layering(unittest.TestCase):
    def check(self, files):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in files.items():
                path = Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
            return check_includes.check(Path(folder))[0]

    def test_allowed_directions_give_no_finding(self):
        self.assertEqual(
            [],
            self.check({
                "runtime/Error.h": "#include <string>\n",
                "dialects/Neuro/IR/Ops.h": '#include "runtime/Error.h"\n#include "mlir/IR/Builders.h"\n',
                "lowering/A/A.cpp": '#include "dialects/Neuro/IR/Ops.h"\n#include "runtime/Error.h"\n',
                "backends/Cpu/Cpu.h": '#include "lowering/A/A.h"\n#include "dialects/Neuro/IR/Ops.h"\n',
                "backends/Cpu/Run.cpp": '#include "backends/Cpu/Cpu.h"\n#include "backends/Limits.h"\n',
                "tools/engram/main.cpp": '#include "backends/Cpu/Cpu.h"\n#include "backends/Reference/R.h"\n',
            }),
        )

    def test_each_upward_include_is_named_with_file_and_line(self):
        order = ["runtime", "dialects", "lowering", "backends", "tools"]
        for low, here in enumerate(order):
            for there in order[low + 1:]:
                with self.subTest(here=here, there=there):
                    self.assertEqual(
                        [f"{here}/A/a.cpp:2 includes {there}/B/b.h, which {here} may not"],
                        self.check({f"{here}/A/a.cpp": f'// a\n#include "{there}/B/b.h"\n'}),
                    )

    def test_angle_brackets_and_spaces_hide_nothing(self):
        self.assertEqual(
            ["runtime/a.h:1 includes dialects/b.h, which runtime may not"],
            self.check({"runtime/a.h": "  #  include <dialects/b.h>\n"}),
        )

    def test_tablegen_includes_count(self):
        self.assertEqual(
            ["dialects/A/Ops.td:1 includes lowering/Passes.td, which dialects may not"],
            self.check({"dialects/A/Ops.td": 'include "lowering/Passes.td"\n'}),
        )

    def test_runtime_includes_no_compiler(self):
        self.assertEqual(
            ["runtime/a.h:1 includes llvm/ADT/StringRef.h, which runtime may not"],
            self.check({"runtime/a.h": '#include "llvm/ADT/StringRef.h"\n'}),
        )

    def test_a_backend_does_not_include_another(self):
        self.assertEqual(
            ["backends/Cpu/a.cpp:1 includes backends/Reference/b.h, which backends/Cpu may not"],
            self.check({"backends/Cpu/a.cpp": '#include "backends/Reference/b.h"\n'}),
        )

    def test_paths_start_at_the_root(self):
        self.assertEqual(
            ["runtime/a.cpp:1 includes b.h, which has to be written as a path from the root"],
            self.check({"runtime/a.cpp": '#include "b.h"\n', "runtime/b.h": ""}),
        )

    def test_a_cycle_is_named_with_its_files(self):
        findings = self.check({
            "runtime/a.h": '#include "runtime/b.h"\n',
            "runtime/b.h": '#include "runtime/c.h"\n',
            "runtime/c.h": '\n#include "runtime/a.h"\n',
        })
        self.assertEqual(
            ["runtime/c.h:2 includes runtime/a.h, which closes the cycle "
             "runtime/a.h -> runtime/b.h -> runtime/c.h -> runtime/a.h"],
            findings,
        )

    def test_an_empty_tree_does_not_pass_for_a_checked_one(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(1, check_includes.main(["check_includes.py", folder]))


if __name__ == "__main__":
    unittest.main()
