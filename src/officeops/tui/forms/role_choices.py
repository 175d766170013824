"""Which roles there are to choose from, where one is given or taken: nobody should have to know them by heart."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from officeops.access.roles import BUILT_IN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from officeops.model.fields import Field
    from officeops.model.records import Record
    from officeops.office.office import Office


def with_roles(
    office: Office, verb: str, fields: Sequence[Field], about: Record | None
) -> Sequence[Field]:
    """Return what a verb asks for; where it gives or takes a role, that is a choice among those there are to give or take."""
    if verb in {"core.admit", "core.user.give-role"}:
        names: Iterable[str] = (
            *BUILT_IN,
            *_names(office, "SELECT name FROM core_role WHERE archived_at IS NULL"),
        )
    elif verb == "core.user.take-role" and about:
        sql = "SELECT role FROM core_membership WHERE user_id = ? AND archived_at IS NULL"
        names = _names(office, sql, about.id)
    else:
        return fields
    return [_chosen(field, tuple(names)) if field.name == "role" else field for field in fields]


def _names(office: Office, sql: str, *values: object) -> list[str]:
    # Whoever may give or take roles is told their names, also where they may not list them.
    with office.trusted():
        return [row[0] for row in office.rows(f"{sql} ORDER BY 1", *values)]


def _chosen(field: Field, names: tuple[str, ...]) -> Field:
    made = copy(field)
    if names:
        # The help names those that every office has; all of them stand behind it now.
        made.kind, made.choices, made.help = "choice", names, ""
    return made
