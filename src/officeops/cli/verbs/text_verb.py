"""`officeops NOUN text`: one record as plain text to hand over, such as an order for its vendor."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

import click

from officeops.cli.context import office_of, refuse_request
from officeops.cli.on_page import page
from officeops.cli.output import say
from officeops.cli.output_options import page_options
from officeops.exchange.paper.plain import text_lines
from officeops.exchange.paper.printout import Printout

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops.model.records import Record


def command(record: type[Record], verb: str) -> click.Command:
    """Build the verb for a kind of record that declares `as_text`."""

    @page_options("txt", "pdf")
    @click.pass_context
    def run(ctx: click.Context, which: str) -> None:
        # Sealed texts are opened again each time, which is recorded.
        refuse_request(ctx)
        office = office_of(ctx)
        office.allow_view(record)
        subject = office.find(record, which)
        module_name, _, function = record.as_text.partition(":")
        module = import_module(module_name)
        print_page(getattr(module, function)(office, subject))
        # A function `missing` beside it names what the other side will ask for.
        if missing := getattr(module, "missing", None):
            for sentence in missing(office, subject):
                say(sentence)

    a_label = record.meta.a_record
    words = (
        f"Print {a_label} as plain text, at most 80 columns wide: to print, or to paste into mail "
        "or a portal."
    )
    text = click.Command(verb, callback=run, help=words)
    which = click.Argument(["which"], metavar=record.meta.noun.upper())
    text.params = [which, *run.__click_params__[::-1]]
    return text


def print_page(text: Printout | Iterable[str]) -> None:
    """Print a page for people, or lines of text: on paper, into the file, or on standard output."""
    if isinstance(text, Printout):
        if on_page := page():
            on_page.take(text)
            return
        text = text_lines(text)
    lines = list(text)
    sys.stdout.write("\n".join(lines) + "\n")
