"""`officeops NOUN label`: labels with QR codes, in the terminal or on sheets of label stock."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from officeops.cli.context import office_of
from officeops.cli.output_options import page_options
from officeops.cli.verbs.text_verb import print_page
from officeops.exchange.paper.printout import Label, Labels, Printout
from officeops.exchange.paper.qr_code import SCANNED
from officeops.model.declarations import Query, named
from officeops.model.errors import Refused, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops.model.errors import OfficeError
    from officeops.model.records import Record
    from officeops.office.office import Office


def command(record: type[Record], verb: str) -> click.Command:
    """Build the verb for a kind of record that declares `as_label`."""

    @page_options("txt", "pdf")
    @click.pass_context
    def run(
        ctx: click.Context,
        which: tuple[str, ...],
        where: str,
        skip: int,
    ) -> None:
        office = office_of(ctx)
        office.allow_view(record)
        records = [office.find(record, word) for word in which]
        if where:
            records += _matching(office, record, where)
        if not records:
            raise _nothing(record, where)
        labels = [_label(office, one) for one in records]
        print_page(Printout("", (Labels(labels, skip),)))

    plural = record.meta.many
    words = (
        f"Print labels with the QR codes of {plural}. A scan of one opens its record on the screen. "
        "To a PDF (--output labels.pdf) they go on sheets of label stock: 30 on Letter (Avery 5160), "
        "21 on A4 (L7160)."
    )
    label = click.Command(verb, callback=run, help=words)
    which = click.Argument(["which"], metavar=f"[{record.meta.noun.upper()}]...", nargs=-1)
    where = click.Option(["--where"], default="", metavar="FILTER", help=f"Those {plural} too.")
    skip = click.Option(
        ["--skip"],
        type=click.IntRange(0, 29),
        default=0,
        metavar="N",
        help="Labels of the first sheet that are used up.",
    )
    label.params = [which, where, skip, *run.__click_params__[::-1]]
    return label


def _nothing(record: type[Record], where: str) -> OfficeError:
    """Make the error of a command that names no record, or whose filter finds none."""
    many = record.meta.many
    if where:
        return Refused(f"No {many} match {where!r}, so no label is printed", code="nothing-to-do")
    return UsageProblem(f"Name {many}, or say which with --where.", code="needed")


def _matching(
    office: Office,
    record: type[Record],
    where: str,
) -> Iterable[Record]:
    sql, values = office.query(record).ids(Query(where=where))
    return office.some(record, [row[0] for row in office.answer(record, sql, *values)])


def _label(office: Office, record: Record) -> Label:
    lines = named(type(record).as_label)(office, record)
    return Label(f"{SCANNED}{record.human_key}", list(lines))
