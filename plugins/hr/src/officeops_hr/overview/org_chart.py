"""`officeops person chart`: who reports to whom, each level indented under the one above."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from officeops.commands import entitle, office_of, output_options, print_rows
from officeops_hr.people.as_of import current
from officeops_hr.people.columns import column
from officeops_hr.people.names import SORTED_AS
from officeops_hr.people.person import Person
from officeops_hr.people.status import status_sql

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

FIELDS: Final = [
    column("name", "Name"),
    column("role", "Role", 2),
    column("level", "Level", 8, "number"),
    column("manager", "Reports to", 6),
]
_ROWS: Final = f"""
SELECT t.id, t.name, (SELECT r.code FROM hr_job_role r
    WHERE r.id = {current("hr_position", "role_id")}), {current("hr_position", "manager_id")}
FROM hr_person t WHERE t.archived_at IS NULL AND {status_sql()} IN ('active', 'on_leave')
ORDER BY {SORTED_AS}, t.id
"""
_INDENT: Final = "  "

#: A person's id, name, role and manager.
Row = tuple[int, str, str | None, int | None]


@click.command()
@output_options
@click.pass_context
def chart(
    ctx: click.Context,
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    """List who reports to whom."""
    office = office_of(ctx)
    office.allow_view(Person)
    entitle("Who reports to whom", office.facts.name)
    rows = list(levels(office.rows(_ROWS), is_plain=as_json or as_csv))
    print_rows(FIELDS, rows, office.ways, as_json=as_json, as_csv=as_csv, nothing="Nobody yet.")


def levels(people: Sequence[Row], *, is_plain: bool) -> Iterator[tuple[object, ...]]:
    """Yield the people in the order of the chart; people whose manager is not in it come first.

    A manager who left, or is out of reach, is not in the chart.
    """
    names = {person[0]: person[1] for person in people}
    under: dict[int | None, list[Row]] = {}
    for person in people:
        # Somebody whose manager is not shown would vanish with everybody below.
        manager = person[3] if person[3] in names else None
        under.setdefault(manager, []).append(person)
    yield from _below(None, 0, under, names, is_plain=is_plain)


def _below(
    manager: int | None,
    level: int,
    under: Mapping[int | None, Sequence[Row]],
    names: Mapping[int, str],
    *,
    is_plain: bool,
) -> Iterator[tuple[object, ...]]:
    for person, name, role, _ in under.get(manager, ()):
        # Programs read the level from its own column.
        indent = "" if is_plain else _INDENT * level
        yield indent + name, role, level, names.get(manager or 0)
        yield from _below(person, level + 1, under, names, is_plain=is_plain)
