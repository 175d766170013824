"""Which location is the office's default. The one rule; SQL and Python both take it from here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from officeops.model.office import Office


#: SQL for the id of the default location: the one the office chose. An office that never chose one
#: (made by a program, not by `officeops init`) has its oldest. NULL only where there is no location
#: at all.
DEFAULT_LOCATION: Final = (
    "ifnull("
    "(SELECT f.default_location_id FROM core_office f "
    "JOIN core_location d ON d.id = f.default_location_id WHERE d.archived_at IS NULL), "
    "(SELECT min(d.id) FROM core_location d WHERE d.archived_at IS NULL))"
)


def is_default(office: Office, location_id: int) -> bool:
    """Whether a location is the default one."""
    return bool(office.value(f"SELECT {DEFAULT_LOCATION} = ?", location_id))
