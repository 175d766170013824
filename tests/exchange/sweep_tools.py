"""What the sweeps of imports try: every kind of record that can be imported, its exported rows, and other and wrong cells for them."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from tests.effort import TIMES
from tests.made_once import copied

from officeops.exchange.importer import Importer
from officeops.office.office import open_office
from officeops.testing import Cli

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.model.fields import Field
    from officeops.model.records import Record

#: The ledger is long, and a run without a soak tries one of these items' moves.
ITEMS: Final = ("GLV-N-XS", "CUP-5", "VAX-IPV")
#: Rows of each kind that are tried.
ROWS: Final = 8

#: Kinds that the demo has none of, and how one is made.
MADE: Final = (
    ("closed-day", "--day", "2026-12-25", "--what", "Christmas"),
    ("retention-rule", "--record", "vendors.document", "--years", "7", "--source", "a contract"),
    # Another one, so that one is left where the newest is archived.
    ("checklist", "--name", "Closing walk-through"),
    (
        "shift-template",
        "--digit",
        "1",
        "--name",
        "Early",
        "--starts-at",
        "8:00",
        "--ends-at",
        "16:00",
    ),
)

#: A cell that no field of the kind can take.
WRONG: Final = {
    "text": "#N/A",
    "subject": "no such record",
    "long_text": "#REF!",
    "phone": "#N/A",
    "file": "#VALUE!",
    "number": "many",
    "quantity": "#DIV/0!",
    "decimal": "98.6 or so",
    "item_code": "#N/A",
    "money": "about 5",
    "price": "1.2.3",
    "date": "31/31/2027",
    "instant": "soon",
    "duration": "a while",
    "hours": "a while",
    "temperature": "cool",
    "time_of_day": "25:00",
    "choice": "no such word",
    "yes_no": "perhaps",
    "reference": "nobody of that name",
}


class Demo(Cli):
    """The demo office, with the kinds of records that can be imported into it, by their nouns."""

    def __init__(self, path: Path, kinds: dict[str, type[Record]]) -> None:
        super().__init__(path)
        self.kinds = kinds

    def beside(self, home: Path) -> Demo:
        """Return a copy of this office in another folder."""
        return Demo(copied(self.path, home / self.path.name), self.kinds)


def build_demo(practice: Path, home: Path) -> None:
    """Copy the made-up practice into a folder, and add one record of each kind that it lacks."""
    cli = Cli(copied(practice, home / "office.db"))
    for noun, *words in MADE:
        assert cli(noun, "add", *words).code == 0


def found_demo(home: Path) -> Demo:
    """Open the demo that a folder has, with the kinds of records that can be imported into it."""
    cli = Cli(home / "office.db")
    with open_office(cli.path) as office:
        records = {record.meta.noun: record for record in office.records.values()}
    kinds = {noun: record for noun, record in records.items() if has_verb(cli, noun, "import")}
    return Demo(cli.path, kinds)


def has_verb(cli: Cli, noun: str, verb: str) -> bool:
    return cli(noun, verb, "--help").code == 0


def narrowed(noun: str, sku: str) -> tuple[str, ...]:
    """The words that keep a run short: one item's moves, and in a soak the whole ledger.

    The tasks of a plan are written by it, in each office, and those that follow from a record by that.
    """
    if noun == "task":
        return ("--where", "nominal_on= about_key=")
    if noun == "calibration":
        return ("--where", "task=")
    if noun == "shift":  # a person whose credential has ended is refused elsewhere
        return ("--where", "person=P-5")
    if noun == "time-entry":  # those of a paid week are closed
        return ("--where", "how=entered")
    if noun != "stock-move" or TIMES > 1:
        return ()
    return ("--where", f"item={sku}")


def exported(cli: Cli, noun: str) -> list[list[str]]:
    """The header and the first rows of an export."""
    ran = cli(noun, "export", "-", *narrowed(noun, ITEMS[0]))
    assert ran.code == 0, ran.err
    return list(csv.reader(io.StringIO(ran.out)))[: ROWS + 1]


def bring(cli: Cli, noun: str, rows: list[list[str]], *words: str) -> dict[str, Any]:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    ran = cli(noun, "import", "-", "--json", *words, typed=out.getvalue())
    assert ran.out, ran.err
    assert isinstance(ran.json, dict)
    return {**ran.json, "code": ran.code}


def latest(cli: Cli) -> object:
    """The newest entry of the history: as long as it is the same, nothing was written."""
    return cli("history", "--json", "--limit", "1").json


def place_of(rows: list[list[str]], field: Field) -> int | None:
    return rows[0].index(field.public_name) if field.public_name in rows[0] else None


def other(field: Field, cell: str) -> str:
    """Another good value for a cell that is none of its record's key."""
    others = {
        "time_zone": ("UTC", "America/Chicago"),
        "time_of_day": ("23:59", "23:58"),
        "weekdays": ("mon", "tue"),
        "leads": ("14", "3"),
        "hours": ("3:15", "3:00"),
        "instant": ("2031-01-31 14:30", "2031-01-31 15:30"),
        "duration": ("3:15", "3:00"),
        # The state that issued a license; a state of life is a choice.
        "state": ("IL", "WI"),
        "percent": ("50", "60"),
    }
    words = field.choices or others.get(field.name) or others.get(field.kind.name)
    if words:
        return next(word for word in words if word != cell)
    if field.kind.name in {"text", "long_text"}:
        return f"{cell} again".strip()
    if field.kind.name in {"number", "quantity"}:
        return str(int(cell or 1) + 1)
    if field.kind.name in {"money", "price"}:
        return f"{float(cell or 1) + 1:.2f}"
    if field.kind.in_file == "day":
        # No day follows the last one, which what is kept for good has.
        day = date.fromisoformat(cell or "2030-01-30")
        return str(day - timedelta(days=1) if day == date.max else day + timedelta(days=1))
    return {"true": "false", "false": "true"}.get(cell, "") if field.kind.name == "yes_no" else ""


def importer_of(record: type[Record]) -> type[Importer]:
    module, _, name = record.importer.partition(":")
    found: type[Importer] = getattr(import_module(module), name) if module else Importer
    return found


def exported_all(cli: Cli, noun: str, *words: str) -> list[list[str]]:
    """The header and all rows of an export."""
    ran = cli(noun, "export", "-", *words)
    return list(csv.reader(io.StringIO(ran.out)))
