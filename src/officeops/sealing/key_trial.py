"""Trial: open some values of every sealed field, to prove that key, sheet and values fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.model.errors import OfficeError

if TYPE_CHECKING:
    from officeops.model.fields import Field
    from officeops.model.meta import Meta
    from officeops.sealing.sealing_office import SealingOffice

#: Values of each field that are opened: the oldest and the newest.
EACH: Final = 20


def trial(office: SealingOffice, each: int = EACH) -> tuple[int, list[str]]:
    """Return how many values opened, and a sentence for each one that did not. No value is shown.

    It also tries the recovery sheet, as it would be printed: the paper in the safe must give the
    same keys.
    """
    from officeops.sealing.recovery_sheet import recovered, sheet

    opened, problems = 0, list[str]()
    away: dict[str, None] = {}
    keys = office.seals.ring.keys
    if keys and tuple(recovered(sheet(keys))) != keys:
        problems.append(
            "The recovery sheet does not give the keys back; keep a copy of the key's file in the "
            "safe instead."
        )
    for meta, field in office.seals.sealed_fields():
        for id_, token in _sample(office, meta, field, max(each // 2, 1)):
            try:
                office.seals.opened(meta, id_, field, token)
                opened += 1
            except OfficeError as error:
                record = office.records[meta.key]
                if office.out_of_reach(record, {id_}):
                    away.setdefault(f"{field.label} of {meta.many}")
                else:
                    problems.append(str(error))
    problems += [f"{place} that you may not see: some do not open." for place in away]
    return opened, problems


def _sample(
    office: SealingOffice,
    meta: Meta,
    field: Field,
    count: int,
) -> list[tuple[int, str]]:
    """Return ids and sealed values of the oldest and newest records, `count` of each, once."""
    sql = f"SELECT id, {field.name} FROM {meta.table} WHERE {field.name} IS NOT NULL"
    oldest = office.rows(f"{sql} ORDER BY id LIMIT {count}")
    newest = office.rows(f"{sql} ORDER BY id DESC LIMIT {count}")
    return sorted({*map(tuple, oldest), *map(tuple, newest)})
