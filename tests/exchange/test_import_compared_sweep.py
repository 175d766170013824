"""Every column that no import sets is compared cell by cell, and every key of every kind tells its records apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from tests.effort import sampled
from tests.exchange.sweep_tools import (
    bring,
    exported,
    exported_all,
    importer_of,
    other,
)

from officeops.exchange.imports.compared import Compared
from officeops.exchange.imports.import_run import import_fields

if TYPE_CHECKING:
    from tests.exchange.sweep_tools import Demo

    from officeops.testing import Cli

#: Kinds whose equal rows are one record though nothing keeps a second one out of the office, and why.
SAID_ONCE_MORE: Final = {
    "equipment by make and model and serial": "a maker gives a serial number once for a model",
    "equipment by serial": "a unit of one serial number is one unit",
    "candidate": "somebody applies for an opening once, by mail or by name",
    "credential": "a card of one person, type and number or day is one card",
    "interview": "a candidate is met once at a time",
    "training": "somebody is trained in a topic once a day",
    "competence": "somebody is watched at a skill once a day",
    "one-to-one": "two people talk about a topic once a day",
    "recognition": "a line of praise for somebody is said once a day",
    "policy-version": "a policy has one version of a number, of a day, and of a text",
    "vendor-document": "a paper of one vendor, kind and day is one paper",
    "practice-document": "a paper of one name, number and day of issue is one paper",
    "calibration": "a unit is calibrated once a day under one certificate",
    "waste-pickup": "a hauler has one manifest for a pickup",
    "logger-reading": "an instant of a logger has one temperature",
    "person by name": "a list of people has each of them once",
    "order-line by order_id and reference": "a line's number on its order is its own",
    "stock-move by source and attempt": "the ledger's index keeps a source and its attempt once",
}


def test_what_no_import_sets_is_compared_cell_by_cell(demo: Demo) -> None:
    """The state of a lot, a total, what is on hand: where a file says otherwise, its row is named, with --update too."""
    tried = set()
    for noun in {"item", "lot", "vendor", *sampled(demo.kinds, 4)}:
        record, rows = demo.kinds[noun], exported(demo, noun)
        outcome = bring(demo, noun, rows)
        # An export brings managed values to new records, and compares them with the others.
        importer = importer_of(record)
        restored = {record.meta.by_name[name].public_name for name in importer.restores}
        compared = {*outcome["compared"].values(), *restored}
        settable = {field.public_name for field in import_fields(record)} - {*importer.follow}
        shut = [
            f
            for f in (*record.meta.fields, *record.meta.computed)
            # The column of a first child is that of a child, which an update adds.
            if f.public_name in {*rows[0]} - settable and not f.first_child
        ]
        assert compared == {field.public_name for field in shut}, noun
        for field in shut:
            # What an import restores is looked up first, so another word is no record.
            if field.target and field.public_name in restored:
                continue
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


def test_what_no_import_sets_is_compared_for_new_records_too(cli: Cli, demo: Demo) -> None:
    """Exported here and imported elsewhere, a recalled lot must not become available in silence."""
    there = type(cli)(cli.path.with_name("there.db"))
    assert there("init", "--name", "There", "--time-zone", "America/Chicago").code == 0
    assert demo("vendor", "add", "--name", "Shut", "--code", "SHUT").code == 0
    assert demo("vendor", "deactivate", "Shut").code == 0
    vendors = exported_all(demo, "vendor")
    items, lots = (
        exported_all(demo, "item", "--columns", "sku,name"),
        exported_all(demo, "lot", "--columns", "item,number,expires_on,status"),
    )
    lots[-1][-1] = "recalled"
    assert bring(there, "item", items)["code"] == 0
    outcome = bring(there, "lot", lots)
    named = [row["line"] for row in outcome["differing"]]
    assert named == [
        line for line, row in enumerate(lots, 1) if line > 1 and row[-1] != "available"
    ], outcome
    assert (outcome["code"], outcome["added"], outcome["bad"]) == (5, len(lots) - 1, [])
    # A whole export says all of a record's state, and a new record takes it.
    assert bring(there, "vendor", vendors)["code"] == 0
    assert exported_all(there, "vendor") == vendors


def test_equal_rows_of_one_file_are_one_record_by_a_rule_or_are_counted(demo: Demo) -> None:
    """What the office keeps twice must not be taken for the same thing said once more: an order may have an item twice."""
    excused = set()
    for noun, record in demo.kinds.items():
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
    demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = demo.kinds["order-line"]
    monkeypatch.setattr(importer_of(record), "counted", ())
    with pytest.raises(AssertionError, match="line go by"):
        test_equal_rows_of_one_file_are_one_record_by_a_rule_or_are_counted(demo)


def test_a_record_that_lacks_one_unique_key_is_known_by_another(demo: Demo) -> None:
    """A vendor gets a code, a box a barcode: a first value is a difference, another one is another record."""
    tried = set()
    assert demo("vendor", "add", "--name", "Codeless").code == 0
    for noun, record in demo.kinds.items():
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


def test_the_sweep_notices_a_column_that_is_not_compared(
    demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Compared, "differences", lambda *_: {})
    with pytest.raises(AssertionError):
        test_what_no_import_sets_is_compared_cell_by_cell(demo)
