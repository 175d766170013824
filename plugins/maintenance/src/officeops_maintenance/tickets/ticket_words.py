"""Ticket words: how the work orders of other programs say their state and how urgent they are.

They are those of MaintainX, UpKeep, Limble and Atlas, and of spreadsheets.
"""

from __future__ import annotations

from typing import Final

from officeops import folded

_WORDS: Final = {
    "new": ("new", "open", "opened", "requested", "submitted", "pending", "to do", "not started"),
    "triaged": ("triaged", "approved", "accepted"),
    "assigned": ("assigned", "scheduled", "called in"),
    "in_progress": ("in progress", "started", "working", "ongoing"),
    "waiting": ("waiting", "on hold", "hold", "waiting for parts", "waiting for vendor", "blocked"),
    "resolved": ("resolved", "fixed"),
    "verified": ("verified",),
    "closed": ("closed", "done", "complete", "completed", "finished"),
    "rejected": ("rejected", "declined", "denied"),
    "duplicate": ("duplicate",),
    "cancelled": ("cancelled", "canceled", "skipped", "void"),
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


def state_of(word: str) -> str | None:
    """Return the state that a word of a list means; None for a word that says none."""
    return _STATES.get(folded(word).replace("_", " "))
