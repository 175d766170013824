"""A conflict on the command line: your value, the other person's, and the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from officeops.model.errors import OfficeError
from officeops.model.sealed_value import MASK
from officeops.values.convert import plain, show
from officeops.values.text import safe

if TYPE_CHECKING:
    from officeops.model.errors import Conflict
    from officeops.model.fields import Field
    from officeops.model.meta import Meta
    from officeops.office.office import Office


def clash_json(
    office: Office,
    meta: Meta,
    clash: Conflict,
) -> None:
    """Print a conflict for scripts.

    `{"conflict": {field: {"mine": …, "theirs": …, "base": …}}, "version": the current one}`.
    """
    import json

    sides = {"mine": clash.mine, "theirs": clash.theirs, "base": clash.base}
    conflict = {}
    for field in _fields(meta, clash):
        values = {side: _plain(office, field, row[field.name]) for side, row in sides.items()}
        conflict[field.public_name] = values
    click.echo(json.dumps({"conflict": conflict, "version": clash.version}, ensure_ascii=False))


def clash_told(
    office: Office,
    meta: Meta,
    clash: Conflict,
) -> OfficeError:
    """Return the error of a conflict: the three values of each field, and how to write anyway."""
    parts = []
    for field in _fields(meta, clash):
        mine = _shown(office, field, clash.mine[field.name])
        theirs = _shown(office, field, clash.theirs[field.name])
        base = _shown(office, field, clash.base[field.name])
        parts.append(f"{field.public_name}: yours {mine}, theirs {theirs}, before {base}")
    # An archived record has no field that changed, so it is said apart.
    if clash.archived:
        parts.append(f"it was {clash.archived}")
    again = f"To write yours anyway, add --version {clash.version}."
    return OfficeError(
        f"{clash.about} was changed by someone else, and nothing was written. "
        f"{'; '.join(parts)}. {again}"
    )


def _fields(meta: Meta, clash: Conflict) -> list[Field]:
    return [meta.by_name[name] for name in clash.mine]


def _plain(
    office: Office,
    field: Field,
    value: object,
) -> object:
    if field.sealed:
        return MASK
    if field.target:
        return _name(office, field, value)
    return plain(field, value, office.ways)


def _shown(
    office: Office,
    field: Field,
    value: object,
) -> str:
    if field.sealed:
        return MASK
    text = _name(office, field, value) if field.target else show(field, value, office.ways)
    return repr(safe(text)) if text else "blank"


def _name(
    office: Office,
    field: Field,
    value: object,
) -> str | None:
    """Return the name of the record a reference points to; its id where the kind is off."""
    if not isinstance(value, int):
        return None
    target = office.target(field)
    return office.label(target, value) if target else f"#{value}"
