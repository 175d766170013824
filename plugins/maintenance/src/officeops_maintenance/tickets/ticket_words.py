"""Ticket words: how the work orders of other programs say their state and how urgent they are.

They are those of MaintainX, UpKeep, Limble, Atlas and GLPI, and of spreadsheets.
"""

from __future__ import annotations

from typing import Final

from officeops import folded

_WORDS: Final = {
    "new": (
        "new",
        "open",
        "opened",
        "reopened",
        "requested",
        "submitted",
        "reported",
        "pending",
        "to do",
        "not started",
        "unassigned",
    ),
    "triaged": ("triaged", "approved", "accepted", "acknowledged", "in review", "under review"),
    "assigned": (
        "assigned",
        "scheduled",
        "planned",
        "called in",
        "dispatched",
        "processing (assigned)",
        "processing (planned)",
    ),
    "in_progress": (
        "in progress",
        "started",
        "working",
        "work in progress",
        "ongoing",
        "processing",
    ),
    "waiting": (
        "waiting",
        "on hold",
        "hold",
        "blocked",
        "paused",
        "waiting for parts",
        "waiting on parts",
        "awaiting parts",
        "parts ordered",
        "on order",
        "waiting for vendor",
        "waiting on vendor",
        "awaiting vendor",
        "waiting for approval",
        "awaiting approval",
        "pending approval",
    ),
    "resolved": ("resolved", "fixed", "solved", "repaired"),
    "verified": ("verified",),
    "closed": ("closed", "done", "complete", "completed", "finished", "archived"),
    "rejected": ("rejected", "declined", "denied"),
    "duplicate": ("duplicate",),
    "cancelled": ("cancelled", "canceled", "skipped", "void", "abandoned"),
}
_STATES: Final = {word: state for state, words in _WORDS.items() for word in words}
#: The first word of each state, for sentences.
KNOWN: Final = tuple(words[0] for words in _WORDS.values())
#: How other programs call the priorities of here.
PRIORITY_WORDS: Final = {
    "critical": "emergency",
    "urgent": "emergency",
    "highest": "emergency",
    "medium": "normal",
    "moderate": "normal",
    "none": "normal",
    "no priority": "normal",
    "lowest": "low",
}


#: By a word in it, what a ticket of another program waits for.
_WAITS: Final = {
    "part": "parts",
    "order": "parts",
    "vendor": "vendor",
    "approval": "approval",
}


def state_of(word: str) -> str | None:
    """Return the state that a word of a list means; None for a word that says none."""
    return _STATES.get(_plain(word))


def waits_for(word: str) -> str | None:
    """Return what a word of a list says that a ticket waits for; None where it says nothing."""
    plain = _plain(word)
    for part, reason in _WAITS.items():
        if part in plain:
            return reason
    return None


def _plain(word: str) -> str:
    return folded(word).replace("_", " ").replace("-", " ")
