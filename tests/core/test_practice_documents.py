"""The practice's own documents: reminded of lead by lead, renewed, undone, and missed where required."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from officeops.access.actions import admit
from officeops.core.document_records import DocumentType, PracticeDocument
from officeops.core.huddle_lines import own_lines
from officeops.core.inspection_questions import inspection
from officeops.history.undo import redo, undo
from officeops.model.declarations import Query
from officeops.model.errors import Refused
from officeops.model.exit_codes import DONE, PARTLY
from officeops.office.crud import edit_record
from officeops.office.inspection import inspection_lines
from officeops.office.office import Office

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.model.due import Due
    from officeops.testing import Cli, OfficeFactory

    Freeze = Callable[[date], None]

TODAY = date(2026, 3, 2)
END = date(2026, 9, 30)
LEADS = (90, 60, 30)


@pytest.fixture
def office(office_factory: OfficeFactory, freeze_today: Freeze) -> Office:
    freeze_today(TODAY)
    return office_factory()


def add_type(office: Office, **facts: object) -> DocumentType:
    with office.acting("test.type"):
        return office.add(DocumentType(**{"name": "Permit", **facts}))  # type: ignore[arg-type] # its fields


def add(office: Office, **facts: object) -> PracticeDocument:
    values: dict[str, Any] = {"name": "Fire permit", "expires_on": END, **facts}
    with office.acting("test.document"):
        return office.add(PracticeDocument(**values))


def act(office: Office, verb: str, document: PracticeDocument, **given: Any) -> object:  # noqa: ANN401
    now = office.get(PracticeDocument, document.id)
    return office.do(PracticeDocument.action(verb), now, **given)


def due(office: Office, *, snoozed: bool = False) -> list[Due]:
    return [item.due for item in office.due_items(snoozed=snoozed)]


def status(office: Office, document: PracticeDocument) -> str:
    """The status as a list shows it, which is the one that code is given."""
    field = PracticeDocument.meta.by_name["status"]
    [(_, listed)] = office.select(PracticeDocument, [field], Query(f"#{document.id}"))
    assert listed == office.get(PracticeDocument, document.id).status_now(office).status
    return str(listed)


def listed(office: Office, where: str = "") -> set[int]:
    return {row[0] for row in office.select(PracticeDocument, [], Query(where))}


# -- reminders -------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
def test_no_lead_is_lost_over_days_on_which_nothing_ran(
    office: Office, freeze_today: Freeze, seed: int
) -> None:
    draw = random.Random(seed)  # noqa: S311 - a test draws
    document = add(office)
    days = sorted(END + timedelta(days=draw.randrange(-120, 20)) for _ in range(12))
    snoozed: dict[str, date] = {}
    for day in days:
        freeze_today(day)
        begun = [lead for lead in (*LEADS, 0) if day >= END - timedelta(days=lead)]
        told = [item.key for item in due(office, snoozed=True)]
        last = "expired" if day > END else min(begun, default=None)
        key = f"core.practice-document:{document.id}:{END}:{last}"
        assert told == ([key] if last is not None else [])
        # A snoozed reminder hides no other.
        hidden = bool(told) and snoozed.get(key, day) > day
        assert [item.key for item in due(office)] == ([] if hidden else told)
        if told and not hidden and draw.random() < 0.5:
            snoozed[key] = day + timedelta(days=draw.randrange(1, 60))
            office.snooze(key, snoozed[key])


def test_the_owner_and_the_managers_are_both_told(office: Office) -> None:
    add(office, owner="ana", expires_on=TODAY)
    for login, role in (("ana", "clerk"), ("mia", "manager"), ("bob", "clerk")):
        admit(office, login, [role])
    mine = {}
    for login in ("ana", "mia", "bob"):
        seen = Office(office.path, office.plugins, office.machine, user=login)
        mine[login] = len(seen.due.mine(seen.due_items()))
    assert mine == {"ana": 1, "mia": 1, "bob": 0}


def test_a_day_of_notice_has_reminders_of_its_own(office: Office, freeze_today: Freeze) -> None:
    document = add(office, name="Lease", notice_on=date(2026, 4, 1))
    [line] = due(office)
    assert (line.key, line.what) == (
        f"core.practice-document:{document.id}:notice:2026-04-01:30",
        "Lease can be ended until 2026-04-01: give notice",
    )
    freeze_today(date(2026, 4, 2))
    [line] = due(office)
    assert (line.severity, line.what) == ("money", "Lease could be ended until 2026-04-01")


def test_grace_is_said_to_count_only_where_the_type_says_so(office: Office) -> None:
    for works, words in ((False, "it does not count"), (True, "it still counts")):
        kind = add_type(office, name=f"Permit {works}", grace_days=30, works_in_grace=works)
        document = add(office, type_id=kind.id, expires_on=TODAY - timedelta(days=1))
        assert status(office, document) == "in_grace"
        [line] = [item for item in due(office) if item.record_id == document.id]
        assert line.what == f"Fire permit expired 2026-03-01; in grace until 2026-03-31, {words}"
        assert document.status_now(office).is_good is works


def test_lists_and_today_agree_on_what_ends(office: Office) -> None:
    draw = random.Random(7)  # noqa: S311 - a test draws
    kinds = [
        add_type(office, name=f"T{number}", leads=leads, grace_days=grace, continues=number == 2)
        for number, (leads, grace) in enumerate((("180 30", 0), ("10", 40), ("60", 0)))
    ]
    filed = draw.choice([None, TODAY])
    for number in range(80):
        add(
            office,
            name=f"D{number}",
            type_id=draw.choice([None, *(kind.id for kind in kinds)]),
            expires_on=TODAY + timedelta(days=draw.randrange(-60, 200)),
            renewal_filed_on=draw.choice([None, filed]),
        )
    told = {item.record_id for item in due(office) if not item.key.endswith(":filed")}
    assert told == listed(office, "status=due,in_grace,expired")
    assert len(told) > 20


def test_the_mornings_page_has_what_has_expired(office: Office) -> None:
    add(office, name="Lease", expires_on=TODAY)
    add(office, expires_on=TODAY - timedelta(days=1))
    notices = [line.what for line in own_lines(office) if line.part == "notices"]
    assert notices == ["Fire permit expired 2026-03-01"]


# -- renewals --------------------------------------------------------------------------------------


def test_undo_of_a_renewal_makes_the_old_one_current_again(office: Office) -> None:
    old = add(office, expires_on=TODAY, owner="ana", issuer="City")
    new = act(office, "renew", old, expires_on=END)
    assert isinstance(new, PracticeDocument)
    assert (new.owner, new.issuer, new.replaces_id) == ("ana", "City", old.id)
    assert (listed(office), listed(office, "current=no"), due(office)) == ({new.id}, {old.id}, [])
    undo(office)
    assert listed(office) == {old.id}
    assert [item.record_id for item in due(office)] == [old.id]
    redo(office)
    assert listed(office) == {new.id}
    assert listed(office, "current=yes,no") == listed(office, f"#{new.id} ") | {old.id}


def test_a_renewal_may_begin_before_or_after_the_old_one_ends(
    office: Office, freeze_today: Freeze
) -> None:
    old = add(office, expires_on=TODAY + timedelta(days=5))
    new = act(office, "renew", old, expires_on=END, issued_on=TODAY + timedelta(days=3))
    assert isinstance(new, PracticeDocument)
    # The old one is the one in force until the new one begins, and nobody is reminded of it.
    assert (listed(office), due(office)) == ({old.id, new.id}, [])
    freeze_today(TODAY + timedelta(days=3))
    assert listed(office) == {new.id}


def test_a_renewal_that_leaves_a_gap_does_not_hide_it(office: Office, freeze_today: Freeze) -> None:
    old = add(office, expires_on=TODAY)
    act(office, "renew", old, expires_on=END, issued_on=TODAY + timedelta(days=10))
    freeze_today(TODAY + timedelta(days=2))
    assert [item.what for item in due(office)] == ["Fire permit expired 2026-03-02"]
    freeze_today(TODAY + timedelta(days=10))
    assert due(office) == []


def test_a_name_means_the_document_in_force(office: Office) -> None:
    new = act(office, "renew", add(office, expires_on=TODAY), expires_on=END)
    assert office.find(PracticeDocument, "fire permit") == new


def test_a_filed_renewal_counts_where_the_type_lets_it(
    office: Office, freeze_today: Freeze
) -> None:
    lasting, ending = (
        add(office, type_id=add_type(office, name=f"T {on}", continues=on).id, expires_on=TODAY)
        for on in (True, False)
    )
    for document in (lasting, ending):
        act(office, "file-renewal", document)
    freeze_today(TODAY + timedelta(days=1))
    assert (status(office, lasting), status(office, ending)) == ("renewal_filed", "expired")
    assert [item.what for item in due(office)] == [
        "Fire permit expired 2026-03-02; its renewal was filed 2026-03-02",
    ] * 2
    assert {item.severity for item in due(office)} == {"routine", "legal"}


# -- what people know ------------------------------------------------------------------------------


def test_one_that_nobody_verified_is_pending(office: Office) -> None:
    document = add(office, type_id=add_type(office, must_verify=True).id)
    assert status(office, document) == "pending"
    assert [item.action for item in due(office)] == ["verify"]
    act(office, "verify", document, source="the board's page")
    assert (status(office, document), due(office)) == ("valid", [])
    read = office.get(PracticeDocument, document.id)
    assert (read.verified_on, read.verified_by) == (TODAY, office.actor)


@pytest.mark.parametrize(("verb", "word"), [("suspend", "held"), ("not-required", "not_required")])
def test_a_suspended_or_unneeded_one_is_not_due_until_it_is_reinstated(
    office: Office, verb: str, word: str
) -> None:
    document = add(office, expires_on=TODAY)
    act(office, verb, document, reason="The lab closes")
    assert (status(office, document), due(office)) == (word, [])
    with pytest.raises(Refused, match="The lab closes"):
        act(office, verb, document, reason="again")
    act(office, "reinstate", document)
    assert (status(office, document), len(due(office))) == ("due", 1)


def test_nothing_is_verified_or_filed_tomorrow(office: Office) -> None:
    document = add(office)
    for verb in ("verify", "file-renewal"):
        with pytest.raises(Refused, match="on: is in the future"):
            act(office, verb, document, on=TODAY + timedelta(days=1))


def test_an_export_has_the_old_ones_and_comes_back(cli: Cli) -> None:
    for line in (
        ("add", "Permit", "--expires-on", "+9d"),
        ("verify", "PD-1"),
        ("renew", "Permit", "--expires-on", "+400d"),
        ("suspend", "PD-2", "--reason", "lost"),
    ):
        assert cli("practice-document", *line).code == DONE
    out = cli("practice-document", "export", "-").out
    assert out.count("Permit") == 2
    back = cli("practice-document", "import", "-", "--json", typed=out).json
    assert (back["unchanged"], back["bad"], back["differing"]) == (2, [], [])
    elsewhere = out.replace("PD-", "PD-9")
    there = cli("practice-document", "import", "-", "--json", typed=elsewhere)
    assert there.json["added"] == 2, there.err
    [row] = cli("practice-document", "list", "--where", "#92", "--json").json
    assert (row["held_because"], row["status"], row["replaces"]) == ("lost", "held", "PD-91 Permit")
    again = cli("practice-document", "import", "-", "--json", typed=elsewhere).json
    assert (again["unchanged"], again["differing"]) == (2, [])


#: Own numbers and what they replace, in an order that no export has, and what cannot be.
TANGLED = """own_number,name,expires_on,replaces
PD-7,C,2029-01-01,PD-8
PD-8,C,2028-01-01,
PD-1,A,2027-01-01,PD-2
PD-2,A,2028-01-01,PD-1
PD-4,B,2029-01-01,PD-8
PD-5,D,2029-01-01,PD-77
PD-6,E,2029-01-01,soon
"""


def test_a_file_links_no_renewals_that_could_not_be(cli: Cli) -> None:
    ran = cli("practice-document", "import", "-", typed=TANGLED)
    assert ran.code == PARTLY
    for words in ("replace each other", "renewed it already", "PD-77", "soon"):
        assert words in ran.err
    everything = cli("practice-document", "export", "-", "--columns", "own_number,replaces").out
    linked = [line for line in everything.splitlines()[1:] if not line.endswith(",")]
    assert sorted(linked) == ["PD-1,PD-2", "PD-7,PD-8"]


def test_a_renewal_shows_the_files_of_the_document_that_it_replaced(
    cli: Cli, tmp_path: Path
) -> None:
    (tmp_path / "scan.txt").write_text("A permit")
    cli("practice-document", "add", "Permit", "--expires-on", "+9d")
    cli("practice-document", "attach", "Permit", str(tmp_path / "scan.txt"))
    for days in ("400", "800"):
        assert cli("practice-document", "renew", "Permit", "--expires-on", f"+{days}d").code == DONE
    assert "scan.txt" in cli("practice-document", "show", "PD-3").out
    shown = cli("practice-document", "show", "PD-3", "--json").json["attached"]
    assert (shown["files"], shown["earlier_files"][0]["name"]) == ([], "scan.txt")


# -- what has to be there --------------------------------------------------------------------------


def test_a_required_type_without_a_document_is_missing(office: Office) -> None:
    kind = add_type(office)
    assert due(office) == []
    edit_record(office, kind, {"required": True})
    [line] = due(office)
    assert (line.what, line.severity) == ("Permit is missing", "legal")
    assert line.key == f"core.document-type:{kind.id}:missing:core.practice-document:{kind.id}"
    # One that has expired is not missing: it has a line of its own.
    add(office, type_id=kind.id, expires_on=TODAY - timedelta(days=400))
    assert [item.what for item in due(office)] == ["Fire permit expired 2025-01-26"]


@pytest.mark.officeops
def test_a_new_office_has_types_and_none_is_required(cli: Cli) -> None:
    assert cli("init", "--name", "Practice").code == DONE
    types = cli("document-type", "list", "--json").json
    assert {"CLIA certificate", "DEA registration", "Lease"} < {row["name"] for row in types}
    assert not any(row["required"] for row in types)
    assert "All of the usual" in cli("add-document-types").err


def test_documents_are_proofs_for_inspectors_and_never_more_than_they_are(office: Office) -> None:
    kind = add_type(office, proof="clia-certificate", required=True)

    def shown() -> list[tuple[str, str]]:
        lines = inspection_lines(office, inspection("clia"))
        return [(one.status, one.shown) for one in lines if one.question.key == "clia.certificate"]

    assert shown() == [("missing", "No Permit is entered")]
    document = add(office, name="CLIA", type_id=kind.id, number="34D", expires_on=TODAY)
    assert shown() == [("due", "CLIA 34D, until 2026-03-02")]
    act(office, "renew", document, expires_on=END)
    assert shown() == [("met", "CLIA 34D, until 2026-09-30")]
    act(office, "suspend", office.find(PracticeDocument, "CLIA"), reason="The board asks")
    assert shown() == [("not met", "CLIA 34D, suspended: The board asks")]
    with pytest.raises(Refused, match="Did you mean clia-certificate"):
        edit_record(office, kind, {"proof": "clia-certificat"})


def test_a_name_means_the_document_of_today_and_not_its_renewal_to_come(
    office: Office, cli: Cli, freeze_today: Freeze
) -> None:
    old = add(office)
    act(office, "renew", old, expires_on=date(2027, 9, 30), issued_on=END + timedelta(days=1))
    [new] = [one for one in office.all(PracticeDocument) if one.id != old.id]
    assert office.find(PracticeDocument, "fire permit").id == old.id
    assert office.find(PracticeDocument, new.human_key).id == new.id
    [to_come] = cli("practice-document", "list", "has-begun=no", "--json").json
    assert to_come["expires_on"] == "2027-09-30"
    freeze_today(END + timedelta(days=1))
    assert office.find(PracticeDocument, "fire permit").id == new.id
    freeze_today(TODAY)
    # Without the old one, the name means what is to come, and not what is archived.
    with office.acting("test.archive"):
        office.archive(office.get(PracticeDocument, old.id))
    assert office.find(PracticeDocument, "fire permit").id == new.id
