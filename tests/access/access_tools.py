"""An office with one user for each role, for the tests of access."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import TYPE_CHECKING, Any

from officeops.access.actions import admit
from officeops.access.role_actions import make_role
from officeops.core.office_record import Facts
from officeops.office.office import Office

if TYPE_CHECKING:
    from officeops.testing import OfficeFactory

#: The plugin whose records are guarded.
STAFF = (Path(__file__).parent / "access_plugin.py").read_text()
#: Everybody's role; `nobody` is one that reaches nothing.
ROLES = ("owner", "manager", "clerk", "hr", "read-only", "nobody")
#: Numbers and words that stand nowhere else.
PAY = (31415926, 27182818, 16180339, 14142135)
RISES = (57721566, 69314718, 91596559, 26149721)
REASONS = ("zygomorph", "quincunx", "xylotomy", "wapentake")
SECRETS = (*map(str, PAY), *map(str, RISES), *REASONS)


def kind(office: Office, key: str) -> Any:  # noqa: ANN401 - a class of the plugin that the test wrote, which no checker knows
    """Return a kind of record."""
    return office.records[key]


def login(role: str) -> str:
    """Return who has a role."""
    return f"the-{role}"


def staffed(office_factory: OfficeFactory, *plugins: str) -> Office:
    """Return an office with people, rises, and a user for each role, open as its file's owner."""
    office = office_factory(*plugins, files={"staff": STAFF})
    person, rise = office.records["staff.person"], office.records["staff.rise"]
    with office.acting("core.init"):
        office.add(Facts(name="Test"))
    with office.acting("staff.person.add"):
        for number, name in enumerate(("Ada", "Ben", "Cyd", "Dee")):
            made = office.add(person(name=name, phone=f"555-010{number}", pay=PAY[number]))
            office.add(rise(person_id=made.id, reason=REASONS[number], amount=RISES[number]))
        office.add(person(name="Eve"))
    make_role(office, "nobody", [])
    for role in ROLES:
        admit(office, login(role), [role])
    return office


def open_as(office: Office, user: str) -> Office:
    """Open an office once more, for one of its users."""
    return Office(office.path, office.plugins, office.machine, user=user)


def user(office: Office, name: str) -> Any:  # noqa: ANN401 - a record of access
    """Return a user by login, as the office has them now."""
    return office.first(kind(office, "core.user"), "login = ?", name)


def role_of(office: Office, name: str) -> Any:  # noqa: ANN401 - likewise
    """Return a role of the office's own."""
    return office.first(kind(office, "core.role"), "name = ?", name)


def public_key(number: int, kind: str = "ssh-ed25519", *, size: int = 32, said: str = "") -> str:
    """Return a line such as a .pub file has, of a key that nobody has the other half of."""
    name = kind.encode()
    wire = (
        len(name).to_bytes(4, "big") + name + size.to_bytes(4, "big") + number.to_bytes(size, "big")
    )
    return f"{said or kind} {base64.b64encode(wire).decode()} somebody@somewhere"
