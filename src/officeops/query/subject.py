"""The subject of a record that is about another, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from officeops.model.office import Office


def subject_in_words(office: Office, key: str, number: int) -> str:
    """Name the record that another one is about: its kind and name, `Leave The dentist`.

    Of a kind that is off or that the acting person may not see, its key and number.
    """
    kind = office.records.get(key)
    if kind is None or not office.may_view(kind):
        return f"{key} #{number}"
    return f"{kind.meta.label} {office.label(kind, number)}"
