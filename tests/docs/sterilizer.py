"""The tutorial for authors: its text, with the files of the finished plugin in their places."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parents[2] / "docs/tutorial/officeops-sterilizer"
#: A line of the text in whose place a file goes, and the name under which the reader saves it.
_FILE: Final = re.compile(r"^<<< (\S+)(?: as (\S+))?$", re.MULTILINE)


def page() -> str:
    """Return the page of the tutorial."""
    return _FILE.sub(_shown, (FOLDER / "tutorial.txt").read_text(encoding="utf-8"))


def _shown(line: re.Match[str]) -> str:
    text = (FOLDER / line[1]).read_text(encoding="utf-8")
    name = line[2] or line[1]
    language = "toml" if name.endswith(".toml") else "python"
    return f"`{name}`:\n\n```{language}\n{text}```"
