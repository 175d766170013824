"""State words: how the lists of other programs say in which state a unit is.

They are those of Snipe-IT's and GLPI's default statuses, of MaintainX and UpKeep, and of spreadsheets.
"""

from __future__ import annotations

from typing import Final

from officeops import folded

_WORDS: Final = {
    "in_service": (
        "in service",
        "active",
        "available",
        "deployed",
        "deployable",
        "ready to deploy",
        "in use",
        "in operation",
        "operational",
        "online",
        "running",
        "working",
        "ok",
        "good",
        "do not track",
        "in stock",
    ),
    "out_of_service": (
        "out of service",
        "out of order",
        "inactive",
        "offline",
        "down",
        "broken",
        "defective",
        "not working",
        "pending",
        "out for repair",
        "out for diagnostics",
        "in repair",
        "under repair",
        "repair",
        "in maintenance",
        "maintenance",
        "undeployable",
    ),
    "quarantined": ("quarantined", "quarantine", "on hold", "recalled"),
    "on_loan": ("on loan", "loaned", "loaned out", "lent", "checked out"),
    "retired": (
        "retired",
        "archived",
        "disposed",
        "decommissioned",
        "scrapped",
        "sold",
        "lost",
        "stolen",
        "lost/stolen",
        "lost or stolen",
        "broken - not fixable",
        "end of life",
    ),
}
_STATES: Final = {word: state for state, words in _WORDS.items() for word in words}
#: The first word of each state, for sentences.
KNOWN: Final = tuple(words[0] for words in _WORDS.values())


def state_of(word: str) -> str | None:
    """Return the state that a word of a list means; None for a word that says none."""
    return _STATES.get(folded(word).replace("_", " "))
