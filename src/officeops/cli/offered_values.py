"""Offered values: what a shell offers for an option, as a form does in its field."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final

from click.shell_completion import CompletionItem

from officeops.cli.context import office_of
from officeops.model.errors import OfficeError
from officeops.query.candidates import candidates
from officeops.query.references import scope

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import click

    from officeops.model.fields import Field
    from officeops.office.office import Office

#: The most records that are offered: a screen of a terminal shows about as many.
_MOST: Final = 50


def offered(
    ctx: click.Context,
    field: Field,
    fields: Sequence[Field],
    text: str,
) -> list[CompletionItem]:
    """Return the values of a field that begin like a text; nothing where a value cannot be read.

    `fields` are those of the whole command: a pack is offered inside the item of the line.
    """
    try:
        office = office_of(ctx)
        within = _within(office, field, fields, ctx.params)
        words = candidates(office, field, text, within, _MOST)
    except (OfficeError, sqlite3.Error):
        # The command itself names the fault; a shell would show a sentence inside the line.
        return []
    return [CompletionItem(word, help=more or None) for word, more in words]


def _within(
    office: Office,
    field: Field,
    fields: Sequence[Field],
    given: Mapping[str, object],
) -> dict[str, int]:
    """Return the columns by which a reference is looked up inside another option's record."""
    target = office.target(field)
    if not field.within or target is None:
        return {}
    by_name = {other.name: other for other in fields}

    def value_of(name: str) -> object:
        text = given.get(name)
        return office.refer(by_name[name], str(text)) if text and name in by_name else None

    return scope(field, target, fields, value_of)
