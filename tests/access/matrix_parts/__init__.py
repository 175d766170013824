"""What the matrix asks of the parts of plugins: a module for each, so that parts grow beside each other.

A module may have BEGINNING (lines that prepare the office), WORDS, BEFORE, NOUNS and ENDS_OTHERWISE, as
`matrix_commands` has them, and OTHER: the words of commands about nothing in particular, for the sweep of repeats.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any, Final

_FOLDER: Final = Path(__file__).parent
#: The people come first: the other parts are about them.
_NAMES: Final = sorted(
    (path.stem for path in _FOLDER.glob("[a-z]*.py")), key=lambda name: (name != "people", name)
)
_PARTS: Final = [import_module(f"{__name__}.{name}") for name in _NAMES]


def _joined(name: str) -> dict[str, Any]:
    joined: dict[str, Any] = {}
    for part in _PARTS:
        joined |= getattr(part, name, {})
    return joined


BEGINNING: Final = "\n".join(getattr(part, "BEGINNING", "").strip() for part in _PARTS)
WORDS: Final[dict[str, str]] = _joined("WORDS")
BEFORE: Final[dict[str, str]] = _joined("BEFORE")
NOUNS: Final[dict[str, tuple[str, str, str, str]]] = _joined("NOUNS")
OTHER: Final[dict[str, tuple[str, str]]] = _joined("OTHER")
ENDS_OTHERWISE: Final[dict[str, str]] = _joined("ENDS_OTHERWISE")
#: Of these nouns, what somebody may still owe is archived with a reason alone.
OWING: Final = dict.fromkeys(
    "access-grant breach candidate discipline incident injury-case leave-request offer opening "
    "privacy-risk review".split(),
    " --reason Test",
)
