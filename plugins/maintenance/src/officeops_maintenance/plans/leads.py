"""Leads: days before a date on which Today says so, so that somebody can call the vendor."""

from __future__ import annotations

#: The longest lead: a year.
LONGEST = 366


def leads_in(text: str | None) -> list[int]:
    """Read leads as people type them, "14 3", the longest first. Raises ValueError for others."""
    # A set: a lead that somebody types twice reminds once.
    days = set()
    for word in (text or "").replace(",", " ").split():
        if not word.isdecimal() or not 0 < int(word) <= LONGEST:
            raise ValueError(f"has {word!r}; write days from 1 to {LONGEST}, such as 14 3")
        days.add(int(word))
    return sorted(days, reverse=True)
