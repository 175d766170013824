"""`officeops waste-log`: the pickups of a period, a line for each kind of waste."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from officeops.commands import entitle, example, needed_day, office_of, output_options, print_rows
from officeops_maintenance.columns import column
from officeops_maintenance.tickets.whom_to_call import known_vendor
from officeops_maintenance.waste.page import copy_in_words
from officeops_maintenance.waste.pickup import WastePickup, waste_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office

_COLUMNS: Final = (
    column("picked_on", "date", label="Picked up"),
    column("manifest"),
    column("kind", label="Waste"),
    column("containers", "number"),
    column("weight", rank=2),
    column("vendor", rank=3),
    column("signer", label="Signed by", rank=2),
    column("training", rank=3),
    column("copy", label="Signed copy", rank=2),
)
_PERIOD: Final = "picked_on BETWEEN ? AND ?"


@example("--from 2026-01-01")
@click.command("waste-log")
@click.option("--from", "first", default="-365d", show_default=True, metavar="DAY")
@click.option("--until", "last", default="today", show_default=True, metavar="DAY")
@output_options
@click.pass_context
def command(
    ctx: click.Context,
    first: str,
    last: str,
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Print the waste log of a period.

    It has manifests, weights, signers and signed copies, a line for each kind of waste.
    """
    office = office_of(ctx)
    office.allow_view(WastePickup)
    begin = needed_day(office, "--from", first)
    end = needed_day(office, "--until", last)
    entitle(f"Waste log, {begin} to {end}", office.facts.name)
    print_rows(
        list(_COLUMNS),
        list(rows(office, begin, end)),
        office.ways,
        as_json=as_json,
        as_csv=as_csv,
        nothing="No waste was picked up in this period.",
    )


def rows(
    office: Office,
    first: date,
    last: date,
) -> Iterator[list[object]]:
    """Yield the lines of a log, the oldest first; a pickup without entered waste has one as well."""
    days = first.isoformat(), last.isoformat()
    for pickup in office.all(WastePickup, _PERIOD, *days, order="picked_on, id"):
        for cells in _taken(office, pickup):
            yield [
                str(pickup.picked_on),
                pickup.manifest,
                *cells,
                _vendor(office, pickup),
                pickup.signer,
                office.text_of(pickup, "training"),
                copy_in_words(office, pickup),
            ]


def _taken(office: Office, pickup: WastePickup) -> Iterator[list[object]]:
    """Yield the kind, the containers and the weight of each line of a pickup."""
    is_entered = False
    for waste in waste_of(office, pickup):
        is_entered = True
        # Nobody weighed it: that is no number, and not zero.
        weight = "not weighed"
        if waste.weight is not None:
            number = office.text_of(waste, "weight")
            weight = f"{number} {waste.unit}"
        yield [waste.kind, waste.containers, weight]
    # A pickup is in the log in any case: an empty line is a question, a missing one is a gap.
    if not is_entered:
        yield ["not entered", None, ""]


def _vendor(office: Office, pickup: WastePickup) -> str:
    vendor = known_vendor(office, pickup.vendor_id)
    return vendor.name if vendor else ""
