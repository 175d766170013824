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


#: The state of two that counts: a unit that somebody has and that is broken is broken.
_GRAVEST: Final = ("retired", "quarantined", "out_of_service", "on_loan", "in_service")
_NEGATIONS: Final = ("not ", "non ", "non-")


def state_of(word: str) -> str | None:
    """Return the state that a word of a list means; None for a word that says none.

    A second word in parentheses counts too: *Deployed (Out for Repair)* is out of service.
    """
    outer, _, inner = folded(word).replace("_", " ").rstrip(")").partition("(")
    states = [_state_of(part.strip()) for part in (outer, inner) if part.strip()]
    if None in states:
        return None
    return next((state for state in _GRAVEST if state in states), None)


def _state_of(words: str) -> str | None:
    for negation in _NEGATIONS:
        denied = _STATES.get(words.removeprefix(negation))
        if words.startswith(negation) and denied == "in_service":
            return "out_of_service"
    return _STATES.get(words)
