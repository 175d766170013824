"""The usual place of a shift: the office's default location."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import DEFAULT_LOCATION

if TYPE_CHECKING:
    from officeops import Office


def usual_place(office: Office) -> int | None:
    """Return the number of the default location; None before there is one."""
    place: int | None = office.value(f"SELECT {DEFAULT_LOCATION}")
    return place
