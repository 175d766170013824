"""`officeops skill matrix` and `officeops skill cover`: who does what, and who can cover."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import click

from officeops import Problem, Refused, folded
from officeops.commands import entitle, example, needed_day, office_of, output_options, print_rows
from officeops_hr.people.columns import column
from officeops_hr.people.person import Person
from officeops_hr.skills.competence import Competence
from officeops_hr.skills.matrix import Column, Matrix, matrix
from officeops_hr.skills.skill import Skill

if TYPE_CHECKING:
    from officeops import Office

COVER_FIELDS: Final = [
    column("skill", "Skill"),
    column("area", "Area", 4),
    column(
        "alone",
        "Alone",
        1,
        kind="number",
    ),
    column(
        "wanted",
        "Wanted",
        3,
        kind="number",
    ),
    column("state", "State", 2),
    column("people", "Who"),
]
#: How a skill is covered, by how many do it alone.
_STATES: Final = {0: "nobody", 1: "one person"}


@example("--area Clinical")
@click.command("matrix")
@click.option(
    "--on",
    "day",
    default="today",
    show_default=True,
    metavar="DAY",
)
@click.option(
    "--area",
    metavar="AREA",
    help="The skills of one area alone.",
)
@output_options
@click.pass_context
def matrix_command(
    ctx: click.Context,
    *,
    day: str,
    area: str | None,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Print people and skills, with the level of each: 0 none to 4 teaches.

    An x behind a level says that it has lapsed.
    """
    office = office_of(ctx)
    table = _matrix(office, day, area)
    entitle(f"Skills on {needed_day(office, '--on', day)}")
    fields = [column("number", "Number", 9), column("person", "Person")]
    for place, skill in enumerate(table.skills):
        # Narrow terminals drop whole pages of skills, the last first.
        fields.append(column(_word(skill), skill.name, 2 + place // 8))
    rows = []
    for person in table.people:
        marks = [_mark(table, person.id, skill) for skill in table.skills]
        rows.append((f"{Person.meta.prefix}-{person.id}", person.name, *marks))
    nothing = "No skill is kept: officeops skill add --name Phlebotomy"
    print_rows(
        fields,
        rows,
        office.ways,
        as_json=as_json,
        as_csv=as_csv,
        nothing=nothing,
    )


def _word(skill: Column) -> str:
    """Return the name of a skill as a key of JSON; two that are alike have their numbers."""
    return f"{re.sub(r'[^a-z0-9]+', '_', folded(skill.name)).strip('_')}_{skill.id}"


def _mark(
    table: Matrix,
    person_id: int,
    skill: Column,
) -> str | None:
    shown = table.cells.get((person_id, skill.id))
    return shown.mark if shown else None


@example("Phlebotomy")
@click.command()
@click.argument(
    "skill",
    required=False,
    metavar="SKILL",
)
@click.option(
    "--on",
    "day",
    default="today",
    show_default=True,
    metavar="DAY",
)
@click.option(
    "--check",
    is_flag=True,
    help="End with exit code 3 when fewer can than should.",
)
@output_options
@click.pass_context
def cover(
    ctx: click.Context,
    *,
    skill: str | None,
    day: str,
    check: bool,
    as_json: bool,
    as_csv: bool,
) -> int:
    """List who can do each skill alone, those that one person has first."""
    office = office_of(ctx)
    table = _matrix(office, day, None)
    only = office.find(Skill, skill).id if skill else None
    asked = [column_ for column_ in table.skills if only in {None, column_.id}]
    entitle(f"Who can cover on {needed_day(office, '--on', day)}")
    rows = sorted((_cover_row(table, column_) for column_ in asked), key=_fewest)
    nothing = "No skill is kept: officeops skill add --name Phlebotomy"
    print_rows(
        COVER_FIELDS,
        rows,
        office.ways,
        as_json=as_json,
        as_csv=as_csv,
        nothing=nothing,
    )
    # Cron tells the manager by it.
    return 3 if check and any(alone < wanted for _, _, alone, wanted, *_ in rows) else 0


def _matrix(
    office: Office,
    day: str,
    area: str | None,
) -> Matrix:
    # The query of the matrix asks no permission by itself.
    for kind in (Person, Skill, Competence):
        office.allow_view(kind)
    table = matrix(office, needed_day(office, "--on", day), area)
    # A mistyped area would look like one without skills.
    if area and not table.skills:
        why = f"there is no skill of the area {area!r}. Look with `officeops skill list`"
        raise Refused([Problem(why, "--area", code="not-found")])
    return table


def _cover_row(table: Matrix, skill: Column) -> tuple[str, str | None, int, int, str, str | None]:
    # By their number: names alone do not say whether it is enough.
    people = table.covering(skill)
    state = _STATES.get(len(people)) or ("short" if len(people) < skill.wanted else "covered")
    names = ", ".join(person.name for person in people)
    return skill.name, skill.area or None, len(people), skill.wanted, state, names or None


# The skills that nobody has come first: they close a service.
def _fewest(row: tuple[str, str | None, int, int, str, str | None]) -> tuple[int, str]:
    return row[2], row[0]
