"""Who may do what with exclusion checks, by default: HR and the owner.

A hit may be about somebody else of the same name, so it is nobody's business before it is decided.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Permission

if TYPE_CHECKING:
    from collections.abc import Iterator

_KINDS: Final = {
    "screening-run": "exclusion checks",
    "screening-result": "results of exclusion checks",
    "screening-hit": "hits of exclusion checks",
}


def permissions() -> Iterator[Permission]:
    """Yield the permissions with their levels."""
    for noun, words in _KINDS.items():
        yield Permission(f"hr.{noun}.view", f"See {words}.", "sensitive")
        yield Permission(f"hr.{noun}.export", f"Export {words}.", "sensitive")
    yield Permission("hr.screening-hit.clear", "Decide that a hit is somebody else.", "sensitive")
    yield Permission("hr.screening-hit.confirm", "Decide that a hit is the person.", "sensitive")
    yield Permission(
        "hr.check-exclusions", "Compare people and vendors with exclusion lists.", "sensitive"
    )
    # The lists are public, but whom the office looks up in them is not.
    for name in ("leie", "state-exclusions"):
        yield Permission(f"hr.{name}.view", "Look into the exclusion list.", "manage")
