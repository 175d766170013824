"""Write the generated pages and pictures of docs: `python3 dev.py docs`; with `--check`, only name stale pages."""

from __future__ import annotations

import os
import sys
from tempfile import TemporaryDirectory


def check() -> int:
    """Name every page that is not what the program says now, or that nothing makes, and return 1 if there is any."""
    from tests.docs.pages import COMMANDS, ROOT, pages

    made = pages()
    stale = [
        path
        for path, text in made.items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    stale += sorted({*COMMANDS.iterdir()} - {*made})
    for path in stale:
        sys.stdout.write(f"{path.relative_to(ROOT)}\n")
    return int(bool(stale))


def main() -> None:
    """Write every page that differs, and say which."""
    from tests.docs.pages import ROOT, pages
    from tests.docs.pictures import pictures

    drawn = {path: svg for path, (svg, _) in pictures().items()}
    for path, text in {**pages(), **drawn}.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            sys.stdout.write(f"{path.relative_to(ROOT)}\n")


if __name__ == "__main__":
    # The reader's own settings and plugins are no part of what every reader gets.
    for name in [name for name in os.environ if name.startswith("OFFICEOPS_")]:
        del os.environ[name]
    with TemporaryDirectory() as home:
        for kind in ("CONFIG", "DATA", "CACHE", "STATE"):
            os.environ[f"XDG_{kind}_HOME"] = home
        if "--check" in sys.argv:
            sys.exit(check())
        main()
