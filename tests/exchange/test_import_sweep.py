"""Every kind of record that can be imported: what was exported comes back as it is, one other cell is one difference, and a wrong
cell of any field refuses its row by name. The kinds come from the office itself; one that is not tried fails the sweep."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, Final

import pytest
from tests.effort import sampled
from tests.exchange.sweep_tools import (
    WRONG,
    bring,
    exported,
    exported_all,
    importer_of,
    latest,
    other,
    place_of,
)

from officeops.exchange.imports.import_run import import_fields
from officeops.exchange.imports.known_rows import KnownRows
from officeops.model.about import KEY, NUMBER
from officeops.model.sealed_value import MASK
from officeops.query.own_number import OWN_NUMBER, owner_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.exchange.sweep_tools import Demo

    from officeops.model.records import Record
    from officeops.testing import Cli

#: Kinds all of whose fields tell records apart: another value is another record. The day of a
#: logger's reading is that of its moment, whatever the file says.
ALL_KEY: Final = {"logger-reading", "pack", "scorecard", "stock-move", "tag"}
#: Kinds whose records of the demo are signed, so that nothing changes them.
SIGNED: Final = {"discipline", "review"}
#: References whose unknown words the import adds, and says so.
ADDED: Final = {"equipment category"}


def changes(record: type[Record], rows: list[list[str]]) -> Iterator[tuple[list[list[str]], str]]:
    """Rows with one cell changed in the last of them, and its column: each field that tells nothing apart."""
    keys = {*record.meta.unique_together, *importer_of(record).keys}
    # Another word for the kind that a record is about is no kind, and its number alone is another's;
    # another word for a proof is none of the list that the core has, and for a state no two letters.
    told_apart_by = {KEY, NUMBER, "proof", "state", *(name for names in keys for name in names)}
    kept = [
        f
        for f in record.meta.fields
        if not f.managed and not f.unique and f.name not in told_apart_by
    ]
    for field in sorted(
        kept, key=lambda f: (f.name == record.meta.display, list(WRONG).index(f.kind.name))
    ):
        place = place_of(rows, field)
        if place is not None and (cell := other(field, rows[-1][place])):
            last = [*rows[-1][:place], cell, *rows[-1][place + 1 :]]
            yield [*rows[:-1], last], field.public_name


def test_every_kind_comes_back_as_it_went_and_one_other_cell_is_one_difference(demo: Demo) -> None:
    for noun, record in sampled(demo.kinds.items(), 15):
        rows = exported(demo, noun)
        assert len(rows) > 1, f"the sweep has no {noun}; add one to MADE"
        back = bring(demo, noun, rows)
        assert (back["code"], back["bad"], back["added"], back["updated"]) == (0, [], 0, 0), (
            noun,
            back,
        )
        assert back["unchanged"] == len(rows) - 1, noun
        if noun in ALL_KEY:
            continue
        for others, column in changes(record, rows):
            left = bring(demo, noun, others)
            assert (left["code"], left["added"], left["bad"]) == (5, 0, []), (noun, column, left)
            differing = [(row["line"], row["columns"]) for row in left["differing"]]
            assert differing == [(len(rows), [column])], (noun, left)
            done = bring(demo, noun, others, "--update")
            if not done["bad"]:
                break
        else:
            # A rule of the kind refuses every other value.
            assert noun in SIGNED, f"{noun} has no field whose change could be tried"
            continue
        assert (done["code"], done["updated"], done["differing"]) == (0, 1, []), (
            noun,
            column,
            done,
        )
        # What is computed from the other value differs now, and that value no more.
        again = bring(demo, noun, others)
        named = {name for row in again["differing"] for name in row["columns"]}
        assert named <= computed_of(record), (noun, named)
        # As it was: a kind that comes later may rest on it.
        bring(demo, noun, rows, "--update")


def computed_of(record: type[Record]) -> set[str]:
    return {field.public_name for field in record.meta.computed}


def test_a_wrong_cell_of_every_field_refuses_its_row_by_name_and_keeps_nothing(demo: Demo) -> None:
    for noun, record in sampled(demo.kinds.items(), 15):
        before = latest(demo)
        rows, wrong = each_field_wrong(record, exported(demo, noun))
        refused = bring(demo, noun, rows, "--update")
        problems = [(bad["line"], bad["column"], bad["value"]) for bad in refused["bad"]]
        assert set(wrong) <= set(problems), (noun, set(wrong) - set(problems))
        assert (refused["code"], refused["kept"], latest(demo)) == (1, False, before), noun
        assert all(bad["reason"] for bad in refused["bad"])


def each_field_wrong(
    record: type[Record], rows: list[list[str]]
) -> tuple[list[list[str]], list[tuple[int, str, str]]]:
    """A row for each field with a wrong cell in it, and where those are; columns that only an import has come last."""
    follow = importer_of(record).follow
    fields = [
        field
        for field in import_fields(record)
        if field.public_name not in follow
        and f"{record.meta.noun} {field.public_name}" not in ADDED
    ]
    if record.meta.subject in fields:
        # Its column fills these two, and theirs are left out beside it.
        fields = [field for field in fields if field.name not in {KEY, NUMBER}]
    header = [*rows[0], *(f.public_name for f in fields if f.public_name not in rows[0])]
    made, wrong = [header], []
    for number, field in enumerate(fields):
        row = [*rows[1 + number % (len(rows) - 1)], *[""] * (len(header) - len(rows[0]))]
        row[header.index(field.public_name)] = WRONG[field.kind.name]
        made.append(row)
        shown = MASK if field.sealed else WRONG[field.kind.name]
        wrong.append((number + 2, field.public_name, shown))
    return made, wrong


def test_every_column_is_taken_compared_or_named_and_named_ones_end_with_5(demo: Demo) -> None:
    for noun in sampled(demo.kinds, 5):
        rows = exported(demo, noun)
        assert bring(demo, noun, rows)["unused"] == [], noun
        more = [[*row, "red" if number else "Colour"] for number, row in enumerate(rows)]
        assert (bring(demo, noun, more)["unused"], bring(demo, noun, more)["code"]) == (
            ["Colour"],
            5,
        ), noun
        blank = [[*row, "" if number else "Shade"] for number, row in enumerate(rows)]
        assert (bring(demo, noun, blank)["unused"], bring(demo, noun, blank)["code"]) == (
            ["Shade"],
            0,
        ), noun
        assert bring(demo, noun, more, "--ignore", "Colour")["code"] == 0, noun


def test_the_sweep_notices_differences_that_are_not_seen(
    demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(KnownRows, "_says", lambda *_: False)
    with pytest.raises(AssertionError):
        test_every_kind_comes_back_as_it_went_and_one_other_cell_is_one_difference(demo)


def test_the_sweep_notices_a_kind_that_it_has_no_record_of(
    demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = exported

    def none_of_packs(cli: Cli, noun: str) -> list[list[str]]:
        return everything(cli, noun)[: 1 if noun == "pack" else None]

    monkeypatch.setattr("tests.exchange.test_import_sweep.exported", none_of_packs)
    monkeypatch.setattr("tests.exchange.test_import_sweep.sampled", lambda known, _: [*known])
    with pytest.raises(AssertionError, match="has no pack"):
        test_every_kind_comes_back_as_it_went_and_one_other_cell_is_one_difference(demo)


def test_a_record_is_known_by_its_number_whatever_else_of_it_has_changed(demo: Demo) -> None:
    for noun, record in sampled(demo.kinds.items(), 5):
        rows = exported(demo, noun)
        if OWN_NUMBER not in rows[0] or noun in ALL_KEY:
            continue
        for row in each_field_changed(record, rows, exported_all(demo, noun)):
            done = updated(demo, noun, [rows[0], row])
            # A rule of the kind may refuse a value, never because the row would be of another record.
            assert done["added"] == 0, (noun, row)
            assert OWN_NUMBER not in {bad["column"] for bad in done["bad"]}, (noun, done)
        back = updated(demo, noun, rows)
        assert (back["added"], back["bad"]) == (0, []), (noun, back)


def updated(cli: Cli, noun: str, rows: list[list[str]]) -> dict[str, Any]:
    """Import rows with --update; where a promise of the kind refuses all of them, nothing is added."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    ran = cli(noun, "import", "-", "--json", "--update", typed=out.getvalue())
    return ran.json if ran.out else {"added": 0, "bad": []}


def each_field_changed(
    record: type[Record], rows: list[list[str]], everything: list[list[str]]
) -> list[list[str]]:
    """Rows with one cell changed in each: of a field that is not the record's owner."""
    owner = owner_of(record.meta)
    fields = [
        field for field in record.meta.fields if not field.managed and field.name not in owner
    ]
    changed = []
    for row, field in zip(rows[1:], fields, strict=False):
        place = place_of(rows, field)
        if place is None:
            continue
        if field.target:
            words = {cells[place] for cells in everything[1:]} - {row[place], ""}
            cell = min(words, default="")
        else:
            cell = other(field, row[place])
        if cell:
            changed.append([*row[:place], cell, *row[place + 1 :]])
    return changed
