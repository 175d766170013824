"""Who may do what with privacy, by default: the managers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Permission

if TYPE_CHECKING:
    from collections.abc import Iterator

_KINDS: Final = {
    "breach": "breaches",
    "risk-analysis": "risk analyses",
    "privacy-risk": "privacy risks",
}
_STEPS: Final = (
    # Anybody reports it as an incident; a breach is logged by a manager.
    Permission("hr.breach.notify", "Decide that people are notified.", "manage"),
    Permission("hr.breach.dismiss", "Decide that it is no breach.", "manage"),
    Permission("hr.breach.close", "Close a breach.", "manage"),
    Permission("hr.breach.reopen", "Open a breach again.", "manage"),
    Permission("hr.privacy-risk.reduce", "Say that a measure is in place.", "manage"),
    Permission("hr.privacy-risk.accept", "Live with a risk.", "manage"),
    Permission("hr.privacy-risk.resume", "Take a risk up again.", "manage"),
    # Managers see logins, and everybody's keys and accounts, on their own lists too.
    Permission("hr.access-review.view", "See reviews of access.", "manage"),
    Permission("hr.access-review.export", "Export reviews of access.", "manage"),
    Permission("hr.review-access", "Confirm who has access.", "manage"),
)


def permissions() -> Iterator[Permission]:
    """Yield the permissions with their levels."""
    for noun, words in _KINDS.items():
        yield Permission(f"hr.{noun}.view", f"See {words}.", "manage")
        for verb in ("add", "edit"):
            yield Permission(f"hr.{noun}.{verb}", f"{verb.capitalize()} {words}.", "manage")
    yield from _STEPS
