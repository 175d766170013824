"""Everybody who is compared with exclusion lists: those of all parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops_hr.parts import PARTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_hr.screened import Screened


def everybody(office: Office, *, births: bool = True) -> Iterator[Screened]:
    """Yield the staff, the candidates and the vendors; `births` opens the dates of birth."""
    for part in PARTS:
        yield from part.screened(office, births=births)
