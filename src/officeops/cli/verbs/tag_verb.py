"""`officeops NOUN tag`: words are put on a record, or taken off it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from officeops.cli.context import office_of, run_of
from officeops.cli.outcome import outcome_option, say_outcome
from officeops.cli.request_ids import found_for
from officeops.model.errors import Already
from officeops.office.tagging import tag, untag
from officeops.values.wording import listing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops.model.records import Record
    from officeops.office.office import Office


def command(record: type[Record], verb: str) -> click.Command:
    """Build the verb for a kind of record."""

    @outcome_option
    @click.pass_context
    def run(
        ctx: click.Context,
        which: str,
        words: tuple[str, ...],
        remove: bool,  # noqa: FBT001
    ) -> None:
        office, request = office_of(ctx), run_of(ctx).request
        act = untag if remove else tag
        try:
            with found_for(ctx, f"core.tag.{'archive' if remove else 'add'}", record, which):
                subject = office.find(record, which)
            changed = act(office, subject, words, request)
        except Already as done:
            run_of(ctx).repeat(done)
            return
        say_outcome(ctx, _sentence(office, subject, changed, remove=remove))

    help_ = f"Put words on {record.meta.a_record}, by which lists find it: tag=WORD."
    command = click.Command(verb, callback=run, help=help_)
    outcome: list[click.Parameter] = run.__click_params__
    command.params = [
        click.Argument(["which"], metavar=record.meta.noun.upper()),
        click.Argument(["words"], metavar="WORD...", nargs=-1, required=True),
        click.Option(["--remove"], is_flag=True, help="Take these words off it."),
        *outcome,
    ]
    return command


def _sentence(
    office: Office,
    subject: Record,
    changed: Sequence[str],
    *,
    remove: bool,
) -> str:
    name = office.about(subject)
    if not changed:
        return f"{name} has these tags already." if not remove else f"{name} has no such tag."
    noun = "tag" if len(changed) == 1 else "tags"
    verb = "no longer has" if remove else "has"
    return f"{name} {verb} the {noun} {listing(list(changed))}{'' if remove else ' now'}."
