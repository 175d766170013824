"""`officeops settings`: the office's facts, changed here; this machine's settings, changed in officeops.toml."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from officeops.backup.config import BackupSettings
from officeops.cli.commands.init import check_time_zone, checked_currency
from officeops.cli.context import office_of, run_of
from officeops.cli.group import Group
from officeops.cli.output import output_options, print_rows, say
from officeops.cli.verbs.write_verbs import field_options, read_values
from officeops.core.records import Facts
from officeops.model.errors import Refused, UsageProblem
from officeops.model.fields import Field
from officeops.office.crud import edit_record
from officeops.plugins.time_limits import LimitSettings
from officeops.ssh.config import AccessSettings

if TYPE_CHECKING:
    from officeops.model.settings import Settings
    from officeops.office.office import Office

FIELDS = [
    Field("text", label="Where", list_rank=5).named("where", "str"),
    Field("text", label="Setting", list_rank=1).named("setting", "str"),
    Field("text", label="Value", list_rank=1).named("value", "str"),
    Field("text", label="What for", list_rank=6).named("help", "str"),
]


@click.group(cls=Group, invoke_without_command=True)
@output_options
@click.pass_context
def settings(ctx: click.Context, *, as_json: bool, as_csv: bool) -> None:
    """Show the facts of the office and the settings of this machine."""
    if ctx.invoked_subcommand:
        return
    office, machine = office_of(ctx), run_of(ctx).machine
    rows = [("office", f.public_name, _fact(office, f), f.help) for f in Facts.meta.fields]
    tables: list[tuple[str, Settings]] = [
        ("officeops.toml", machine.own),
        ("[backup]", machine.table("backup", BackupSettings)),
        ("[access]", machine.table("access", AccessSettings)),
        ("[limits]", machine.table("limits", LimitSettings)),
    ]
    tables += [
        (f"[plugins.{name}]", machine.of_plugin(name, declared))
        for name, declared in office.plugins.registered("settings")
    ]
    for where, table in tables:
        rows += [
            (where, key, str(getattr(table, key)), declared.help)
            for key, (_, declared) in table.keys.items()
            if key != "plugins"
        ]
    print_rows(FIELDS, rows, office.ways, as_json=as_json, as_csv=as_csv)


def _fact(office: Office, fact: Field) -> object:
    """Return one of the office's facts as people read it."""
    value = getattr(office.facts, fact.name)
    if fact.kind != "reference" or value is None:
        return value
    return office.label(office.record(fact.target), value)


@settings.command(params=field_options(Facts.meta.fields, required=False))
@click.pass_context
def edit(ctx: click.Context, /, **given: str | None) -> None:
    """Change facts of the office."""
    office = office_of(ctx)
    changes = read_values(office, Facts.meta.fields, given)
    if not changes:
        raise UsageProblem("Nothing to change was given. Name a fact, such as --name.")
    if changes.get("currency"):
        changes["currency"] = checked_currency(changes["currency"])
    check_time_zone(changes.get("time_zone"))
    if not office.facts.id:
        raise Refused("This office was never started. `officeops init --name NAME` does that.")
    edit_record(office, office.facts, changes, run_of(ctx).request)
    say("Changed.")
