"""The option `--place` of the schedule's commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from officeops import Location
from officeops_hr.roster.usual_place import usual_place

if TYPE_CHECKING:
    from officeops import Office

place_option: Final = click.option(
    "--place", metavar="PLACE", help="Another place than the usual one."
)


def place_of(office: Office, text: str | None) -> int:
    """Return the place that was typed, else the usual one; 0 before there is any.

    Raises what `Office.find` raises.
    """
    if text:
        return office.find(Location, text).id
    return usual_place(office) or 0
