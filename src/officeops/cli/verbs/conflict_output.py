"""A clash on the command line: what is mine, theirs and what it was, field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from officeops.model.errors import OfficeError
from officeops.model.sealed_value import MASK
from officeops.values.convert import plain, safe, show

if TYPE_CHECKING:
    from officeops.model.errors import Conflict
    from officeops.model.fields import Field
    from officeops.model.meta import Meta
    from officeops.office.office import Office


def clash_json(office: Office, meta: Meta, clash: Conflict) -> None:
    """Print a clash for scripts: `{"conflict": {field: {mine, theirs, base}}, "version": the one it has now}`."""
    import json

    sides = {"mine": clash.mine, "theirs": clash.theirs, "base": clash.base}
    fields = {
        f.public_name: {word: _plain(office, f, side[f.name]) for word, side in sides.items()}
        for f in _of(meta, clash)
    }
    click.echo(json.dumps({"conflict": fields, "version": clash.version}, ensure_ascii=False))


def clash_told(office: Office, meta: Meta, clash: Conflict) -> OfficeError:
    """Return a clash as a sentence that names the three values of each field, and how to write over it all the same."""
    told = [
        f"{f.public_name}: yours {_shown(office, f, clash.mine[f.name])}, theirs {_shown(office, f, clash.theirs[f.name])}, "
        f"before {_shown(office, f, clash.base[f.name])}"
        for f in _of(meta, clash)
    ]
    if clash.archived:
        told.append(f"it was {clash.archived}")
    again = f"To write yours anyway, add --version {clash.version}."
    return OfficeError(
        f"{clash.about} was changed by someone else, and nothing was written. {'; '.join(told)}. {again}"
    )


def _of(meta: Meta, clash: Conflict) -> list[Field]:
    return [meta.by_name[name] for name in clash.mine]


def _plain(office: Office, field: Field, value: object) -> object:
    if field.sealed:
        return MASK
    return (
        _name(office, field, value)
        if field.kind == "reference"
        else plain(field, value, office.ways)
    )


def _shown(office: Office, field: Field, value: object) -> str:
    if field.sealed:
        return MASK
    text = (
        _name(office, field, value)
        if field.kind == "reference"
        else show(field, value, office.ways)
    )
    return repr(safe(text)) if text else "blank"


def _name(office: Office, field: Field, value: object) -> str | None:
    """Return what names the record a reference points to."""
    if not isinstance(value, int):
        return None
    target = office.target(field)
    return office.label(target, value) if target else f"#{value}"
