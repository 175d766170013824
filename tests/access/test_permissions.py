"""Permissions: which change who may do what is said in one place, for the guard and for undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.access.permissions import ACCESS_CHANGES, changes_access, permissions

if TYPE_CHECKING:
    from officeops.office.office import Office

#: The records that say who may do what.
ACCESS_RECORDS = ("core.user", "core.membership", "core.ssh-key", "core.role", "core.grant")


def test_every_permission_on_a_record_of_access_is_known_to_change_it(office: Office) -> None:
    names = [permission.name for permission in permissions(office.plugins, office.records.values())]
    changing = {
        name
        for name in names
        if name.startswith(tuple(f"{record}." for record in ACCESS_RECORDS))
        and not name.endswith((".view", ".export"))
    }
    assert changing
    assert changing <= set(ACCESS_CHANGES)
    assert not changes_access("core.user.view")
    assert changes_access("core.admit")
