"""What the law lets go is destroyed for good, what is held or in use is not, and the history still holds afterwards."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried
from tests.history.history_tools import copy, opened, raw, template

from officeops.core.actions import hold, release
from officeops.core.purge import purge
from officeops.core.records import Destruction, LegalHold, RetentionRule
from officeops.history.log import changes
from officeops.history.log_filter import Asked
from officeops.history.verify import anchor, verify
from officeops.model.declarations import Query
from officeops.model.errors import NotFound, Refused
from officeops.model.sql_values import to_sql
from officeops.office.crud import add_record, archive_record, edit_record
from officeops_vendors.model import Document, Vendor

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory

RENEW = Document.action("renew")
WORD = "Zanzibar-7719"
RULE = "6 years after expires on (45 CFR 164.316(b)(2)(i))"


@pytest.fixture(autouse=True)
def _today(freeze_today: Callable[[str], None]) -> None:
    freeze_today("2026-06-01")


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new office, made once and copied for every example."""
    return template(tmp_path_factory.mktemp("fresh"))


def paper(office: Office, ends: str | None, *, put_away: bool = True, **values: object) -> Document:
    """A vendor's paper that ended then."""
    vendor = office.first(Vendor, "name = 'Acme'") or add_record(office, Vendor, {"name": "Acme"})
    given = {
        "vendor_id": vendor.id,
        "kind": "baa",
        "expires_on": date.fromisoformat(ends) if ends else None,
        **values,
    }
    made = add_record(office, Document, given)
    return archive_record(office, made) if put_away else made


def left(office: Office) -> list[int]:
    return [row[0] for row in office.rows("SELECT id FROM vendors_document ORDER BY id")]


def files(office: Office) -> bytes:
    """Every byte the office has on disk."""
    return b"".join(
        each.read_bytes()
        for each in Path(office.path).parent.glob("office.db*")
        if each.suffix != ".key"
    )


def test_what_is_past_its_retention_is_gone_and_the_history_holds(office: Office) -> None:
    end = anchor(office)
    old = paper(office, "2020-05-31", number=WORD, note=f"the note of {WORD}", put_away=False)
    edit_record(office, old, {"note": f"{WORD} again"})
    archive_record(office, old)
    before = anchor(office)
    assert WORD.encode() in files(office)
    [fate] = purge(office)
    assert (fate.record, fate.number, fate.rule, fate.kept) == (
        "vendors.document",
        old.id,
        RULE,
        "",
    )
    assert left(office) == []
    assert WORD.encode() not in files(office)
    assert (
        office.select(Document, [Document.meta.fields[0]], Query("Zanzibar", archived=True)) == []
    )
    assert end
    assert before
    assert verify(office, [end, before]) == []


def test_who_did_what_and_when_stays_and_so_does_what_was_destroyed_and_why(office: Office) -> None:
    old = paper(office, "2020-05-31", number=WORD)
    purge(office)
    found = changes(office, Asked(record=Document, record_id=old.id))
    assert [(each.action, each.destroyed) for each in found] == [
        ("core.purge", True),
        ("vendors.document.archive", True),
        ("vendors.document.add", True),
    ]
    [note] = office.all(Destruction)
    assert (note.record, note.number, note.rule, note.changes, note.day) == (
        "vendors.document",
        old.id,
        RULE,
        2,
        office.today,
    )
    with pytest.raises(Refused, match="cannot be changed"), office.acting("test"):
        office.edit(note, rule="another")


@pytest.mark.parametrize(
    ("ends", "put_away", "goes"),
    [
        ("2020-05-31", True, True),
        ("2020-06-01", True, False),  # the day itself is still kept
        ("2020-06-02", True, False),
        ("2001-01-01", False, False),  # nobody put it away
        (None, True, False),  # put away today: the years count from that
    ],
)
def test_only_what_is_settled_and_past_its_years_goes(
    office: Office,
    ends: str | None,
    put_away: bool,  # noqa: FBT001 - parametrized
    goes: bool,  # noqa: FBT001
) -> None:
    paper(office, ends, put_away=put_away)
    assert len(purge(office)) == goes
    assert len(left(office)) == 1 - goes


def test_a_dry_run_destroys_nothing(office: Office) -> None:
    old = paper(office, "2020-05-31")
    end = anchor(office)
    assert [fate.number for fate in purge(office, dry_run=True)] == [old.id]
    assert left(office) == [old.id]
    assert anchor(office) == end


def test_nothing_past_its_retention_is_no_action(office: Office) -> None:
    end = anchor(office)
    assert purge(office) == []
    assert anchor(office) == end


@pytest.mark.parametrize("one", [True, False])
def test_a_hold_keeps_one_or_all_until_it_is_released(office: Office, one: bool) -> None:  # noqa: FBT001
    first, second = paper(office, "2020-05-31"), paper(office, "2020-05-31")
    held = office.do(
        hold, kind="document", reason="Smith v. Acme", **({"only": f"#{first.id}"} if one else {})
    )
    assert (held.record, held.who, held.since) == ("vendors.document", "tester", office.today)
    kept = {fate.number: fate.kept for fate in purge(office) if fate.kept}
    assert kept == dict.fromkeys(
        [first.id] if one else [first.id, second.id],
        "held by tester since 2026-06-01: Smith v. Acme",
    )
    assert left(office) == list(kept)
    office.do(release, held, reason="settled")
    assert [fate.kept for fate in purge(office)] == [""] * len(kept)
    assert left(office) == []
    assert verify(office) == []
    [let_go] = office.some(LegalHold, [held.id])
    assert (let_go.released_by, let_go.released_because) == ("tester", "settled")


def test_what_a_record_that_stays_refers_to_stays(office: Office) -> None:
    old = paper(office, "2019-01-31", put_away=False)
    newer = office.do(RENEW, old, issued_on=date(2019, 1, 31), expires_on=date(2020, 1, 31))
    last = office.do(RENEW, newer, expires_on=date(2027, 1, 31))
    kept = {fate.number: fate.kept for fate in purge(office)}
    assert kept == {
        old.id: f"Vendor document #{newer.id} refers to it",
        newer.id: f"Vendor document #{last.id} refers to it",
    }
    assert left(office) == [old.id, newer.id, last.id]


def test_records_that_refer_to_each_other_go_together(office: Office) -> None:
    old = paper(office, "2018-01-31", put_away=False)
    newer = office.do(
        RENEW, old, issued_on=date(2018, 1, 31), expires_on=date(2019, 1, 31), number=WORD
    )
    archive_record(office, newer)
    assert [fate.kept for fate in purge(office)] == ["", ""]
    assert left(office) == []
    assert WORD.encode() not in files(office), (
        "what the action was told of the new paper is gone too"
    )
    assert verify(office) == []


def test_an_office_may_have_years_of_its_own(office: Office) -> None:
    rule = add_record(
        office, RetentionRule, {"record": "vendors.document", "years": 10, "source": "state law"}
    )
    paper(office, "2020-05-31")
    assert purge(office) == []
    edit_record(office, rule, {"years": 3})
    paper(office, "2023-05-31")
    assert {fate.rule for fate in purge(office)} == {"3 years after expires on (state law)"}


def test_a_rule_is_refused_for_what_is_never_destroyed(office: Office) -> None:
    for key, why in [
        ("nonsense", "no kind of record"),
        ("core.legal-hold", "never destroyed"),
        ("inventory.stock", "never destroyed"),
        ("inventory.move", "are a ledger"),
    ]:
        with pytest.raises(Refused, match=why):
            add_record(office, RetentionRule, {"record": key, "years": 3, "source": "whim"})


def test_what_has_no_retention_is_kept_for_good(office: Office) -> None:
    with pytest.raises(NotFound, match="kept forever"):
        purge(office, "vendor")
    add_record(office, RetentionRule, {"record": "vendors.vendor", "years": 1, "source": "our own"})
    archive_record(office, add_record(office, Vendor, {"name": "Gone"}))
    assert purge(office, "vendor") == []
    with office.store.exclusive("test") as db:
        db.execute("UPDATE core_action SET at = at")  # nothing but an action may write records
    with pytest.raises(Exception, match="raised exception"), office.store.exclusive("test") as db:
        db.execute("DELETE FROM vendors_vendor")


def test_no_action_but_the_purge_deletes(office: Office) -> None:
    paper(office, "2020-05-31")
    with (
        pytest.raises(Exception, match="Vendor documents are archived, never deleted"),
        office.acting("test"),
    ):
        office.store.db.execute("DELETE FROM vendors_document")
    purge(office)
    paper(office, "2020-05-31")
    with pytest.raises(Exception, match="never deleted"), office.acting("test"):
        office.store.db.execute("DELETE FROM vendors_document")


LEDGER = """
from datetime import date

class Entry(Record, key="log.entry", append_only=True):
    day: date = field()
    what: str = field(search=True)
    {retention}

@hookimpl
def records(): return [Entry]
@hookimpl
def migrations():
    return [Migration("0001", "CREATE TABLE log_entry (id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL DEFAULT 1, "
        "archived_at TEXT, day TEXT NOT NULL, what TEXT NOT NULL) STRICT;")]
"""


@pytest.mark.parametrize("declared", [True, False])
def test_a_ledger_loses_entries_only_where_that_is_declared(
    write: Callable[..., Path],
    office_factory: OfficeFactory,
    declared: bool,  # noqa: FBT001 - parametrized
) -> None:
    write(
        "log",
        LEDGER.format(
            retention="retention = Retention(years=3, after='day', why='habit')" if declared else ""
        ),
    )
    office = office_factory("log")
    entry = office.records["log.entry"]
    with office.acting("test"):
        for day in ("2020-01-01", "2025-01-01"):
            office.add(entry(day=date.fromisoformat(day), what=WORD))
    assert len(purge(office)) == declared
    assert office.value("SELECT count(*) FROM log_entry") == 2 - declared
    with pytest.raises(Exception, match="are a ledger"), office.acting("test"):
        office.store.db.execute("DELETE FROM log_entry")
    assert verify(office) == []


def test_what_was_destroyed_and_is_brought_back_is_found(office: Office) -> None:
    old = paper(office, "2020-05-31", number=WORD)
    row = office.rows("SELECT * FROM vendors_document")[0]
    history = office.rows(
        "SELECT id, before, after FROM core_change WHERE record = 'vendors_document'"
    )
    purge(office)
    with raw(Path(office.path)) as db:
        db.execute(f"INSERT INTO vendors_document VALUES ({','.join('?' * len(row))})", row)
    [found] = verify(office)
    assert (found.code, f"#{old.id} " in str(found)) == ("record-destroyed-again", True)
    with raw(Path(office.path)) as db:
        db.execute("DELETE FROM vendors_document")
        db.executemany(
            "UPDATE core_change SET before = ?2, after = ?3, destroyed = NULL WHERE id = ?1",
            history,
        )
    assert "its contents are in the history again" in " ".join(map(str, verify(office)))


@given(
    ends=st.lists(
        st.sampled_from(["2019-01-01", "2020-05-31", "2020-06-01", None]), min_size=1, max_size=5
    ),
    mutate=st.booleans(),
    data=st.data(),
)
@tried(15)
def test_after_any_purge_the_history_holds_and_still_tells_of_tampering(
    fresh: Path,
    ends: list[str | None],
    mutate: bool,  # noqa: FBT001 - drawn
    data: st.DataObject,
) -> None:
    with TemporaryDirectory() as folder, opened(copy(fresh, Path(folder) / "office.db")) as office:
        for end in ends:
            paper(office, end, note="a note")
        purge(office)
        assert verify(office) == []
        rows = office.rows(
            "SELECT id, record_id, destroyed FROM core_change WHERE destroyed IS NOT NULL"
        )
        if not (mutate and rows):
            return
        number, record_id, digest = data.draw(st.sampled_from(rows))
        column, new, was = data.draw(
            st.sampled_from(
                [
                    ("destroyed", b"\0" * 32, digest),
                    ("destroyed", None, digest),
                    ("record_id", record_id + 1, record_id),
                    ("after", "{}", None),
                ]
            )
        )
        with raw(Path(office.path)) as db:
            db.execute(f"UPDATE core_change SET {column} = ? WHERE id = ?", (to_sql(new), number))
        assert verify(office)
        with raw(Path(office.path)) as db:
            db.execute(f"UPDATE core_change SET {column} = ? WHERE id = ?", (was, number))
        assert verify(office) == []


def test_the_command_says_what_became_of_each(cli: Cli, office: Office) -> None:
    gone, kept = paper(office, "2020-05-31"), paper(office, "2020-05-31")
    assert cli("hold", "--kind", "document", "--only", f"#{kept.id}", "--reason", "audit").code == 0
    one, other = cli("purge", "--dry-run", "--json").json
    assert one == {
        "record": "vendors.document",
        "number": gone.id,
        "fate": "would be destroyed",
        "because": RULE,
    }
    assert (other["number"], other["fate"]) == (kept.id, "kept")
    assert other["because"].endswith("since 2026-06-01: audit")
    assert "1 destroyed, 1 kept." in cli("purge", "--record", "document").err
    assert cli("destruction", "list", "--json").json[0]["number"] == gone.id
    assert cli("destruction", "add").code == 2
    assert cli("history", "verify").code == 0
    assert cli("document", "history", f"#{gone.id}").code == 0
    assert cli("legal-hold", "release", "1", "--reason", "over").code == 0
    assert cli("purge", "--json").json[0]["fate"] == "destroyed"
    assert "Nothing is past its retention." in cli("purge").err


def test_a_long_purge_goes_in_pieces_and_keeps_together_what_belongs_together(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("officeops.core.purge.PIECE", 4)
    chain = [paper(office, "2010-01-31", put_away=False)]
    for year in range(
        2011, 2018
    ):  # each refers to the one before it: one piece, though it is longer than others
        chain.append(
            office.do(RENEW, chain[-1], issued_on=date(year, 1, 1), expires_on=date(year, 1, 31))
        )
    for each in chain:
        archive_record(office, each)
    for _ in range(9):
        paper(office, "2019-02-01")
    fates = purge(office)
    assert sorted(fate.number for fate in fates) == list(range(1, 18))
    assert left(office) == []
    pieces = "SELECT count(*) FROM core_change WHERE record = 'core_destruction' GROUP BY action_id ORDER BY action_id"
    assert [count for (count,) in office.rows(pieces)] == [8, 4, 4, 1]
    assert verify(office) == []
