#!/usr/bin/env python3
"""The check of documented commands runs what is shown, and sees a wrong status and a wrong output."""

import contextlib
import io
import os
import tempfile
import unittest
from pathlib import Path

import check_commands


class Commands(unittest.TestCase):
    def check(self, readme):
        """(commands run, failures, what was printed) for a tree with this README."""
        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()) as printed:
            root = Path(folder)
            (root / "README.md").write_text(readme)
            (root / "data.txt").write_text("one\ntwo\nthree\n")
            counts = check_commands.check_document(root / "README.md", root, dict(os.environ))
            self.left = sorted(p.name for p in root.iterdir())
            return (*counts, printed.getvalue())

    def test_sh_blocks_run_line_by_line(self):
        count, failures, _ = self.check("```sh\n# comment\ntrue\necho a \\\n  b\n```\n")
        self.assertEqual((2, 0), (count, failures))

    def test_other_blocks_are_not_run(self):
        self.assertEqual((0, 0), self.check("```text\n$ false\n```\n```\nfalse\n```\n")[:2])

    def test_a_failing_command_is_named_with_its_line(self):
        count, failures, printed = self.check("text\n\n```console\n$ exit 3\n```\n")
        self.assertEqual((1, 1), (count, failures))
        self.assertIn("README.md:4: failed: exit status 3", printed)

    def test_output_is_compared(self):
        self.assertEqual((1, 0), self.check("```console\n$ cat data.txt\none\ntwo\nthree\n```\n")[:2])
        self.assertEqual((1, 1), self.check("```console\n$ cat data.txt\none\ntwo\n```\n")[:2])
        self.assertEqual((1, 1), self.check("```console\n$ cat data.txt\none\ntwo\nfour\n```\n")[:2])

    def test_dots_stand_for_lines_and_for_text_in_a_line(self):
        self.assertEqual((1, 0), self.check("```console\n$ cat data.txt\n...\nth...e\n```\n")[:2])
        self.assertEqual((1, 1), self.check("```console\n$ cat data.txt\n...\ntw...e\n```\n")[:2])

    def test_what_commands_write_does_not_stay(self):
        count, failures, _ = self.check("```sh\necho x > new.txt\ncat new.txt data.txt\n```\n")
        self.assertEqual((2, 0), (count, failures))
        self.assertEqual(["README.md", "data.txt"], self.left)

    def test_the_command_that_runs_this_is_not_run_again(self):
        self.assertEqual((0, 0), self.check("```sh\n./dev test\ngit clone x\n```\n")[:2])


if __name__ == "__main__":
    unittest.main()
