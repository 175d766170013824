"""The location where stock goes unless something else is said; made where an office has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.core.default_location_rule import DEFAULT_LOCATION
from officeops.core.records import Location

if TYPE_CHECKING:
    from officeops.model.office import Office


def default_location(office: Office) -> int:
    """Return the id of the default location, inside an action that is open.

    `officeops init` gives every office one. An office that a program made without any gets one
    called like itself: a shop with one cupboard need never think of locations.
    """
    location_id = office.value(f"SELECT {DEFAULT_LOCATION}")
    return int(location_id) if location_id else office.add(Location(name=office.facts.name)).id
