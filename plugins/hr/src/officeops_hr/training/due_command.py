"""`officeops training due`: who needs which training, and by when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from officeops.commands import entitle, example, needed_day, office_of, output_options, print_rows
from officeops_hr.people.columns import column
from officeops_hr.people.person import Person
from officeops_hr.training.needs import STATES, Need, needs
from officeops_hr.training.topic import TrainingTopic
from officeops_hr.training.training import Training

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office

FIELDS: Final = [
    column("number", "Number", 5),
    column("person", "Person"),
    column("topic", "Topic"),
    column("state", "State", 1),
    column(
        "due_on",
        "By",
        1,
        kind="date",
    ),
    column(
        "done_on",
        "Last done",
        3,
        kind="date",
    ),
]
#: States in which nobody has to do anything.
QUIET: Final = ("current", "exempt")


@example("--topic 'Bloodborne pathogens' --on +60d")
@click.command()
@click.option(
    "--on",
    "day",
    default="today",
    show_default=True,
    metavar="DAY",
)
@click.option(
    "--topic",
    metavar="TOPIC",
    help="Of one topic alone.",
)
@click.option(
    "--person",
    metavar="PERSON",
    help="Of one person alone.",
)
@click.option(
    "--all",
    "whole",
    is_flag=True,
    help="Current ones, too.",
)
@click.option(
    "--check",
    is_flag=True,
    help="End with exit code 3 when anything is overdue.",
)
@output_options
@click.pass_context
def due(
    ctx: click.Context,
    *,
    day: str,
    topic: str | None,
    person: str | None,
    whole: bool,
    check: bool,
    as_json: bool,
    as_csv: bool,
) -> int:
    """List who needs which training, and by when."""
    office = office_of(ctx)
    # The query of the needs asks no permission by itself.
    for kind in (Person, Training, TrainingTopic):
        office.allow_view(kind)
    on = needed_day(office, "--on", day)
    entitle(f"Training on {on}")
    asked = _asked(
        office,
        on,
        person,
        topic,
    )
    shown = [need for need in asked if whole or need.state not in QUIET]
    nothing = "Nobody within your reach needs training then."
    rows = list(_rows(shown))
    print_rows(
        FIELDS,
        rows,
        office.ways,
        as_json=as_json,
        as_csv=as_csv,
        nothing=nothing,
    )
    # Cron tells the manager by it.
    return 3 if check and any(need.state == "overdue" for need in asked) else 0


def _asked(
    office: Office,
    day: date,
    person: str | None,
    topic: str | None,
) -> list[Need]:
    person_id = office.find(Person, person).id if person else None
    topic_id = office.find(TrainingTopic, topic).id if topic else None
    found = [need for need in needs(office, day, person_id) if topic_id in {None, need.topic_id}]
    return sorted(found, key=_urgency)


def _urgency(need: Need) -> tuple[int, str]:
    # What holds for good comes last.
    return STATES.index(need.state), str(need.due_on or "9999")


def _rows(shown: list[Need]) -> Iterator[tuple[object, ...]]:
    for need in shown:
        due_on = str(need.due_on) if need.due_on else None
        done_on = str(need.done_on) if need.done_on else None
        # Two people may have one name.
        number = f"{Person.meta.prefix}-{need.person_id}"
        yield number, need.person, need.topic, need.state, due_on, done_on
