"""`officeops settings`: the facts of the office, and the settings of this machine.

`settings edit` changes the facts. You change the settings of a machine in its officeops.toml.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from officeops.backup.config import BackupSettings
from officeops.cli.commands.init import check_time_zone, checked_currency
from officeops.cli.context import office_of, run_of
from officeops.cli.group import Group, example
from officeops.cli.outcome import outcome_option, say_outcome
from officeops.cli.output import print_rows
from officeops.cli.output_options import output_options
from officeops.cli.verbs.field_options import field_options, read_values
from officeops.cli.verbs.option_faults import OptionFaults
from officeops.core.hours_actions import close_weekdays
from officeops.core.office_record import Facts
from officeops.model.errors import Already, Problem, Refused, UsageProblem
from officeops.model.fields import Field
from officeops.office.crud import edit_record
from officeops.plugins.time_limits import LimitSettings
from officeops.ssh.config import AccessSettings
from officeops.values.opening_hours import read_weekdays, show_hours, show_weekdays

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.settings import Machine
    from officeops.model.settings_table import Settings
    from officeops.office.office import Office

#: A row of the answer: the table, the key, the value and what the setting is for.
Row = tuple[str, str, object, str]

#: Columns of `settings`.
FIELDS = [
    Field("text", label="Where", list_rank=5).named("where", "str"),
    Field("text", label="Setting", list_rank=1).named("setting", "str"),
    Field("text", label="Value", list_rank=1).named("value", "str"),
    Field("text", label="What for", list_rank=6).named("help", "str"),
]


@click.group(cls=Group, invoke_without_command=True)
@output_options
@click.pass_context
def settings(
    ctx: click.Context,
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Show the facts of the office and the settings of this machine."""
    if ctx.invoked_subcommand:
        return
    office, machine = office_of(ctx), run_of(ctx).machine
    rows = [*_rows_of_office(office), *_rows_of_machine(office, machine)]
    print_rows(
        FIELDS,
        rows,
        office.ways,
        as_json=as_json,
        as_csv=as_csv,
    )


def _rows_of_office(office: Office) -> Iterator[Row]:
    for fact in Facts.meta.fields:
        yield "office", fact.public_name, _fact(office, fact), fact.help
    hours = office.calendar.hours
    closed = show_weekdays(weekday for weekday in range(7) if not hours[weekday])
    yield "office", "closed_weekdays", closed, "Days of the week without opening hours"
    opening = show_hours(hour for ofday in hours for hour in ofday)
    yield (
        "office",
        "opening_hours",
        opening,
        "When it is open; `opening-hours` has those of locations",
    )


def _rows_of_machine(office: Office, machine: Machine) -> Iterator[Row]:
    """Yield the settings in officeops.toml, table by table, plugins' last."""
    yield from _rows_of_table("officeops.toml", machine.own)
    yield from _rows_of_table("[backup]", machine.table("backup", BackupSettings))
    yield from _rows_of_table("[access]", machine.table("access", AccessSettings))
    yield from _rows_of_table("[limits]", machine.table("limits", LimitSettings))
    for plugin, declared in office.plugins.registered("settings"):
        yield from _rows_of_table(f"[plugins.{plugin}]", machine.of_plugin(plugin, declared))


def _rows_of_table(where: str, table: Settings) -> Iterator[Row]:
    for key, (_, declared) in table.keys.items():
        # The plugins have tables and a command of their own.
        if key != "plugins":
            yield where, key, str(getattr(table, key)), declared.help


def _fact(office: Office, fact: Field) -> object:
    """Return a fact of the office as people read it: the default location by its name."""
    value = getattr(office.facts, fact.name)
    # The default location is the one reference among the facts.
    if not fact.target or value is None:
        return value
    return office.label(office.record(fact.target), value)


@contextmanager
def _noted(wrong: list[UsageProblem | Refused], name: str) -> Iterator[None]:
    """Note the error of one option, and go on with the next."""
    try:
        yield
    except Refused as error:
        wrong.append(error)
    except UsageProblem as error:
        problems = [problem.replace(field=name, is_whole=True) for problem in error.problems]
        wrong.append(UsageProblem(str(error), problems))


@example("--name 'Main Street Clinic'")
@settings.command(params=field_options(Facts.meta.fields, required=False))
@outcome_option
@click.option(
    "--closed-weekdays",
    help="Days of the week without opening hours; set-hours sets the hours of the others",
)
@click.pass_context
def edit(ctx: click.Context, /, closed_weekdays: str | None, **given: str | None) -> None:
    """Change facts of the office."""
    office = office_of(ctx)
    # Each is said with the others that are wrong: a field of text would take any word.
    wrong: list[UsageProblem | Refused] = []
    closed = None
    checks = {"currency": checked_currency, "time_zone": check_time_zone}
    with _noted(wrong, "closed_weekdays"):
        closed = None if closed_weekdays is None else _weekdays(closed_weekdays)
    for name, check in checks.items():
        with _noted(wrong, name):
            if text := given.get(name):
                check(text)
    faults = OptionFaults(Facts.meta.fields, others=wrong)
    changes = read_values(office, Facts.meta.fields, given, faults=faults)
    if not changes and closed is None:
        raise UsageProblem(
            "Nothing to change was given. Name a fact, such as --name.", code="nothing-to-do"
        )
    if changes.get("currency"):
        changes["currency"] = checked_currency(changes["currency"])
    if changes and not office.facts.id:
        raise Refused(
            "This office was never started. `officeops init --name NAME` does that.",
            code="not-started",
        )
    try:
        if closed is None:
            edit_record(office, office.facts, changes, run_of(ctx).request)
        else:
            words = {name: text for name, text in given.items() if text is not None}
            arguments = {**words, "closed_weekdays": closed_weekdays}
            with office.acting("core.office.edit", arguments, request=run_of(ctx).request):
                office.edit(office.facts, **changes)
                close_weekdays(office, closed)
    except Already as done:
        run_of(ctx).repeat(done, answer="Changed.")
        return
    say_outcome(ctx, "Changed.")


def _weekdays(text: str) -> set[int]:
    """Read the days of the week without opening hours: until there were any, this was a fact."""
    try:
        return read_weekdays(text)
    except ValueError as error:
        problem = Problem(str(error), "closed_weekdays", code="unknown-choice")
        raise Refused([problem], "Office") from None
