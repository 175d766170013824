"""Who may do what with papers: HR alone, but for one's own personnel file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Permission

if TYPE_CHECKING:
    from collections.abc import Iterator

_VERBS: Final = ("add", "edit", "archive", "unarchive", "import", "export")
_APART: Final = ("medical-paper", "check-paper")


def permissions() -> Iterator[Permission]:
    """Yield the permissions with their levels."""
    for noun in ("paper", *_APART):
        words = noun.replace("-", " ") + "s"
        level = "sensitive" if noun in _APART else "read"
        yield Permission(f"hr.{noun}.view", f"See {words}.", level)
        for verb in _VERBS:
            yield Permission(f"hr.{noun}.{verb}", f"{verb.capitalize()} {words}.", "sensitive")
    for verb in ("add", "edit"):
        yield Permission(f"hr.paper-type.{verb}", f"{verb.capitalize()} types of papers.", "manage")
    yield Permission("hr.add-paper-types", "Add the usual types of papers.", "manage")
    yield Permission("hr.person.file.open", "See which papers are missing.", "read")
