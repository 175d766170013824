"""No road leads to an archived record: every reference of the registry, by every road a value comes in.

Those that actions alone write are added, written with many others, and written by SQL of an action.
A reference that a person may set is added, edited, written with many others, imported, typed, and offered by a form and a shell.
"""

from __future__ import annotations

import csv
import io
import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

import click
import pytest
from tests.effort import sampled
from tests.exchange.import_tools import bring
from tests.exchange.sweep_tools import exported, importer_of

from officeops.cli.context import Run
from officeops.cli.offered_values import offered
from officeops.model.errors import Refused
from officeops.model.sql_values import to_sql
from officeops.office.office import Office, open_office
from officeops.query import new_references
from officeops.query.candidates import candidates
from officeops.store.file_refusals import refusal_of
from officeops.tui.forms.form import Form
from officeops.tui.forms.form_state import FormState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.exchange.sweep_tools import Demo

    from officeops.model.fields import Field
    from officeops.model.records import Record

ARCHIVE: Final = "UPDATE {0} SET archived_at = '2026-01-01T00:00:00Z' WHERE id = ?"


#: References that a road refuses, or leaves as they are, for another reason than the archived record. Each is tried all the same:
#: no import of it may leave a row that points there.
EXCUSED: dict[str, set[str]] = {
    # The row of the export is known, or refused before: the archived person has one of that day.
    "imported": {
        "hr.employment.person_id",
        "hr.pay.person_id",
        "hr.benefit.person_id",
        "hr.work-pattern.person_id",
        "hr.position.person_id",
        "hr.shift.person_id",
        "hr.time-entry.person_id",
        "hr.paper.person_id",
        "hr.medical-paper.person_id",
        "hr.check-paper.person_id",
        "hr.hours-worked.person_id",
        # That candidate is known by the number, the offer by its seal, the card by its day.
        "hr.candidate.opening_id",
        "hr.offer.candidate_id",
        "hr.scorecard.interview_id",
        # Their texts are sealed, and the row is refused for those.
        "hr.one-to-one.person_id",
        "hr.review.person_id",
        "hr.discipline.person_id",
        # That credential is known by its person, type and number.
        "hr.credential.type_id",
        # Nobody may report to that person; that type is of another class of papers.
        "hr.position.manager_id",
        "hr.paper.type_id",
        "hr.check-paper.type_id",
        # That load is of another sterilizer than the test in the export.
        "maintenance.spore-test.load_id",
        # The person of the export's shift would be in two places.
        "hr.shift.location_id",
        "hr.shift.role_id",
        # A room is for rules of the most alone, and that of the export is none.
        "hr.coverage-rule.room_id",
        # Files are attached, and no file of rows names one.
        # Files are attached, and no file of rows names one.
        "maintenance.waste-pickup.signed_copy_id",
    },
    # The archived opening is the only one of the demo that takes candidates, and these roads name the first problem alone.
    "written_with_many": {"hr.candidate.person_id", "hr.candidate.reason_id"},
    "written_by_sql": {"hr.candidate.person_id", "hr.candidate.reason_id"},
    # The first row names that person already.
    "edited": {"hr.hours-worked.person_id"},
    # The archived one is the only opening of the demo that takes candidates, so a form offers none.
    "offered_by_a_form": {"maintenance.waste-pickup.signed_copy_id", "hr.candidate.opening_id"},
}


class Written(Exception):
    """Nothing refused a write; it is taken back."""


class Sweep:
    """The references of one office that people set, each with a record of its kind that is archived."""

    def __init__(self, demo: Demo) -> None:
        self.demo = demo
        self.office: Office = open_office(demo.path)
        self._rows: dict[str, dict[str, str]] = {}
        #: References that an import has led to an archived record.
        self.led: set[str] = set()
        self.references = [
            (record, field)
            for record in self.office.records.values()
            for field in record.meta.fields
            if field.target and record.meta.editable and not field.managed
        ]
        #: Those of what actions alone write, unless it is declared that they may be archived.
        self.written_by_actions = [
            (record, field)
            for record in self.office.records.values()
            for field in record.meta.fields
            if field.target and field.archived is not True and not record.meta.derived
            if not self.office.records[field.target].meta.append_only
            if not record.meta.editable or field.managed
        ]
        #: By table, the record that no reference may lead to.
        self._archived: dict[str, int] = {}
        targets = [field.target for _, field in (*self.references, *self.written_by_actions)]
        for target in sorted(set(targets)):
            self._archive_one(self.office.records[target].meta.table)
        # The demo has no logins, so that no road can lead to an archived one.
        self.references = [pair for pair in self.references if self.archived(pair[1])]
        #: Those that this run tries on each road.
        self.tried = sampled(self.references, len(self.references))

    def _archive_one(self, table: str) -> None:
        """Archive the latest record of a table that may be: of some the rule asks a reason."""
        why = {"reason": "Nobody needs it"}
        for (number,) in self.office.rows(f"SELECT id FROM {table} ORDER BY id DESC LIMIT 9"):
            with suppress(Refused):
                with self.office.acting("test.archive", why):
                    self.office.store.db.execute(ARCHIVE.format(table), (number,))
                # After the end of the action, which may refuse it.
                self._archived[table] = number
                return

    def row(self, noun: str) -> dict[str, str]:
        """A row of the export of a kind of record."""
        if noun not in self._rows:
            header, *rows = exported(self.demo, noun)
            assert rows, f"the demo has no {noun}"
            row = rows[0]
            self._rows[noun] = dict(zip(header, row, strict=True))
        return self._rows[noun]

    def archived(self, field: Field) -> int:
        table = self.office.records[field.target].meta.table
        return self._archived.get(table, 0)

    def pointing(self, record: type[Record], field: Field) -> int:
        """How many records point to the archived one."""
        sql = f"SELECT count(*) FROM {record.meta.table} WHERE {field.name} = ?"
        return int(self.office.value(sql, self.archived(field)) or 0)

    def holes(self, road: Callable[[Sweep, type[Record], Field], bool]) -> list[str]:
        """The references that a road lets point to an archived record."""
        return [
            f"{record.meta.key}.{field.name}"
            for record, field in self.tried
            if not road(self, record, field)
        ]

    def values(self, record: type[Record], field: Field) -> dict[str, Any]:
        """The values of a record that is there, but for the reference."""
        amount = getattr(record.ledger, "amount", "")
        incoming = f"WHERE {amount} > 0" if amount else ""
        present = self.office.get(
            record, self.office.value(f"SELECT min(id) FROM {record.meta.table} {incoming}")
        )
        values = {known.name: present.__dict__[known.name] for known in record.meta.fields}
        # A new record begins in the first state of its life, whatever became of this one.
        if record.meta.life:
            column = record.meta.life.column
            values[column] = record.meta.by_name[column].default
        return {**values, field.name: self.archived(field)}

    def refuses(self, field: Field, write: Callable[[], object]) -> bool:
        try:
            with self.office.acting("test.write"):
                write()
                raise Written  # noqa: TRY301 - takes the write back
        except Refused as refused:
            return (field.public_name, "archived") in {(p.field, p.code) for p in refused.problems}
        except Written:
            return False


def added(sweep: Sweep, record: type[Record], field: Field) -> bool:
    return sweep.refuses(field, lambda: sweep.office.add(record(**sweep.values(record, field))))


def edited(sweep: Sweep, record: type[Record], field: Field) -> bool:
    number = sweep.office.value(f"SELECT min(id) FROM {record.meta.table}")
    present = sweep.office.get(record, number)
    change: dict[str, Any] = {field.name: sweep.archived(field)}
    return sweep.refuses(field, lambda: sweep.office.edit(present, **change))


def written_with_many(sweep: Sweep, record: type[Record], field: Field) -> bool:
    row = {name: to_sql(value) for name, value in sweep.values(record, field).items()}
    return sweep.refuses(field, lambda: sweep.office.add_many(record, [row]))


def imported(sweep: Sweep, record: type[Record], field: Field) -> bool:
    if record.meta.noun not in sweep.demo.kinds:
        return True
    before = sweep.pointing(record, field)
    codes = {
        code
        for words in ((), ("--update",))
        for code in _codes_of_import(sweep, record, field, words)
    }
    # Where the importer looks by itself, as it does for packs, it finds nothing that is archived.
    is_own = field.public_name not in {extra.public_name for extra in importer_of(record).extra}
    if sweep.pointing(record, field) != before:
        sweep.led.add(f"{record.meta.key}.{field.name}")
        return False
    return "archived" in codes or not is_own


def _codes_of_import(
    sweep: Sweep, record: type[Record], field: Field, words: tuple[str, ...]
) -> set[str]:
    """Why a row of the export is bad with an archived record in it: a known row, or else a new one."""
    row = {**sweep.row(record.meta.noun), field.public_name: f"#{sweep.archived(field)}"}
    if not words:
        row |= {
            name: cell for name, cell in (("own_number", ""), ("reference", "R-1")) if name in row
        }
    text = io.StringIO()
    table = csv.DictWriter(text, list(row))
    table.writeheader()
    table.writerow(row)
    return {
        bad["code"] for bad in bring(sweep.demo, record.meta.noun, text.getvalue(), *words)["bad"]
    }


def typed(sweep: Sweep, record: type[Record], field: Field) -> bool:  # noqa: ARG001 - a road
    form = Form("A form", [field], lambda *_: "", {field.name: f"#{sweep.archived(field)}"})
    state = FormState(form)
    state.read(sweep.office)
    return "is archived" in state.errors.get(field.name, "")


def offered_by_a_form(sweep: Sweep, record: type[Record], field: Field) -> bool:  # noqa: ARG001 - a road
    number = f"#{sweep.archived(field)}"
    label = sweep.office.label(sweep.office.records[field.target], sweep.archived(field))
    words = [word for word, _ in candidates(sweep.office, field, number)]
    words += [word for word, _ in candidates(sweep.office, field, "", most=10_000)]
    return bool(words) and not {number, label}.intersection(words)


def offered_by_a_shell(sweep: Sweep, record: type[Record], field: Field) -> bool:
    with click.Context(click.Command("add"), obj=Run(db=str(sweep.demo.path))) as ctx:
        items = offered(ctx, field, record.meta.fields, f"#{sweep.archived(field)}")
        ctx.obj.close()
    return not items


def written_by_sql(sweep: Sweep, record: type[Record], field: Field) -> bool:
    row = {name: to_sql(value) for name, value in sweep.values(record, field).items()}
    marks = ", ".join("?" for _ in row)
    sql = f"INSERT INTO {record.meta.table} ({', '.join(row)}) VALUES ({marks})"
    try:
        with sweep.office.acting("test.write"):
            sweep.office.store.db.execute(sql, [*row.values()])
            raise Written  # noqa: TRY301 - takes the write back
    except sqlite3.IntegrityError as error:
        refusal = refusal_of(error)
        return (refusal.code, refusal.columns) == ("away", (field.name,))
    except Written:
        return False


ROADS = (added, edited, written_with_many, imported, typed, offered_by_a_form, offered_by_a_shell)


@pytest.fixture
def sweep(demo: Demo) -> Iterator[Sweep]:
    started = Sweep(demo)
    yield started
    started.office.close()


def every_hole(sweep: Sweep) -> dict[str, list[str]]:
    return {road.__name__: sweep.holes(road) for road in ROADS}


def test_no_road_leads_to_an_archived_record(sweep: Sweep) -> None:
    assert {field.target for _, field in sweep.references} >= {
        "core.location",
        "vendors.vendor",
        "inventory.item",
    }
    holes = every_hole(sweep)
    assert sweep.led == set()
    assert {road: set(found) - EXCUSED.get(road, set()) for road, found in holes.items()} == {
        road.__name__: set() for road in ROADS
    }


@pytest.mark.parametrize("road", [added, written_with_many, written_by_sql])
def test_nor_does_what_actions_alone_write(
    sweep: Sweep, road: Callable[[Sweep, type[Record], Field], bool]
) -> None:
    there = [
        (record, field)
        for record, field in sweep.written_by_actions
        if sweep.office.value(f"SELECT 1 FROM {record.meta.table} LIMIT 1")
        and sweep.archived(field)
    ]
    assert {record.meta.key for record, _ in there} >= {"inventory.move", "inventory.line"}
    holes = [
        f"{record.meta.key}.{field.name}"
        for record, field in sampled(there, len(there))
        if not road(sweep, record, field)
    ]
    assert set(holes) - EXCUSED.get(road.__name__, set()) == set()


def test_a_rule_that_no_road_asks_is_a_hole_in_each(
    sweep: Sweep, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = {f"{record.meta.key}.{field.name}" for record, field in sweep.tried}
    monkeypatch.setattr(new_references, "misfits", lambda *_: {})
    for road in (added, edited, written_with_many):
        assert set(sweep.holes(road)) == every
    assert set(sweep.holes(imported)) == every - {
        "core.office.default_location_id",
        "inventory.terms.pack_id",
    }


def test_nor_is_a_record_that_is_restored_refused(sweep: Sweep) -> None:
    # A filter may refuse the restored record for a reason of its own; a login that a person has is
    # offered to no other person.
    free = [
        (record, field) for record, field in sweep.tried if not field.where and not field.unique
    ]
    every = [f"{record.meta.key}.{field.name}" for record, field in free]
    with sweep.office.acting("test.restore"):
        for target in {field.target for _, field in sweep.references}:
            table = sweep.office.records[target].meta.table
            sweep.office.store.db.execute(f"UPDATE {table} SET archived_at = NULL")
    for road in (typed, offered_by_a_form, offered_by_a_shell):
        # A pack is looked up inside its item, which these fields are without.
        assert [hole for hole in sweep.holes(road) if hole in every] == every
