"""Every kind of record that can be imported: what was exported comes back as it is, one other cell is one difference, and a wrong
cell of any field refuses its row by name. The kinds come from the office itself; one that is not tried fails the sweep."""

from __future__ import annotations

import csv
import io
import shutil
from datetime import date, timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import pytest
from tests.effort import sampled

from officeops.exchange.importer import Importer
from officeops.exchange.imports.compared import Compared
from officeops.exchange.imports.import_run import import_fields
from officeops.exchange.imports.known_rows import KnownRows
from officeops.testing import Cli

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from officeops.model.fields import Field
    from officeops.model.records import Record

#: Rows of each kind that are tried.
ROWS: Final = 8
#: Kinds that the demo has none of, and how one is made.
MADE: Final = {
    "closed-day": ("--day", "2026-12-25", "--what", "Christmas"),
    "retention-rule": ("--record", "vendors.document", "--years", "7", "--source", "a contract"),
}
#: What an export does not bring back, and why; such a file is refused in whole, and nothing is doubled.
NO_WAY_BACK: Final = {
    "order": "orders of the office's own have no reference, by which an import knows them",
    "order-line": "an order's number here may be another order's there, and lots are received by hand",
    "stock-move": "a move's order line has no name that another file could know it by",
}
#: Kinds all of whose fields tell records apart: another value is another record.
ALL_KEY: Final = {"pack"}
#: Kinds whose equal rows are one record though nothing keeps a second one out of the office, and why.
SAID_ONCE_MORE: Final = {
    "vendor-document": "a paper of one vendor, kind and day is one paper",
    "order-line by order_id and reference": "a line's number on its order is its own",
}
#: A cell that no field of the kind can take.
WRONG: Final = {
    "text": "#N/A",
    "long_text": "#REF!",
    "file": "#VALUE!",
    "number": "many",
    "quantity": "#DIV/0!",
    "money": "about 5",
    "price": "1.2.3",
    "date": "31/31/2027",
    "instant": "soon",
    "duration": "a while",
    "choice": "no such word",
    "yes_no": "perhaps",
    "reference": "nobody of that name",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The demo, built once, with one record of each kind that it lacks."""
    home = tmp_path_factory.mktemp("sweep")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
            patch.setenv(name, str(home))
        assert Cli(home / "other.db")("demo", "--keep", str(home / "built.db")).code == 0
        cli = Cli(home / "built.db")
        for noun, words in MADE.items():
            assert cli(noun, "add", *words).code == 0
        yield cli.path


@pytest.fixture
def demo(cli: Cli, built: Path) -> Cli:
    for path in built.parent.glob("built.db*"):
        shutil.copy(path, str(cli.path) + path.name.removeprefix("built.db"))
    return cli


def kinds(cli: Cli) -> dict[str, type[Record]]:
    """Every kind of record whose word has the verb import, by its noun."""
    from officeops.office.office import open_office

    with open_office(cli.path) as office:
        records = {record.meta.noun: record for record in office.records.values()}
    return {
        noun: record for noun, record in records.items() if cli(noun, "import", "--help").code == 0
    }


def exported(cli: Cli, noun: str) -> list[list[str]]:
    """The header and the first rows of an export."""
    ran = cli(noun, "export", "-")
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
    if field.kind in {"text", "long_text"}:
        return f"{cell} again".strip()
    if field.kind in {"number", "quantity"}:
        return str(int(cell or 1) + 1)
    if field.kind in {"money", "price"}:
        return f"{float(cell or 1) + 1:.2f}"
    if field.kind == "date":
        return str(date.fromisoformat(cell or "2030-01-30") + timedelta(days=1))
    if field.kind == "choice":
        return next(word for word in field.choices if word != cell)
    return {"true": "false", "false": "true"}.get(cell, "") if field.kind == "yes_no" else ""


def importer_of(record: type[Record]) -> type[Importer]:
    module, _, name = record.importer.partition(":")
    found: type[Importer] = getattr(import_module(module), name) if module else Importer
    return found


def changed(record: type[Record], rows: list[list[str]]) -> tuple[list[list[str]], str]:
    """Rows with one cell changed in the last of them, and its column: a field that tells nothing apart."""
    keys = {*record.meta.unique_together, *importer_of(record).keys}
    told_apart_by = {name for names in keys for name in names}
    kept = [
        f
        for f in record.meta.fields
        if not f.managed and not f.unique and f.name not in told_apart_by
    ]
    for field in sorted(
        kept, key=lambda f: (f.name == record.meta.display, list(WRONG).index(f.kind))
    ):
        place = place_of(rows, field)
        if place is not None and (cell := other(field, rows[-1][place])):
            last = [*rows[-1][:place], cell, *rows[-1][place + 1 :]]
            return [*rows[:-1], last], field.public_name
    pytest.fail(f"{record.meta.noun} has no field whose change could be tried")


def test_every_kind_comes_back_as_it_went_and_one_other_cell_is_one_difference(demo: Cli) -> None:
    for noun, record in sampled(kinds(demo).items(), 15):
        rows = exported(demo, noun)
        assert len(rows) > 1, f"the sweep has no {noun}; add one to MADE"
        before = latest(demo)
        back = bring(demo, noun, rows)
        if noun in NO_WAY_BACK:
            assert (back["added"], back["updated"]) == (0, 0), noun
            assert back["code"] in {0, 5} or latest(demo) == before, noun
            continue
        assert (back["code"], back["bad"], back["added"], back["updated"]) == (0, [], 0, 0), (
            noun,
            back,
        )
        assert back["unchanged"] == len(rows) - 1, noun
        if noun in ALL_KEY:
            continue
        others, column = changed(record, rows)
        left = bring(demo, noun, others)
        assert (left["code"], left["added"], left["bad"]) == (5, 0, []), (noun, column, left)
        assert [(row["line"], row["columns"]) for row in left["differing"]] == [
            (len(rows), [column])
        ], (noun, left)
        done = bring(demo, noun, others, "--update")
        assert (done["code"], done["updated"], done["differing"]) == (0, 1, []), (
            noun,
            column,
            done,
        )
        assert bring(demo, noun, others)["code"] == 0, noun


def test_a_wrong_cell_of_every_field_refuses_its_row_by_name_and_keeps_nothing(demo: Cli) -> None:
    for noun, record in sampled(kinds(demo).items(), 15):
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
    fields = import_fields(record)
    header = [*rows[0], *(f.public_name for f in fields if f.public_name not in rows[0])]
    made, wrong = [header], []
    for number, field in enumerate(fields):
        row = [*rows[1 + number % (len(rows) - 1)], *[""] * (len(header) - len(rows[0]))]
        row[header.index(field.public_name)] = WRONG[field.kind]
        made.append(row)
        wrong.append((number + 2, field.public_name, WRONG[field.kind]))
    return made, wrong


#: Months without a day, as people write them.
MONTHS: Final = ("03/2027", "Mar 2027", "2027-03", "Mar-27", "March 2027")


def test_a_month_is_a_day_in_what_expires_and_is_asked_about_elsewhere(demo: Cli) -> None:
    """Every date that any file may have; the end of whatever expires is told from what the records declare."""
    expiring = {record.expiry.ends for record in kinds(demo).values() if record.expiry}
    tried: dict[bool, set[str]] = {True: set(), False: set()}
    for noun, record in kinds(demo).items():
        rows = exported(demo, noun)
        for field in import_fields(record):
            if field.kind != "date":
                continue
            ends = field.name in expiring
            problems = refused_months(demo, noun, field, rows)
            wanted = (
                []
                if ends
                else [(line, field.public_name, month) for line, month in enumerate(MONTHS, 2)]
            )
            assert problems == wanted, (noun, field.name)
            tried[ends].add(f"{noun} {field.public_name}")
    assert tried[True] >= {
        "lot expires_on",
        "item expires_on",
        "stock-move expires_on",
        "vendor-document expires_on",
    }
    assert tried[False] >= {
        "vendor-document issued_on",
        "stock-move day",
        "order expected_on",
        "order-line received_on",
    }


def refused_months(
    cli: Cli, noun: str, field: Field, rows: list[list[str]]
) -> list[tuple[int, str, str]]:
    """Where months in a field's column are no dates. The last row is wrong anyway: cells are told of before anything else."""
    header = rows[0] if field.public_name in rows[0] else [*rows[0], field.public_name]
    place, filled = header.index(field.public_name), [header]
    for number, month in enumerate((*MONTHS, WRONG["date"])):
        row = [*rows[1 + number % (len(rows) - 1)], ""][: len(header)]
        filled.append([*row[:place], month, *row[place + 1 :]])
    outcome = bring(cli, noun, filled, "--update", "--dry-run")
    assert len(MONTHS) + 2 in [bad["line"] for bad in outcome["bad"]], (noun, field.name)
    return [
        (bad["line"], bad["column"], bad["value"])
        for bad in outcome["bad"]
        if bad["column"] == field.public_name and "month without its day" in bad["reason"]
    ]


def test_the_sweep_of_months_notices_an_end_that_takes_none(
    demo: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    (end,) = [field for field in import_fields(kinds(demo)["item"]) if field.name == "expires_on"]
    monkeypatch.setattr(end, "month_end", False)
    with pytest.raises(AssertionError, match="item"):
        test_a_month_is_a_day_in_what_expires_and_is_asked_about_elsewhere(demo)


def test_every_column_is_taken_compared_or_named_and_named_ones_end_with_5(demo: Cli) -> None:
    for noun in sampled(kinds(demo), 5):
        rows = exported(demo, noun)
        assert bring(demo, noun, rows)["unused"] == [], noun
        if noun in NO_WAY_BACK:
            continue
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


def test_what_no_import_sets_is_compared_cell_by_cell(demo: Cli) -> None:
    """The state of a lot, a total, what is on hand: where a file says otherwise, its row is named, with --update too."""
    tried = set()
    for noun in {"item", "lot", "vendor", *sampled(kinds(demo), 4)}:
        record, rows = kinds(demo)[noun], exported(demo, noun)
        compared = set(bring(demo, noun, rows)["compared"].values())
        settable = {field.public_name for field in import_fields(record)}
        shut = [
            f
            for f in (*record.meta.fields, *record.meta.computed)
            if f.public_name in {*rows[0]} - settable
        ]
        assert compared == {field.public_name for field in shut}, noun
        for field in shut if noun not in NO_WAY_BACK else ():
            place = rows[0].index(field.public_name)
            cell = other(field, rows[-1][place]) or "nobody of that name"
            others = [*rows[:-1], [*rows[-1][:place], cell, *rows[-1][place + 1 :]]]
            for words in ((), ("--update",)):
                left = bring(demo, noun, others, *words)
                named = [(row["line"], row["columns"]) for row in left["differing"]]
                assert (left["code"], named) == (5, [(len(rows), [field.public_name])]), (
                    noun,
                    field.name,
                    left,
                )
            tried.add(f"{noun} {field.public_name}")
    assert tried > {"lot status", "lot on_hand", "vendor status", "item below_zero"}


def test_what_no_import_sets_is_compared_for_new_records_too(cli: Cli, demo: Cli) -> None:
    """Exported here and imported elsewhere, a recalled lot must not become available in silence."""
    there = type(cli)(cli.path.with_name("there.db"))
    assert there("init", "--name", "There", "--time-zone", "America/Chicago").code == 0
    assert demo("vendor", "add", "--name", "Shut", "--code", "SHUT").code == 0
    assert demo("vendor", "deactivate", "Shut").code == 0
    vendors = exported_all(demo, "vendor")
    items, lots = (
        exported_all(demo, "item", "sku,name"),
        exported_all(demo, "lot", "item,number,expires_on,status"),
    )
    lots[-1][-1] = "recalled"
    assert bring(there, "item", items)["code"] == 0
    for noun, rows, wanted in (("vendor", vendors, "inactive"), ("lot", lots, "recalled")):
        place = rows[0].index("status")
        usual = {"active", "available"}
        outcome = bring(there, noun, rows)
        named = [row["line"] for row in outcome["differing"]]
        assert named == [
            line for line, row in enumerate(rows, 1) if line > 1 and row[place] not in usual
        ], outcome
        assert (outcome["code"], outcome["added"], outcome["bad"]) == (5, len(rows) - 1, [])
        assert any(f["file"] == wanted for row in outcome["differing"] for f in row["fields"])


def exported_all(cli: Cli, noun: str, columns: str = "") -> list[list[str]]:
    """The header and all rows of an export of some columns."""
    ran = cli(noun, "export", "-", *(("--columns", columns) if columns else ()))
    return list(csv.reader(io.StringIO(ran.out)))


def test_equal_rows_of_one_file_are_one_record_by_a_rule_or_are_counted(demo: Cli) -> None:
    """What the office keeps twice must not be taken for the same thing said once more: an order may have an item twice."""
    excused = set()
    for noun, record in kinds(demo).items():
        identities = [set(each.columns) for each in record.meta.identities if each.unique]
        importer = importer_of(record)
        unique = record.meta.unique_together or [(f.name,) for f in record.meta.fields if f.unique]
        for names in importer.keys or unique:
            if set(names) in identities or names in importer.counted:
                continue
            reasons = {noun, f"{noun} by {' and '.join(names)}"} & SAID_ONCE_MORE.keys()
            assert reasons, (
                f"equal rows of {noun} go by {names}: an identity, counted, or in SAID_ONCE_MORE"
            )
            excused |= reasons
    assert excused == SAID_ONCE_MORE.keys()


def test_the_sweep_notices_equal_rows_that_are_not_counted(
    demo: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = kinds(demo)["order-line"]
    monkeypatch.setattr(importer_of(record), "counted", ())
    with pytest.raises(AssertionError, match="line go by"):
        test_equal_rows_of_one_file_are_one_record_by_a_rule_or_are_counted(demo)


def test_a_record_that_lacks_one_unique_key_is_known_by_another(demo: Cli) -> None:
    """A vendor gets a code, a box a barcode: a first value is a difference, another one is another record."""
    tried = set()
    assert demo("vendor", "add", "--name", "Codeless").code == 0
    for noun, record in kinds(demo).items():
        given = {field.name for field in import_fields(record)}
        unique = [i for i in record.meta.identities if i.unique and {*i.columns} <= given]
        for first in unique if len(unique) > 1 and not importer_of(record).keys else ():
            field = record.meta.by_name[first.columns[0]]
            if len(first.columns) > 1 or field.required:
                continue
            rows = exported(demo, noun)
            place = rows[0].index(field.public_name)
            lacking = next(row for row in exported_all(demo, noun)[1:] if not row[place])
            for cell, code in (("0614141123452", 0), ("0614141123469", 1)):
                file = [rows[0], [*lacking[:place], cell, *lacking[place + 1 :]]]
                if not code:
                    left = bring(demo, noun, file)
                    assert (left["code"], [row["columns"] for row in left["differing"]]) == (
                        5,
                        [[field.public_name]],
                    )
                done = bring(demo, noun, file, "--update")
                assert (done["code"], done["updated"], len(done["bad"])) == (
                    code,
                    not code,
                    code,
                ), (noun, done)
            tried.add(f"{noun} {field.public_name}")
    assert tried >= {"vendor code", "pack barcode"}


def test_the_sweep_notices_differences_that_are_not_seen(
    demo: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(KnownRows, "_says", lambda *_: False)
    with pytest.raises(AssertionError):
        test_every_kind_comes_back_as_it_went_and_one_other_cell_is_one_difference(demo)


def test_the_sweep_notices_a_column_that_is_not_compared(
    demo: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Compared, "differences", lambda *_: {})
    with pytest.raises(AssertionError):
        test_what_no_import_sets_is_compared_cell_by_cell(demo)


def test_the_sweep_notices_a_kind_that_it_has_no_record_of(
    demo: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = exported

    def none_of_packs(cli: Cli, noun: str) -> list[list[str]]:
        return everything(cli, noun)[: 1 if noun == "pack" else None]

    monkeypatch.setattr("tests.exchange.test_import_sweep.exported", none_of_packs)
    monkeypatch.setattr("tests.exchange.test_import_sweep.sampled", lambda known, _: [*known])
    with pytest.raises(AssertionError, match="has no pack"):
        test_every_kind_comes_back_as_it_went_and_one_other_cell_is_one_difference(demo)
