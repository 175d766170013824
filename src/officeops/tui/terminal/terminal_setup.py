"""What the terminal is asked to do, decided before Textual is imported.

Over a slow line every byte is waited for: an animated scroll costs 73 KB, a blinking cursor 2 KB a second.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from officeops.model.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

#: The terminal's own sixteen colours: where true colour is missing or no colour is wanted.
PLAIN_THEME: Final = "ansi-dark"
#: Our own; `app.py` registers it.
CALM_THEME: Final = "officeops"


def require_terminal(environ: Mapping[str, str]) -> None:
    """Raise UsageProblem unless a person sits at a terminal that can show screens."""
    instead = "Use commands instead: `officeops today` says what needs doing, `officeops --help` lists the others."
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageProblem(f"The screens need a terminal, and this is a pipe or a file. {instead}")
    if environ.get("TERM", "") in {"", "dumb", "unknown"}:
        raise UsageProblem(
            f"This terminal (TERM={environ.get('TERM', '')}) cannot show screens. {instead}"
        )


def chosen_theme(wanted: str, environ: Mapping[str, str]) -> str:
    """Return the theme to open with; `wanted` is what settings say, blank for nothing."""
    true_colour = environ.get("COLORTERM", "").lower() in {"truecolor", "24bit"}
    if "NO_COLOR" in environ or not true_colour:
        return wanted if wanted.startswith("ansi") else PLAIN_THEME
    return wanted or CALM_THEME


def prepare(theme: str, environ: MutableMapping[str, str]) -> None:
    """Set what Textual reads from the environment. A person's own setting stands, but for the theme."""
    environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    environ.setdefault("TEXTUAL_FPS", "30")
    # NO_COLOR takes all colour away only where the theme is plain from the very first moment.
    if theme.startswith("ansi"):
        environ["TEXTUAL_THEME"] = theme
