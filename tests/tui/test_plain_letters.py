"""Screens in ASCII, for a terminal whose language has no UTF-8: each letter keeps its cells."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import time
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from tests.effort import tried

from officeops.tui.terminal.plain_letters import plain_letters, wants_plain_letters

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
SOURCES = [*ROOT.glob("src/officeops/tui/**/*.py"), *ROOT.glob("plugins/*/src/**/*.py")]


@tried(200)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc"))))
def test_a_text_is_ascii_and_as_wide_as_before(text: str) -> None:
    plain = plain_letters(text)
    assert plain.isascii()
    assert len(plain) == sum(map(cell_len, text))


def _letters() -> Iterator[str]:
    """Yield the letters beyond ASCII that the program's own code shows."""
    for file in SOURCES:
        yield from (letter for letter in file.read_text(encoding="utf-8") if letter > "\x7f")


def test_no_letter_of_the_program_is_a_question_mark() -> None:
    shown = {letter for letter in _letters() if unicodedata.category(letter)[0] in "LNPS"}
    shown = {letter for letter in shown if cell_len(letter) == 1 and letter < "\u3000"}
    assert "…" in shown
    assert [letter for letter in sorted(shown) if "?" in plain_letters(letter)] == []


@pytest.mark.parametrize(
    ("environ", "plain"),
    [
        ({}, False),
        ({"LANG": "C.UTF-8"}, False),
        ({"LANG": "en_US.utf8"}, False),
        ({"LC_ALL": "C", "LANG": "en_US.UTF-8"}, True),
        ({"LC_ALL": "", "LC_CTYPE": "POSIX", "LANG": "C.UTF-8"}, True),
        ({"LANG": "en_US.ISO-8859-1"}, True),
    ],
)
def test_the_language_decides(environ: dict[str, str], *, plain: bool) -> None:
    assert wants_plain_letters(environ) is plain


def test_a_terminal_in_c_gets_no_other_byte(tmp_path: Path) -> None:
    """The program on a real terminal, from its start to `q`."""
    environ = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "TERM": "xterm-256color",
        "LC_ALL": "C",
        "OFFICEOPS_DB": str(tmp_path / "office.db"),
    }
    program = [sys.executable, "-m", "officeops"]
    subprocess.run(
        [*program, "init", "--name", "Main Street"], env=environ, check=True, capture_output=True
    )
    near, far = pty.openpty()
    with subprocess.Popen(program, stdin=far, stdout=far, stderr=far, env=environ) as running:
        os.close(far)
        written = b""
        while b"officeops" not in written and b"Today" not in written:
            written += os.read(near, 1 << 16)
        time.sleep(0.3)
        os.write(near, b"q")
        try:
            while piece := os.read(near, 1 << 16):
                written += piece
        except OSError:  # the terminal of a program that ended
            pass
        assert running.wait(60) == 0
    os.close(near)
    assert b"Today" in written
    assert written.isascii()
