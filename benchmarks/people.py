"""What people cost: 500 of them compared with an exclusion list of 83,000 entries; a list of 2,000 with their status."""

from __future__ import annotations

import csv
import random
from contextlib import closing
from datetime import date, timedelta
from typing import TYPE_CHECKING

from benchmarks.measure import Figure, busy, figure
from officeops.exchange.datasets.loading import load
from officeops.exchange.formats.source import from_path
from officeops.office.office import open_office
from officeops_hr.people.employment import Employment
from officeops_hr.people.names import SORTED_AS
from officeops_hr.people.person import Person
from officeops_hr.people.status import STATUS
from officeops_hr.screened import Screened
from officeops_hr.screening.lists import COLUMNS, LEIE, LoadedList
from officeops_hr.screening.matching.exclusions import compare
from officeops_hr.screening.matching.subject import subject_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from officeops.office.office import Office

ROWS, NAMES, PEOPLE = 83_000, 500, 2_000
#: Family names are made of these: some 30,000 in a list, as in the real one, and many alike.
_BEGINNINGS = [first + vowel for first in "BCDFGHJKLMNPRSTVWYZ" for vowel in "AEIOU"]
_MIDDLES = "RR LL NN S NT RT LD V ST MB".split()
_ENDS = "ER ERSON EZ INI AN ON ES OV UK ELL ING TON SKI A O".split()
_FIRST = "ROBERT ANA MARIA JOHN WILLIAM LINDA JAMES SUSAN DAVID KAREN".split()
_BORN = date(1950, 1, 1)


def measure(folder: Path) -> Iterator[Figure]:
    """Yield the figures of the exclusion check and of the list of people, in this process."""
    with closing(_office(folder)) as office:
        file = folder / "UPDATED.csv"
        _write_list(file)
        with closing(from_path(file)) as source:
            load(office, LEIE, source)
        screened = list(_everybody())
        yield figure(
            f"{NAMES} names compared with {ROWS:,} entries",
            "csv.reader over the file",
            lambda: busy(lambda: _compare(office, screened)),
            lambda: busy(lambda: _read(file)),
            limit=3,
            aim=2,
            rounds=5,
        )
        _add_people(office)
        columns = [field for field in Person.meta.list_fields if field.name in ("name", "status")]
        # In the order of the list, which goes by family names: by whole names it is a quarter faster.
        order = f"{SORTED_AS} COLLATE NOCASE, t.id"
        sql = f"SELECT t.id, t.name, {STATUS} FROM hr_person t WHERE t.archived_at IS NULL ORDER BY {order}"
        yield figure(
            f"{PEOPLE:,} people with their status",
            "its SQL, in the same order",
            lambda: busy(lambda: list(office.select(Person, columns))),
            lambda: busy(lambda: office.store.db.execute(sql).fetchall()),
            limit=1.5,
            aim=1.2,
            rounds=7,
        )


def _office(folder: Path) -> Office:
    only = ["hr", "vendors"]
    return open_office(folder / "people.db", create=True, actor="benchmark", only=only)


def _family(chance: random.Random) -> str:
    middle = "".join(chance.choices(_MIDDLES, k=chance.choice((1, 1, 1, 2))))
    return chance.choice(_BEGINNINGS) + middle + chance.choice(_ENDS)


def _born(chance: random.Random) -> date:
    return _BORN + timedelta(days=chance.randrange(20_000))


def _write_list(file: Path) -> None:
    """Write a list in the layout of the OIG's."""
    chance = random.Random(1)
    with file.open("w", encoding="utf-8", newline="") as stream:
        lines = csv.writer(stream)
        lines.writerow(column.upper() for column in COLUMNS)
        for _ in range(ROWS):
            row = dict.fromkeys(COLUMNS, "")
            row |= {"lastname": _family(chance), "firstname": chance.choice(_FIRST)}
            row |= {"npi": "0000000000", "dob": f"{_born(chance):%Y%m%d}", "city": "SPRINGFIELD"}
            row |= {"address": "12 MAIN STREET", "excltype": "1128b4", "excldate": "20150220"}
            lines.writerow(row.values())


def _everybody() -> Iterator[Screened]:
    chance = random.Random(2)
    for number in range(NAMES):
        name = f"{chance.choice(_FIRST)} {_family(chance)}"
        yield Screened(record="hr.person", id=number, names=(name,), born_on=_born(chance))


def _compare(office: Office, screened: list[Screened]) -> None:
    with office.lifted():
        compare(LoadedList(office, LEIE), [subject_of(one) for one in screened])


def _read(file: Path) -> None:
    with file.open(encoding="utf-8", newline="") as stream:
        for _ in csv.reader(stream):
            pass


def _add_people(office: Office) -> None:
    hired = "2020-01-01"
    with office.acting("benchmark.people"):
        office.add_many(Person, [{"name": f"Ana Stone {number}"} for number in range(PEOPLE)])
        ids = [number for (number,) in office.rows("SELECT id FROM hr_person")]
        office.add_many(Employment, [{"person_id": key, "hired_on": hired} for key in ids])
