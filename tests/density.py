"""Density: how much a reader has to take in with each line.

`python3 -m tests.density` prints that of the product file by file, the densest last, and
`python3 -m tests.density tests/model` that of the files and folders named.

The figures to compare with are of pluggy, tox, Harlequin, Posting, sqlite-utils and datasette: 4.4 to 6.8 tokens a line,
4 to 14 comprehensions a thousand lines, a line over 100 columns now and then.
"""

from __future__ import annotations

import ast
import io
import os
import sys
import tokenize
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).parents[1]
#: The widest line.
COLUMNS: Final = 100
#: Tokens that are layout, not something to read.
_LAYOUT: Final = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
}


class Density(NamedTuple):
    """The counts of a file, or of many together."""

    lines: int
    tokens: int
    comprehensions: int
    comments: int
    wide: int

    @property
    def tokens_a_line(self) -> float:
        """Tokens to a line that is neither blank nor a comment."""
        return self.tokens / max(1, self.lines)

    @property
    def comprehensions_a_thousand(self) -> float:
        """List, set and dict comprehensions to a thousand such lines."""
        return 1000 * self.comprehensions / max(1, self.lines)

    @property
    def comments_a_hundred(self) -> float:
        """Comments to a hundred such lines; a directive for a tool is none."""
        return 100 * self.comments / max(1, self.lines)

    @property
    def wide_percent(self) -> float:
        """Lines over 100 columns, in percent."""
        return 100 * self.wide / max(1, self.lines)


def sources() -> list[Path]:
    """Return the files of the product and its plugins, without their tests."""
    return sorted([*ROOT.glob("src/**/*.py"), *ROOT.glob("plugins/*/src/**/*.py")])


def named(words: list[str]) -> list[Path]:
    """Return the Python files that a command line names: files, and all those under folders.

    Raises SystemExit for a path that is not there.
    """
    files: list[Path] = []
    for word in words:
        path = Path(word).resolve()
        if not path.exists():
            raise SystemExit(f"There is no {word}.")
        files += sorted(path.rglob("*.py")) if path.is_dir() else [path]
    return files


def density(text: str) -> Density:
    """Count one file."""
    written = [line for line in text.splitlines() if line.strip()]
    tokens = [*tokenize.generate_tokens(io.StringIO(text).readline)]
    comments = [token.string for token in tokens if token.type == tokenize.COMMENT]
    directives = sum("noqa" in comment or "type: ignore" in comment for comment in comments)
    nodes = ast.walk(ast.parse(text))
    return Density(
        lines=sum(not line.lstrip().startswith("#") for line in written),
        tokens=sum(token.type not in _LAYOUT for token in tokens),
        comprehensions=sum(isinstance(n, ast.ListComp | ast.SetComp | ast.DictComp) for n in nodes),
        comments=len(comments) - directives,
        wide=sum(len(line) > COLUMNS for line in written),
    )


def together(files: list[Path]) -> Density:
    """Count many files as one."""
    counts = [density(file.read_text(encoding="utf-8")) for file in files]
    nothing = Density(lines=0, tokens=0, comprehensions=0, comments=0, wide=0)
    return Density(*map(sum, zip(nothing, *counts, strict=True)))


def _line(name: str, counted: Density) -> str:
    return (
        f"{counted.tokens_a_line:6.2f} {counted.comprehensions_a_thousand:6.1f} "
        f"{counted.comments_a_hundred:6.1f} {counted.wide_percent:6.1f} {counted.lines:6}  {name}"
    )


def main() -> None:
    """Print the density of each file, or of those under the folders named."""
    files = named(sys.argv[1:]) if sys.argv[1:] else sources()
    print("tokens  compr. comm.   wide  lines")  # noqa: T201 - what it is for
    by_file = {file: density(file.read_text(encoding="utf-8")) for file in files}
    for file in sorted(files, key=lambda file: by_file[file].tokens_a_line):
        print(_line(os.path.relpath(file, ROOT), by_file[file]))  # noqa: T201
    print(_line("all", together(files)))  # noqa: T201


if __name__ == "__main__":
    main()
