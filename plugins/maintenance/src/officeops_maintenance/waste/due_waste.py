"""What waste needs in Today: signed copies that are not back, and signers without a valid training."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops import Due
from officeops_maintenance.waste.pickup import WastePickup, waste_of
from officeops_maintenance.waste.return_rules import rule_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office

_OUT: Final = "signed_copy_id IS NULL AND returned_on IS NULL"
#: More of them have one line together: a log of years that was imported must not fill Today.
_FEW: Final = 3
#: The latest pickup of each signer: with a new training, their next one settles it.
_LATEST: Final = """
id = (SELECT p.id FROM maintenance_waste_pickup p
    WHERE p.signer = maintenance_waste_pickup.signer AND p.archived_at IS NULL
    ORDER BY p.picked_on DESC, p.id DESC LIMIT 1)
"""


def due_waste(office: Office, until: date) -> Iterator[Due]:
    """Yield the due items of pickups up to a day."""
    late = []
    for pickup in office.all(WastePickup, _OUT):
        day, is_confirmed = due_back(office, pickup)
        # Before that day the copy is on its way, and nobody can do anything.
        if day <= until:
            late.append((pickup, day, is_confirmed))
    if len(late) > _FEW:
        yield _copies(len(late), min(day for _, day, _ in late))
    else:
        for pickup, day, is_confirmed in late:
            yield _copy(pickup, day, is_confirmed=is_confirmed)
    for pickup in office.all(WastePickup, _LATEST):
        yield from _training(office, pickup)


def due_back(office: Office, pickup: WastePickup) -> tuple[date, bool]:
    """Return by when a signed copy has to be back, and whether the office confirmed the rule."""
    rule = rule_for(office, (waste.kind for waste in waste_of(office, pickup)))
    return pickup.picked_on + timedelta(days=rule.days), rule.is_confirmed


def _copies(number: int, first: date) -> Due:
    return Due(
        key="maintenance.waste-copies",
        on=first,
        what=f"{number} signed copies of manifests are not back, the first since {first}",
        severity="legal",
        record=WastePickup.meta.key,
    )


def _copy(
    pickup: WastePickup,
    day: date,
    *,
    is_confirmed: bool,
) -> Due:
    what = f"{pickup.human_key} {pickup.manifest}: attach the signed copy"
    if not is_confirmed:
        what += " (suggested; your state may say otherwise)"
    return Due(
        key=f"maintenance.waste-copy:{pickup.id}",
        on=day,
        what=what,
        severity="legal",
        action="signed-copy",
        record=WastePickup.meta.key,
        record_id=pickup.id,
    )


def _training(office: Office, pickup: WastePickup) -> Iterator[Due]:
    training = office.text_of(pickup, "training")
    if training == "valid":
        return
    why = "enter the day of it" if training == "unknown" else "train before the next pickup"
    yield Due(
        key=f"maintenance.waste-signer:{pickup.id}",
        on=pickup.picked_on,
        what=f"{pickup.human_key}: hazmat training of {pickup.signer} is {training}; {why}",
        severity="legal",
        action="edit",
        record=WastePickup.meta.key,
        record_id=pickup.id,
    )
