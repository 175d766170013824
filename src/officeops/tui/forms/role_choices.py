"""The roles to choose from in a form that grants or revokes one."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from officeops.access.roles import declared_roles
from officeops.model.kinds import kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops.model.fields import Field
    from officeops.model.records import Record
    from officeops.office.office import Office


def with_roles(
    office: Office,
    verb: str,
    fields: Sequence[Field],
    about: Record | None,
) -> Sequence[Field]:
    """Return the fields of an action, with `role` as a choice.

    The choices are the roles that there are to grant, or to revoke from the user `about`.
    """
    if verb in {"core.admit", "core.user.give-role"}:
        own_roles = _names(office, "SELECT name FROM core_role WHERE archived_at IS NULL")
        names = list(dict.fromkeys([*declared_roles(office.plugins), *own_roles]))
    elif verb == "core.user.take-role" and about:
        sql = "SELECT role FROM core_membership WHERE user_id = ? AND archived_at IS NULL"
        names = _names(office, sql, about.id)
    else:
        return fields
    return [_choice(field, names) if field.name == "role" else field for field in fields]


def _names(office: Office, sql: str, *values: object) -> list[str]:
    # A person who may grant or revoke roles sees their names here, even without the permission to list
    # them.
    with office.trusted():
        return [row[0] for row in office.rows(f"{sql} ORDER BY 1", *values)]


def _choice(field: Field, names: Sequence[str]) -> Field:
    choice = copy(field)
    if names:
        # The field's own help names the built-in roles alone; the choices name all.
        choice.kind, choice.choices, choice.help = kind_of("choice"), tuple(names), ""
    return choice
