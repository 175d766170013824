"""An office with a login that people share at the front desk, and people with PINs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.access.access_tools import open_as, staffed, user

from officeops.access.actions import admit
from officeops.access.role_actions import make_role
from officeops.access.shared_actions import set_pin, share
from officeops.core.records import Location
from officeops.model.sealed_value import Sealed

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

DESK: Final = "front-desk"
#: As long as PINs may be, so that nothing in a file has these digits by chance.
PINS: Final = {"ann": "840275913648", "bob": "719364028551", "cal": "602918375046"}
#: What the key of the desk allows, beside records of a plugin.
AT_DESK: Final = (
    "core.location.*",
    "core.task.*",
    "core.undo",
    "core.redo",
    "core.undo-others",
    "core.pin.set",
    "core.history.view",
    "core.today.view",
)


def typed(text: str) -> Sealed:
    """Return a PIN as somebody typed it."""
    return Sealed(typed=text)


def with_desk(office_factory: OfficeFactory, *plugins: str) -> Office:
    """Return an office with a front desk; Ann and Bob are clerks with PINs, Cal only looks."""
    office = staffed(office_factory, *plugins)
    return add_desk(office, "staff.person.view", "staff.person.edit")


def add_desk(office: Office, *more: str) -> Office:
    """Add a front desk with a shared login, which allows `more`, and people with PINs, to an office."""
    with office.acting("core.location.add"):
        place = office.add(Location(name="Front desk"))
    make_role(office, "at-desk", [*AT_DESK, *more])
    for login, role in (("ann", "clerk"), ("bob", "clerk"), ("cal", "read-only")):
        admit(office, login, [role], full_name=f"{login.title()} Lee")
        with open_as(office, login) as own:
            set_pin(own, typed(PINS[login]))
    admit(office, DESK, ["at-desk"])
    office.do(share, user(office, DESK), place_id=place.id)
    return office


def signed(desk: Office, login: str) -> Office:
    """Open the desk's office for one entry of a person."""
    entry = desk.twin()
    entry.sign(entry.prove(login, typed(PINS[login])))
    return entry
