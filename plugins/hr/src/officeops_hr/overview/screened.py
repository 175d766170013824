"""Everybody who is compared with exclusion lists: those of all parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops_hr.parts import PARTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_hr.screened import Screened


def everybody(office: Office) -> Iterator[Screened]:
    """Yield the staff, the candidates and the vendors."""
    for part in PARTS:
        yield from part.screened(office)
