"""`officeops temperatures record`: books what the displays showed, also from a log on paper."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

import click

from officeops import Already, UsageProblem, field
from officeops.commands import (
    book_sheet,
    example,
    needed_day,
    office_of,
    print_rows,
    run_of,
    say,
    sheet_entries,
)
from officeops_maintenance.columns import column
from officeops_maintenance.readings.reader import Reader
from officeops_maintenance.readings.slot import SLOTS, Slot, slot_now
from officeops_maintenance.readings.temperature_sheet import TemperatureSheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from officeops import Office

#: What people type of a unit, in its order.
_TYPED: Final = ("current", "lowest", "highest")
_NOON: Final = 12 * 60
#: The columns of a reading as JSON.
_PRINTED: Final = (
    column("unit"),
    column("day", "date"),
    column("slot"),
    column("taken_at", "instant"),
    column("current", "temperature"),
    column("lowest", "temperature"),
    column("highest", "temperature"),
    column("verdict"),
    column("excursion"),
)
_LATEST: Final = """
SELECT u.name, r.day, r.slot, r.taken_at, r.current, r.lowest, r.highest, r.verdict,
    'EX-' || r.excursion_id
FROM maintenance_temperature_reading r JOIN maintenance_monitored_unit u ON u.id = r.unit_id
WHERE r.unit_id = ? AND r.day = ? AND r.slot = ? AND r.archived_at IS NULL
ORDER BY r.id DESC LIMIT 1
"""


@example('"Vaccine refrigerator=38/36.5/41"')
@click.command()
@click.argument("readings", nargs=-1, required=True, metavar="UNIT=CURRENT[/LOWEST/HIGHEST]...")
@click.option("--day", metavar="DAY", help="The day of a log kept on paper. [default: today]")
@click.option("--slot", type=click.Choice(SLOTS), help="[default: by the time]")
@click.option("--at", metavar="TIME", help="When it was read, on a log kept on paper: 7:45.")
@click.option(
    "--read-by", "person", metavar="PERSON", help="Who read, by login or name. [default: you]"
)
@click.option("--initials", metavar="LETTERS", help="Of a person whom the office does not know.")
@click.option("--json", "as_json", is_flag=True, help="Print the readings as JSON.")
@click.pass_context
def record(
    ctx: click.Context,
    readings: tuple[str, ...],
    day: str | None,
    slot: str | None,
    at: str | None,
    person: str | None,
    initials: str | None,
    *,
    as_json: bool,
) -> None:
    """Book temperatures: 'Freezer=-4', or with the lowest and highest 'Freezer=-4/-8/0'.

    Out of range it says DO NOT USE, opens an excursion and holds the lots that the unit keeps.
    """
    office = office_of(ctx)
    now = slot_now(office)
    on = needed_day(office, "--day", day) if day else now.day
    chosen = Slot(on, slot or _half_of(office, at) or now.half)
    is_past = chosen != now
    # The clock of now would be a false time for a reading of another day or half.
    if is_past and at is None:
        raise UsageProblem("Say when it was read: --at 7:45.", code="needed")
    reader = Reader(person or "", initials or "")
    sheet = TemperatureSheet(chosen, is_past=is_past or at is not None, reader=reader)
    entries = sheet_entries(office, sheet, list(_lines(readings, at)))
    try:
        said = book_sheet(office, entries, run_of(ctx).request)
    except Already as done:
        run_of(ctx).repeat(done, silent=as_json)
    else:
        say(said)
    if as_json:
        _print_readings(office, chosen, list(entries.all_typed()))


def _half_of(office: Office, at: str | None) -> str:
    """Return the half of the day of a typed time; blank without one that can be read."""
    if at is None:
        return ""
    time = field(kind="time_of_day")
    # The sheet reads it again, and refuses a time that is none.
    with suppress(ValueError):
        minute = time.kind.reader(time, office.ways)(at)
        return "" if minute is None else SLOTS[minute >= _NOON]
    return ""


def _print_readings(
    office: Office,
    slot: Slot,
    unit_ids: list[str],
) -> None:
    """Print the latest readings of units in a slot as JSON."""
    rows = []
    for unit_id in unit_ids:
        rows += office.rows(_LATEST, int(unit_id), slot.day.isoformat(), slot.half)
    print_rows(list(_PRINTED), rows, office.ways, as_json=True)


def _lines(readings: tuple[str, ...], at: str | None) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield each unit with its texts by column."""
    for word in readings:
        unit, sign, temperatures = word.rpartition("=")
        parts = temperatures.split("/")
        if not sign or len(parts) > len(_TYPED):
            why = f"{word!r} is no reading; write UNIT=CURRENT or UNIT=CURRENT/LOWEST/HIGHEST."
            raise UsageProblem(why, code="malformed")
        texts = {}
        for name, part in zip(_TYPED, parts, strict=False):
            if text := part.strip():
                texts[name] = text
        if at:
            texts["time"] = at
        yield unit.strip(), texts
