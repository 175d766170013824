"""What an office exports, it knows again; and an empty office that imports all of it exports the same rows.

The kinds of records come from the office itself, and an order in which each comes after what it refers to from their declarations.
"""

from __future__ import annotations

import csv
import io
from contextlib import suppress
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, Final

import pytest
from tests.effort import TIMES, sampled
from tests.exchange.sweep_tools import ITEMS, exported_all, has_verb, latest, narrowed

from officeops.model.about import KEY
from officeops.model.errors import Refused
from officeops.office.office import open_office
from officeops.query.own_number import OWN_NUMBER

if TYPE_CHECKING:
    from pathlib import Path

    from tests.exchange.sweep_tools import Demo

    from officeops.model.records import Record
    from officeops.office.office import Office
    from officeops.testing import Cli

#: Kinds of records that can be exported and that no file brings in, and why.
EXPORTED_ALONE: Final = {
    "answer": "a person answers, when a task is completed",
    "attachment": "its bytes come in by `attach`, from the file itself",
    "boarding": "a person begins it, and its lines are tasks",
    "call-out": "a person takes the call, and the shifts open with it",
    "count-entry": "a count is booked by `officeops count`, which reads count sheets",
    "cover-ask": "a person asks, and notes what was said",
    "destruction": "what was destroyed here was not destroyed elsewhere",
    "downtime": "taking a unit out of service begins it, and its return ends it",
    "excursion": "a reading out of range opens one, and the history says who decided",
    "access-review": "it says who had access here on its day",
    "gap-reason": "a person says why, and the history says who",
    "held-lot": "an excursion holds it here, and a person decides",
    "interview-score": "an interviewer gives it, and it is locked until all are in",
    "lab-control": "a person runs it, by `officeops controls`",
    "leave-entry": "balances come as opening balances of the enrollments",
    "leave-reason": "a person gives it, and only they and HR may read it",
    "legal-hold": "a person places a hold, and the history says who",
    "logger-report": "the import of a logger's file writes it",
    "lot-hold": "an action holds a lot, and the history says who",
    "paid-time": "the lock of a timesheet hands it over",
    "published-shift": "a person publishes a week, and it is kept as people saw it",
    "recall-candidate": "the import of a recall finds it here, and a person decides",
    "role": "nobody hands out more than they have",
    "roster-notice": "a person sees a publication, or is told of it",
    "roster-revision": "a person publishes a week",
    "screening-hit": "a check here finds it, and a person decides",
    "screening-result": "a check here writes it",
    "screening-run": "the office checks itself, and keeps the proof",
    "shift-offer": "a person offers a shift, and another takes it",
    "ssh-key": "a person adds a key of their own",
    "sterilizer-failure": "a positive spore test opens one, and the history says who decided",
    "stock": "the sum of the stock moves",
    "timesheet": "a person hands a week in, and people there decide",
    "temperature-reading": "a person reads it, by `officeops temperatures`",
    "user": "a person is added with roles that the one who adds them may hand out",
}
#: Cells that another office does not take over, by kind and column, and why; the import names each of them.
LEFT: Final = {
    "acknowledgment": {"recorded_by": "the history there says who brought it"},
    "assessment": {"kept_from": "it counts from the decision, and people there decide"},
    "candidate": dict.fromkeys(
        ("stage", "reason", "decided_on", "kept_from", "keep_until", "is_open"),
        "people there decide on candidates",
    ),
    "opening": dict.fromkeys(
        ("state", "opened_on", "closed_on", "why_closed", "is_open"), "people there post it"
    ),
    "interview": dict.fromkeys(("waiting", "is_open"), "its interviewers give their cards there"),
    "scorecard": dict.fromkeys(("given_at", "is_open"), "its interviewer gives it there"),
    "leave-request": dict.fromkeys(
        ("state", "why_not", "decided_by", "decided_at", "booked"),
        "somebody there decides, by the balances there",
    ),
    "shift": dict.fromkeys(("origin", "pattern"), "patterns there lay out their own"),
    "location": {"is_default": "an office has one default location, changed on purpose"},
    "policy": {"reviewed_on": "somebody there looks at it"},
    "note": {"done_on": "a person there says that it was followed up on"},
}
#: Columns that mean something in one office alone, by kind: the numbers of the proofs that a return rested on,
#: and that an imported spore test takes its sterilizer out of service there.
OWN: Final = {
    "equipment": {"return_proofs", "status", "reason", "out_since", "out_by"},
    "position": {OWN_NUMBER},
}
#: Columns that follow from what no file brings: controls, readings, leave entries, tasks of a plan, a review.
FOLLOWING: Final = {
    "lab-kit": {"blocked", "control_by", "holds", "use"},
    "leave-enrollment": {"booked"},
    # Those of kits are held there until somebody runs the controls again.
    "lot": {"status", "hold_reason"},
    "monitored-unit": {"last_read"},
    "plan": {"last_done", "next_on"},
    "policy": {"review_on"},
    "sterilizer-load": {"suspect"},
}
#: Every new office has most of these from the first, as the demo has them.
FROM_THE_FIRST: Final = {"document-type", "opening-hours"}
#: Rows that the file of the people or of the interviews brings, under numbers of that office.
WITH_PEOPLE: Final = {"employment", "position", "scorecard"}
#: No export has the sealed value that each of these needs.
SEALED: Final = {"discipline", "offer", "one-to-one", "pay", "review"}


def subjects_of(office: Office, record: type[Record]) -> set[str]:
    """The kinds of records that those of a kind are about, such as the tickets of notes."""
    # Only tasks of no plan are carried, which are about nothing: a plan that came first would take their numbers.
    if KEY not in record.meta.by_name or record.meta.noun == "task":
        return set()
    return {key for (key,) in office.rows(f"SELECT DISTINCT {KEY} FROM {record.meta.table}") if key}


def in_order(demo: Demo) -> list[str]:
    """The nouns of kinds of records, each after those that it and its children refer to."""
    by_key = {record.meta.key: record for record in demo.kinds.values()}
    with open_office(demo.path) as office:
        records = dict(office.records)
        about = {key: subjects_of(office, record) for key, record in by_key.items()}
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for key, record in by_key.items():
        children = [records[child.record] for child in record.children if child.record in records]
        fields = [field for kind in (record, *children) for field in kind.meta.fields]
        targets = {field.target for field in fields if field.target}
        targets |= about[key]
        sorter.add(key, *sorted(targets.intersection(by_key) - {key}))
    return [by_key[key].meta.noun for key in sorter.static_order()]


def test_every_kind_has_a_way_back_or_a_reason(demo: Demo) -> None:
    with open_office(demo.path) as office:
        nouns = sorted(record.meta.noun for record in office.records.values())
    only_out = {noun for noun in nouns if has_verb(demo, noun, "export")} - demo.kinds.keys()
    assert only_out == EXPORTED_ALONE.keys()


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_an_office_knows_its_own_export_again(demo: Demo, officeops_home: Path, form: str) -> None:
    for noun in sampled(demo.kinds, 10):
        file = officeops_home / f"{noun}.{form}"
        ran = demo(noun, "export", str(file), *narrowed(noun, sampled(ITEMS, 1)[0]))
        assert ran.code == 0, ran.err
        before = changes(demo)
        back = demo(noun, "import", str(file), "--json")
        assert back.code == 0, (noun, back.out, back.err)
        outcome = {name: back.json[name] for name in ("added", "updated", "bad", "differing")}
        assert outcome == {"added": 0, "updated": 0, "bad": [], "differing": []}, noun
        assert back.json["unchanged"] > 0, noun
        assert changes(demo) == before, noun


def changes(demo: Demo) -> int:
    """How many changes of records the history has."""
    with open_office(demo.path) as office:
        return int(office.value("SELECT count(*) FROM core_change"))


def test_an_empty_office_takes_all_of_an_export(demo: Demo, officeops_home: Path) -> None:
    there = type(demo)(officeops_home / "there.db", demo.kinds)
    assert there("init", "--name", "There").code == 0
    nouns = [noun for noun in in_order(demo) if noun not in SEALED]
    for noun in nouns:
        carry(demo, there, noun)
    for noun in nouns:
        differing = columns_that_differ(demo, there, noun) - OWN.get(noun, set())
        differing -= FOLLOWING.get(noun, set())
        assert differing == LEFT.get(noun, {}).keys() - sums_of(demo, noun), noun
    if TIMES > 1:  # with a part of the ledger, orders have not the goods that their state says
        assert there("selfcheck").code == 0


def carry(demo: Demo, there: Cli, noun: str) -> None:
    """Export one kind of record, and import it there; what is left out is named."""
    ran = demo(noun, "export", "-", *narrowed(noun, ITEMS[0]))
    brought = there(noun, "import", "-", "--json", typed=ran.out)
    outcome = brought.json
    rows = len(list(csv.reader(io.StringIO(ran.out)))) - 1
    taken = outcome["added"] + (outcome["unchanged"] if noun in FROM_THE_FIRST | WITH_PEOPLE else 0)
    if noun in WITH_PEOPLE:
        taken += len(outcome["differing"])
    assert (taken, outcome["updated"], outcome["bad"]) == (rows, 0, []), (noun, outcome["bad"][:2])
    named = {name for row in outcome["differing"] for name in row["columns"]}
    assert named == LEFT.get(noun, {}).keys(), noun
    assert brought.code == (5 if named else 0), noun


def columns_that_differ(demo: Demo, there: Cli, noun: str) -> set[str]:
    """The columns in which the two offices' rows differ. In a short run the ledger's sums are left out."""
    header, *rows = exported_all(demo, noun, *narrowed(noun, ITEMS[0]))
    others = exported_all(there, noun, *(narrowed(noun, "") if noun == "task" else ()))[1:]
    if OWN_NUMBER in OWN.get(noun, ()):
        header, rows, others = header[1:], [row[1:] for row in rows], [row[1:] for row in others]
    if noun == "location":
        others = [row for row in others if row[0] != "Main"]  # every office has one from the first
    assert len(rows) == len(others), noun
    sums = sums_of(demo, noun)
    differing = set()
    for row, other in zip(sorted(rows), sorted(others), strict=True):
        for name, cell, there_cell in zip(header, row, other, strict=True):
            if cell != there_cell and name not in sums:
                differing.add(name)
    return differing


def sums_of(demo: Demo, noun: str) -> set[str]:
    """The computed columns, which cannot be the same while a run has a part of the ledger."""
    if TIMES > 1:
        return set()
    return {field.public_name for field in demo.kinds[noun].meta.computed}


def test_a_number_of_another_record_is_refused_and_nothing_is_written(demo: Demo) -> None:
    rows = exported_all(demo, "order")
    number, vendor = rows[0].index(OWN_NUMBER), rows[0].index("vendor")
    first, second = rows[1:3]
    assert first[vendor] != second[vendor]
    before = latest(demo)
    for cell, code in ((second[number], "taken"), ("PO-0", "malformed"), ("12", "malformed")):
        wrong = [rows[0], [cell if place == number else text for place, text in enumerate(first)]]
        out = io.StringIO()
        csv.writer(out).writerows(wrong)
        ran = demo("order", "import", "-", "--json", "--update", typed=out.getvalue())
        assert ran.code == 1
        assert [(bad["column"], bad["code"]) for bad in ran.json["bad"]] == [(OWN_NUMBER, code)]
    assert latest(demo) == before


def test_an_archived_record_s_number_is_not_given_again(demo: Demo) -> None:
    rows = exported_all(demo, "order")
    draft = next(row for row in rows if "draft" in row)
    number = draft[rows[0].index(OWN_NUMBER)]
    assert demo("order", "archive", number).code == 0
    out = io.StringIO()
    csv.writer(out).writerows([rows[0], draft])
    ran = demo("order", "import", "-", "--json", typed=out.getvalue())
    assert (ran.code, [bad["code"] for bad in ran.json["bad"]]) == (1, ["taken"])


def test_a_record_is_known_again_whose_forerunner_is_archived(demo: Demo) -> None:
    nouns = {noun for noun, record in demo.kinds.items() if is_forerunner_archived(demo, record)}
    assert {"credential", "vendor-document"} <= nouns
    for noun in nouns:
        ran = demo(noun, "export", "-", *narrowed(noun, ITEMS[0]))
        back = demo(noun, "import", "-", "--json", typed=ran.out)
        assert (back.code, back.json["differing"]) == (0, []), noun


def is_forerunner_archived(demo: Demo, record: type[Record]) -> bool:
    """Archive one record of a kind that a later one names, where there is one and it may be."""
    names = [field.name for field in record.meta.fields if field.target == record.meta.key]
    with open_office(demo.path) as office:
        for name in names:
            where = f"{name} IS NOT NULL"
            later = office.first(record, where)
            with suppress(Refused), office.acting("test.archive"):
                if later is not None:
                    office.archive(office.get(record, getattr(later, name)))
                    return True
    return False


def test_the_sweep_notices_a_kind_that_does_not_come_back(
    demo: Demo, officeops_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.exchange.test_round_trip.sampled", lambda known, _: [*known][:3])
    kept = "officeops.exchange.imports.existing_records.ExistingRecords.find"
    monkeypatch.setattr(kept, lambda *_: {})
    with pytest.raises(AssertionError):
        test_an_office_knows_its_own_export_again(demo, officeops_home, "csv")
