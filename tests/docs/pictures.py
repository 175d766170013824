"""The pictures of the README: screens of the made-up practice in a terminal of 80 by 24, as SVG."""

from __future__ import annotations

import os
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from tests.docs.pages import ROOT
from tests.made_once import copied

if TYPE_CHECKING:
    from officeops.tui.testing import Terminal

IMAGES: Final = ROOT / "docs/images"
#: The day of the pictures. On another one, other things are due.
DAY: Final = "2026-03-02"
#: A font that every system has, in place of one from a server.
_FONT: Final = "ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace"


def pictures(practice: Path | None = None) -> dict[Path, tuple[str, str]]:
    """Return each picture by its path: the SVG, and the text on the screen.

    `practice` is the made-up practice of that day, for a caller that has it already.
    """
    from officeops.cli.commands.demo import build
    from officeops.cli.context import Run
    from officeops.tui.testing import Terminal

    former, os.environ["OFFICEOPS_TODAY"] = os.environ.get("OFFICEOPS_TODAY"), DAY
    try:
        with TemporaryDirectory() as folder:
            run = Run(db=os.path.join(folder, "demo.db"))
            if practice:
                copied(practice, Path(folder) / "demo.db")
            try:
                with Terminal(run.office() if practice else build(run, 1)) as terminal:
                    today = _drawn(terminal)
                    terminal.press(":").type("reorder").press("enter")
                    return {IMAGES / "today.svg": today, IMAGES / "reorder.svg": _drawn(terminal)}
            finally:
                run.close()
    finally:
        del os.environ["OFFICEOPS_TODAY"]
        if former is not None:
            os.environ["OFFICEOPS_TODAY"] = former


def _drawn(terminal: Terminal) -> tuple[str, str]:
    """Return the screen as SVG without fonts of other servers, and its text."""
    svg = re.sub(r"@font-face \{.*?\}\s*", "", terminal.app.export_screenshot(), flags=re.DOTALL)
    svg = svg.replace("font-family: Fira Code, monospace", f"font-family: {_FONT}")
    return re.sub(r"[ \t]+$", "", svg, flags=re.MULTILINE).rstrip() + "\n", terminal.text
