"""What the terminal is asked to do, decided before Textual is imported.

Over a slow line a person waits for every byte: an animated scroll costs 73 KB, a blinking cursor
2 KB a second.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from officeops.model.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

#: The terminal's own sixteen colors: if true color is missing or no color is wanted.
PLAIN_THEME: Final = "ansi-dark"
#: The program's own; `officeops.tui.theme` has it.
CALM_THEME: Final = "officeops"
#: Values of TERM for a terminal that cannot move its cursor, or that nobody knows.
_TOO_SIMPLE: Final = frozenset({"", "dumb", "unknown"})
_INSTEAD: Final = (
    "Use commands instead: `officeops today` says what needs doing, "
    "`officeops --help` lists the others."
)


def require_terminal(environ: Mapping[str, str]) -> None:
    """Raise UsageProblem unless a person sits at a terminal that can show screens."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageProblem(
            f"The screens need a terminal, and this is a pipe or a file. {_INSTEAD}",
            code="needs-terminal",
        )
    term = environ.get("TERM", "")
    if term in _TOO_SIMPLE:
        raise UsageProblem(
            f"This terminal (TERM={term}) cannot show screens. {_INSTEAD}", code="needs-terminal"
        )


def chosen_theme(wanted: str, environ: Mapping[str, str]) -> str:
    """Return the theme to open with; `wanted` is the one in settings, blank for none."""
    has_true_color = environ.get("COLORTERM", "").lower() in {"truecolor", "24bit"}
    if "NO_COLOR" in environ or not has_true_color:
        return wanted if wanted.startswith("ansi") else PLAIN_THEME
    return wanted or CALM_THEME


def prepare(theme: str, environ: MutableMapping[str, str]) -> None:
    """Set what Textual reads from the environment.

    A person's own setting is kept, except for a plain theme.
    """
    environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    environ.setdefault("TEXTUAL_FPS", "30")
    # NO_COLOR removes all color only if the theme is plain from the very first moment.
    if theme.startswith("ansi"):
        environ["TEXTUAL_THEME"] = theme
