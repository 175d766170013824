"""`officeops huddle`: the morning's page, by every plugin's part."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from officeops.cli.context import office_of
from officeops.cli.on_page import entitle
from officeops.cli.output import print_rows, say
from officeops.cli.output_options import output_options
from officeops.cli.paragraphs import page_width, paragraph
from officeops.model.fields import Field
from officeops.model.huddle import PARTS
from officeops.office.huddle import huddle as page_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office.huddle import Owned

FIELDS = [
    Field("text", label="Part").named("part", "str"),
    Field("text", label="What").named("what", "str"),
    Field("text", label="Plugin").named("plugin", "str"),
    Field("text", label="Record").named("record", "str"),
    Field("number", label="Record id").named("record_id", "int"),
]


@click.command()
@output_options
@click.pass_context
def huddle(
    ctx: click.Context,
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Print the morning's page: hours, lots not to use, shortages, deliveries and tasks.

    A part with nothing in it says `none`; one that no plugin keeps is left out.
    """
    office = office_of(ctx)
    page = page_of(office)
    if as_json or as_csv:
        print_rows(FIELDS, _rows(page), office.ways, as_json=as_json, as_csv=as_csv)
    else:
        _print(f"{office.facts.name}, {office.today:%A} {office.today}", page)
    # On the other stream: a script that reads the page must not take it for a line.
    if office.plugins.is_incomplete:
        say("officeops: this page is incomplete.")


def _print(title: str, page: dict[str, list[Owned]]) -> None:
    entitle("Huddle")
    width = page_width()
    lines = paragraph(title, width=width)
    for part, answers in page.items():
        lines += ["", PARTS[part]]
        for _, line in answers:
            lines += paragraph(line.what, "  ", width=width)
        if not answers:
            lines.append("  none")
    click.echo("\n".join(lines))


def _rows(page: dict[str, list[Owned]]) -> Iterator[tuple[object, ...]]:
    """Yield the lines as rows; a part with nothing in it has one row without a text."""
    for part, lines in page.items():
        # So a script can tell "none" from a part that nobody keeps.
        if not lines:
            yield part, None, None, None, None
        for plugin, line in lines:
            yield part, line.what, plugin, line.record or None, line.record_id or None
