"""`officeops waste-log`: the pickups of a period, a line for each kind of waste."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from officeops import computed
from officeops.commands import entitle, example, needed_day, office_of, output_options, print_rows
from officeops_maintenance.tickets.whom_to_call import known_vendor
from officeops_maintenance.waste.page import copy_in_words
from officeops_maintenance.waste.pickup import WastePickup, waste_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office

_FIELDS: Final = tuple(
    computed(name, "", kind=kind, label=label, list_rank=rank)
    for name, kind, label, rank in (
        ("picked_on", "date", "Picked up", 1),
        ("manifest", "text", "Manifest", 1),
        ("kind", "text", "Waste", 1),
        ("containers", "number", "Containers", 1),
        ("weight", "text", "Weight", 2),
        ("vendor", "text", "Vendor", 3),
        ("signer", "text", "Signed by", 2),
        ("training", "text", "Training", 3),
        ("copy", "text", "Signed copy", 2),
    )
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
    """Print the waste log of a period: manifests, weights, signers and signed copies."""
    office = office_of(ctx)
    office.allow_view(WastePickup)
    begin = needed_day(office, "--from", first)
    end = needed_day(office, "--until", last)
    entitle(f"Waste log, {begin} to {end}", office.facts.name)
    print_rows(
        list(_FIELDS),
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
        vendor = known_vendor(office, pickup.vendor_id)
        tail = [
            vendor.name if vendor else "",
            pickup.signer,
            office.text_of(pickup, "training"),
            copy_in_words(office, pickup),
        ]
        head: list[object] = [str(pickup.picked_on), pickup.manifest]
        taken: list[list[object]] = []
        for waste in waste_of(office, pickup):
            weight = office.text_of(waste, "weight")
            # Nobody weighed it: no number, and not zero.
            words = f"{weight} {waste.unit}" if weight else "not weighed"
            taken.append([waste.kind, waste.containers, words])
        for cells in taken or [["not entered", None, ""]]:
            yield [*head, *cells, *tail]
