"""Trial: opening some values of every sealed field, to know that key, recovery sheet and values still belong together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.model.errors import OfficeError

if TYPE_CHECKING:
    from officeops.sealing.sealing_office import SealingOffice

#: Values of each field that are opened: the oldest and the newest.
EACH: Final = 20


def trial(office: SealingOffice, each: int = EACH) -> tuple[int, list[str]]:
    """Return how many values opened, and a sentence for every one that did not. No value is kept or shown.

    The keys are taken from the recovery sheet as it would be printed: what the safe holds must open them.
    """
    from officeops.sealing.recovery_sheet import recovered, sheet

    opened, shut = 0, list[str]()
    keys = office.seals.ring.keys
    if keys and tuple(recovered(sheet(keys))) != keys:
        shut.append(
            "The recovery sheet does not give the keys back; keep a copy of the key's file in the safe instead."
        )
    for meta, field in office.seals.sealed_fields():
        name, half = field.name, max(each // 2, 1)
        rows = {
            row
            for order in ("id", "id DESC")
            for row in office.rows(
                f"SELECT id, {name} FROM {meta.table} WHERE {name} IS NOT NULL ORDER BY {order} LIMIT {half}"
            )
        }
        for id_, token in sorted(rows):
            try:
                office.seals.opened(meta, id_, field, token)
                opened += 1
            except OfficeError as error:
                shut.append(str(error))
    return opened, shut
