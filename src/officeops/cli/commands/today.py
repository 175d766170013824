"""`officeops today`: what needs doing, worst first."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING

import click

from officeops.cli.context import office_of, refuse_request, run_of
from officeops.cli.days import day_of, needed_day
from officeops.cli.group import Group, example
from officeops.cli.outcome import outcome_option, say_outcome
from officeops.cli.output import print_rows, say
from officeops.cli.output_options import output_options
from officeops.cli.streams import delivered
from officeops.model.errors import Refused, UsageProblem
from officeops.model.exit_codes import DUE
from officeops.model.fields import Field
from officeops.office.granted_access import PREFIX as GRANTS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from officeops.model.due import Noted
    from officeops.office.office import Office

FIELDS = [
    Field("text", label="Severity", list_rank=1).named("severity", "str"),
    Field("date", label="Due", list_rank=1).named("due_on", "date"),
    Field("text", label="What", list_rank=0).named("what", "str"),
    Field("text", label="Next step", list_rank=5).named("action", "str"),
    Field("text", label="Owner", list_rank=6).named("owner", "str"),
    Field("text", label="Key", list_rank=4).named("key", "str"),
]
MORE = [
    Field("text", label="Plugin").named("plugin", "str"),
    Field("text", label="Record").named("record", "str"),
    Field("number", label="Record id").named("record_id", "int"),
    Field("yes_no", label="Seen").named("seen", "bool"),
    Field("date", label="Snoozed until").named("snoozed_until", "date"),
    Field("text", label="Snoozed by").named("snoozed_by", "str"),
    Field("text", label="Logins").named("logins", "str"),
]


@click.group(cls=Group, invoke_without_command=True)
@click.option(
    "--until",
    metavar="DATE",
    help="Items due by this day: 2026-01-31, +14d.",
)
@click.option(
    "--new",
    is_flag=True,
    help="Only what you have not seen.",
)
@click.option(
    "--mark-seen",
    is_flag=True,
    help="Mark the printed items as seen.",
)
@click.option("--snoozed", is_flag=True, help="Include snoozed items.")
@click.option(
    "--mine",
    is_flag=True,
    help="Only what you see to: your own, your roles', and of people without a login whom you manage.",
)
@click.option(
    "--for",
    "login",
    metavar="LOGIN",
    help="Show the list of LOGIN, for mail from cron; for the file's owner alone.",
)
@click.option(
    "--mail-to",
    "address",
    metavar="ADDRESS",
    help="Mail the list of --for; items are seen once it is taken.",
)
@click.option(
    "--check",
    is_flag=True,
    help="End with exit code 3 when anything is due.",
)
@output_options
@click.pass_context
def today(
    ctx: click.Context,
    until: str | None,
    *,
    new: bool,
    mark_seen: bool,
    snoozed: bool,
    mine: bool,
    login: str | None,
    address: str | None,
    check: bool,
    as_json: bool,
    as_csv: bool,
) -> int:
    """What needs doing, worst first: people at risk, the law, money, and the rest."""
    if ctx.invoked_subcommand:
        if login is not None:
            raise UsageProblem(
                f"--for is for the list alone; {ctx.invoked_subcommand} is done in one's own name.",
                code="not-together",
            )
        return 0
    to_file = ctx.params["page_file"] is not None
    if mark_seen:
        refuse_request(ctx)
        if to_file:
            # Whether the file was kept is known at the end of the command alone.
            raise UsageProblem(
                "--mark-seen is for a list that is printed. Leave out --output.",
                code="not-together",
            )
    if address is not None:
        _check_mail(login, other_form=to_file or as_json or as_csv)
    office = office_of(ctx) if login is None else _office_for(ctx, login)
    items = office.due_items(day_of(office, "--until", until), snoozed=snoozed)
    if mine:
        items = office.due.mine(items)
    if new:
        items = [item for item in items if not item.seen]
    fields, rows = _table(office, items, plain=as_json or as_csv)
    with nullcontext() if address is None else _mailed(address, len(items)):
        print_rows(
            fields,
            rows,
            office.ways,
            as_json=as_json,
            as_csv=as_csv,
            # The reason comes below; nobody knows that nothing is due.
            nothing="" if office.plugins.is_incomplete else _nothing(new=new),
            wraps="what",
        )
    if mark_seen and items:
        _mark(office, items)
    if office.plugins.is_incomplete:
        say("officeops: this list is incomplete.")
    return DUE if check and items else 0


def _mark(office: Office, items: Sequence[Noted]) -> None:
    """Mark the printed items as seen. Raises Refused if the reader did not take all of them."""
    # A mail that was cut short must not hide the items that it did not print.
    if not delivered():
        raise Refused(
            "nothing is marked as seen, since the list was not read to its end", code="not-read"
        )
    # Cron may mail this to nobody: a new key or role is seen by its owner alone.
    keys = [item.due.key for item in items]
    office.mark_seen([key for key in keys if not key.startswith(GRANTS)])


def _check_mail(login: str | None, *, other_form: bool) -> None:
    """Raise UsageProblem unless the list of one login is mailed as text."""
    # --for is for the owner of the file: nobody else sends mail from this machine.
    if login is None or other_form:
        raise UsageProblem(
            "--mail-to mails the list of --for LOGIN, as text. Name the login and no other form.",
            code="not-together",
        )


def _mailed(address: str, count: int) -> AbstractContextManager[None]:
    # Here, since a list on the screen needs no mail.
    from officeops.cli.mailing import mailed

    return mailed(address, f"officeops: {count} due")


def _table(
    office: Office,
    items: Sequence[Noted],
    *,
    plain: bool,
) -> tuple[list[Field], list[tuple[object, ...]]]:
    """Return the columns of the list and its rows; a `plain` list, for scripts, has more of them."""
    if not plain:
        return FIELDS, [_row(item)[: len(FIELDS)] for item in items]
    # For scripts alone, which send the list on; people read the owners.
    logins = office.due.logins(items)
    rows = [(*_row(item), own or None) for item, own in zip(items, logins, strict=True)]
    return FIELDS + MORE, rows


def _nothing(*, new: bool) -> str:
    """Return the sentence for an empty list.

    Where nothing is new, only a person at a terminal gets one: cron mails every sentence.
    """
    if not new:
        return "Nothing is due."
    return "Nothing new is due." if sys.stderr.isatty() else ""


def _office_for(ctx: click.Context, login: str) -> Office:
    """Return the office as one of its users sees it; ends the command for one who is on leave.

    Raises Refused for anyone but the file's owner.
    """
    from officeops.access.identity import again, owns

    run = run_of(ctx)

    # Opened as the owner first, who may upgrade its tables; the user may not.
    path = run.office().path
    if run.user or not owns(path):
        raise Refused(
            "--for is for the owner of the office's file; others see their own list without it",
            code="owner-only",
        )
    if not login:
        raise UsageProblem(
            "--for needs a login, such as ann. `officeops access list` lists them.", code="needed"
        )
    why = again(run.office(), login).why_out
    if why:
        # Cron asks each morning, and mails every sentence.
        if sys.stderr.isatty():
            say(f"{why}.")
        ctx.exit(0)
    # Opened again below, with the permissions and the scope of that user.
    run.close()
    run.user = login
    return run.office()


def _row(item: Noted) -> tuple[object, ...]:
    """Return a row of the list, in the order of FIELDS and MORE, without the logins."""
    due = item.due
    return (
        due.severity,
        due.on.isoformat(),
        due.what,
        due.action,
        ", ".join((due.owner, *due.others)),
        due.key,
        item.plugin,
        due.record,
        due.record_id or None,
        item.seen,
        item.snoozed_until or None,
        item.snoozed_by or None,
    )


today.former = {"wake": "unsnooze"}


@example("vendors.document:3:2027-03-31:60 --until +7d")
@today.command()
@click.argument("key")
@click.option(
    "--until",
    required=True,
    metavar="DATE",
    help="The day it comes back: 2026-01-31, +7d.",
)
@click.option("--despite", is_flag=True, help="Also for more than a year.")
@outcome_option
@click.pass_context
def snooze(
    ctx: click.Context,
    key: str,
    until: str,
    *,
    despite: bool,
) -> None:
    """Snooze a due item, for the whole office."""
    office = office_of(ctx)
    day = needed_day(office, "--until", until)
    office.snooze(key, day, request=run_of(ctx).request, despite=despite)
    say_outcome(ctx, f"{key} is snoozed until {day}.")


@example("vendors.document:3:2027-03-31:60")
@today.command()
@click.argument("key")
@outcome_option
@click.pass_context
def unsnooze(ctx: click.Context, key: str) -> None:
    """End a snooze: the due item is back at once."""
    office_of(ctx).wake(key, request=run_of(ctx).request)
    say_outcome(ctx, f"{key} is no longer snoozed.")


@example("--all")
@today.command()
@click.argument("keys", nargs=-1)
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Everything due now.",
)
@outcome_option
@click.pass_context
def seen(
    ctx: click.Context,
    keys: tuple[str, ...],
    *,
    everything: bool,
) -> None:
    """Mark due items as seen."""
    if not keys and not everything:
        raise UsageProblem(
            "Name the keys that `officeops today` prints, or give --all.", code="needed"
        )
    office = office_of(ctx)
    # A mistyped key is refused before any other is marked.
    office.check_due(keys)
    marked = [item.due.key for item in office.due_items()] if everything else list(keys)
    office.mark_seen(marked, request=run_of(ctx).request)
    say_outcome(ctx, f"{len(marked)} seen.")
