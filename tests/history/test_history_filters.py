"""`officeops history` gives what is asked for, and followers everything once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.access.access_tools import login, open_as, staffed
from tests.effort import tried

from officeops.access.actions import admit
from officeops.access.role_actions import make_role
from officeops.cli.commands import history_changes
from officeops.core.office_record import Facts
from officeops.core.records import Location
from officeops.history.log import changes
from officeops.history.log_filter import Asked
from officeops.office.crud import add_record, edit_record
from officeops_vendors.model import Vendor

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory


@pytest.fixture
def told(office: Office, office_factory: OfficeFactory, cli: Cli) -> Cli:
    """An office with some history: two people, two kinds of record, three days."""
    acme = add_record(office, Vendor, {"name": "Acme", "code": "A"}, request="r-1")
    add_record(office_factory(actor="ann"), Vendor, {"name": "Beta", "code": "B"})
    add_record(office, Location, {"name": "Closet"})
    edit_record(office, acme, {"website": "555"})
    with office.store.exclusive("test") as db:
        db.execute("UPDATE core_action SET at = '2026-03-01T23:30:00.000Z' WHERE request = 'r-1'")
        db.execute("UPDATE core_action SET at = '2026-03-02T23:59:59.999Z' WHERE actor = 'ann'")
    return cli


def seen(cli: Cli, *words: str) -> list[tuple[str, int, str]]:
    return [
        (each["record"], each["record_id"], each["action"].rpartition(".")[2])
        for each in cli(*words, "--json").json
    ]


#: The upgrade of the vendors notes that a choice has another code now.
RENAMED = ("former-name", 1, "vendors")
UPGRADES = [("", None, "hr"), ("", None, "maintenance"), ("", None, "inventory"), RENAMED]
ACME, BETA, CLOSET, EDITED = (
    ("vendor", 1, "add"),
    ("vendor", 2, "add"),
    ("location", 1, "add"),
    ("vendor", 1, "edit"),
)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", [EDITED, CLOSET, BETA, ACME, *UPGRADES]),
        ("--who ann", [BETA]),
        ("--what vendors.vendor", [EDITED, BETA, ACME]),
        ("--what vendors.vendor.e", [EDITED]),
        ("--record vendor", [EDITED, BETA, ACME]),
        ("--record vendors.vendor", [EDITED, BETA, ACME]),
        ("--record vendor:Acme", [EDITED, ACME]),
        ("--record vendor:#2", [BETA]),
        ("--request r-1", [ACME]),
        ("--until 2026-03-02", [BETA, ACME]),
        ("--until 2026-03-01", [ACME]),
        ("--from 2026-03-02 --until 2026-03-02", [BETA]),
        ("--from 2026-03-03", [EDITED, CLOSET, *UPGRADES]),
        ("--limit 1", [EDITED]),
        ("--since 0", [RENAMED, ACME, BETA, CLOSET, EDITED]),
        ("--since 0 --limit 2", [RENAMED, ACME]),
        ("--since 0 --who tester --what vendors --limit 1", [ACME]),
        ("--since 99", []),
    ],
)
def test_each_filter_and_several_at_once(
    told: Cli, words: str, expected: list[tuple[str, int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "UTC")
    assert seen(told, "history", *words.split()) == expected


def test_a_kind_of_record_has_the_same_filters(told: Cli) -> None:
    assert seen(told, "vendor", "history") == [EDITED, BETA, ACME]
    assert seen(told, "vendor", "history", "Acme", "--since", "0") == [ACME, EDITED]
    assert seen(told, "vendor", "history", "--who", "ann") == [BETA]
    assert seen(told, "vendor", "history", "B", "--limit", "3") == [BETA]


def test_days_are_those_of_the_office(told: Cli, office: Office) -> None:
    facts = add_record(office, Facts, {"name": "Maple", "time_zone": "America/Chicago"})
    assert seen(told, "history", "--until", "2026-03-01") == [ACME]
    assert seen(told, "history", "--from", "2026-03-02", "--until", "2026-03-02") == [BETA]
    edit_record(office, facts, {"time_zone": "Asia/Tokyo"})
    assert seen(told, "history", "--until", "2026-03-01") == []
    assert seen(told, "history", "--from", "2026-03-02", "--until", "2026-03-02") == [ACME]


@pytest.mark.parametrize(
    "words", ["--from never", "--until 2026-02-30", "--since -1", "--limit x", "--record :"]
)
def test_what_cannot_be_read_is_wrong_usage(told: Cli, words: str) -> None:
    assert told("history", *words.split()).code in {1, 2}


@pytest.mark.parametrize(
    "words",
    [
        ["history", "--record", "vendor:"],
        ["history", "--record", "vendor: "],
        ["vendor", "history", ""],
    ],
)
def test_a_blank_name_is_not_every_record(told: Cli, words: list[str]) -> None:
    ran = told(*words)
    assert (ran.code, ran.out) == (2, "")
    assert "The name of the vendor is blank" in ran.err


def test_the_ends_of_time_are_no_fault(told: Cli) -> None:
    assert len(seen(told, "history", "--from", "1900-01-01", "--until", "2200-12-31")) == 8
    for words in (["--from", "0001-01-01"], ["--until", "9999-12-31"]):
        ran = told("history", *words)
        assert (ran.code, ran.out) == (2, "")
        assert "1900 to 2200" in ran.err


def test_a_record_that_is_not_there_is_not_found(told: Cli) -> None:
    assert told("history", "--record", "unicorn").code == 1
    assert told("history", "--record", "vendor:Nobody").code == 1
    assert told("vendor", "history", "#77").code == 1


@given(batches=st.lists(st.integers(0, 3), max_size=5), limit=st.integers(1, 4))
@tried(25)
def test_a_follower_sees_everything_once_and_in_order(
    office: Office, batches: list[int], limit: int
) -> None:
    cursor = max([0, *(each.cursor for each in changes(office, Asked()))])
    start, got = cursor, []
    for batch in batches:
        for _ in range(batch):
            add_record(office, Vendor, {"name": f"Acme {office.last_id(Vendor) + 1}"})
            act(office, "test.look")
        while some := changes(office, Asked(after=cursor, limit=limit)):
            got += some
            cursor = some[-1].cursor
    assert [each.cursor for each in got] == list(range(start + 1, start + 1 + sum(batches)))
    everything = changes(office, Asked())
    assert [each for each in everything if each.record] == changes(office, Asked(after=0))[::-1]
    assert [each.cursor for each in everything] == sorted(
        (each.cursor for each in everything), reverse=True
    )
    assert changes(office, Asked(after=everything[0].cursor)) == []
    assert changes(office, Asked(limit=limit)) == everything[:limit]


# -- actions that changed no record ------------------------------------------------------------------------------


def act(office: Office, verb: str, request: str | None = None, **told: object) -> None:
    """Do something that changes no record."""
    with office.acting(verb, told, request=request) as outcome:
        outcome.append("Done.")


def bare(office: Office, asked: Asked) -> list[str]:
    return [each.action for each in changes(office, asked) if not each.record]


def test_what_changed_no_record_is_on_record_too(
    office: Office, office_factory: OfficeFactory, cli: Cli
) -> None:
    acme = add_record(office, Vendor, {"name": "Acme"})
    act(office, "test.mend", "r-1", how="gently", parts=["a", "b"])
    act(office_factory(actor="ann"), "test.look", of=["vendors.vendor:1"])
    edit_record(office, acme, {"website": "555"})
    edited, look, mend, *_ = cli("history", "--json").json
    assert (look["actor"], look["record"], look["record_id"]) == ("ann", "", None)
    assert (mend["action"], mend["arguments"], mend["outcome"]) == (
        "test.mend",
        '{"how":"gently","parts":["a","b"]}',
        "Done.",
    )
    assert edited["number"] > look["number"] > mend["number"]
    assert edited["cursor"] == look["cursor"] + 1 == mend["cursor"] + 1
    assert "how gently, parts a b" in cli("history").out
    for asked, expected in (
        (Asked(what="test."), ["test.look", "test.mend"]),
        (Asked(what="test.", limit=1), ["test.look"]),
        (Asked(who="ann"), ["test.look"]),
        (Asked(request="r-1"), ["test.mend"]),
        (Asked(what="test.", since=office.today.replace(year=office.today.year + 2)), []),
        (Asked(record=Vendor), ["test.look"]),
        (Asked(record=Vendor, record_id=1), ["test.look"]),
        (Asked(record=Vendor, record_id=2), []),
        (Asked(record=Location), []),
        (Asked(after=0), []),
    ):
        assert bare(office, asked) == expected, asked


def test_a_restore_is_in_the_history(cli: Cli) -> None:
    cli("init", "--name", "Office")
    cli("backup")
    assert cli("backup", "restore", "latest", "--live", "--yes").code == 0
    (restored,) = cli("history", "--what", "core.restore", "--json").json
    assert json.loads(restored["arguments"])["from"].startswith("office")


def _people(number: int) -> str:
    """Return so many people as arguments name them."""
    keys = [f"staff.person:{one}" for one in range(1, number + 1)]
    return json.dumps(keys, separators=(",", ":"))


def test_each_may_know_what_they_may_do_and_see(office_factory: OfficeFactory) -> None:
    owner = staffed(office_factory)
    make_role(owner, "auditor", ["core.history.view", "core.seal.readings"])
    admit(owner, "ann", ["auditor"])
    act(owner, "staff.person.pay.reveal", of=["staff.person:1"])
    act(owner, "staff.person.call", of=["staff.person:1"], phone="31")
    act(owner, "staff.rise.view", of=["staff.rise:1"])
    act(owner, "core.seal.sheet", keys=["v1"])
    offices = {
        "clerk": open_as(owner, login("clerk")),
        "hr": open_as(owner, login("hr")),
        "ann": open_as(owner, "ann"),
    }
    known = {
        who: [(each.action, each.arguments) for each in changes(office, Asked()) if not each.record]
        for who, office in offices.items()
    }
    assert known == {
        # Pay may be in what a call was told, for all anybody knows: who may not see it is told of whom alone.
        "clerk": [("staff.person.call", '{"of":["staff.person:1"]}')],
        "hr": [],
        # And the pay that the history has just shown to the person from hr.
        "ann": [
            ("staff.person.pay.shown", f'{{"of":{_people(4)}}}'),
            ("staff.person.pay.reveal", '{"of":["staff.person:1"]}'),
        ],
    }
    everything = [
        (each.action, each.arguments)
        for each in changes(owner, Asked(what="staff."))
        if not each.record and not each.action.endswith(".shown")
    ]
    assert everything == [
        ("staff.rise.view", '{"of":["staff.rise:1"]}'),
        ("staff.person.call", '{"of":["staff.person:1"],"phone":"31"}'),
        ("staff.person.pay.reveal", '{"of":["staff.person:1"]}'),
    ]


def test_values_show_though_their_layout_is_lost(office: Office) -> None:
    add_record(office, Vendor, {"name": "Acme"})
    with office.store.exclusive("test") as db:
        db.execute("DELETE FROM core_layout")
    (added,) = changes(office, Asked(record=Vendor))
    assert '"name":"Acme"' in (added.after or "")


def test_values_are_written_as_people_do_and_kept_as_they_are_for_scripts(cli: Cli) -> None:
    cli("init", "--name", "Office")
    cli("vendor", "add", "--name", "Acme")
    cli("item", "add", "--sku", "A", "--name", "Gloves")
    cli("terms", "add", "--item", "A", "--vendor", "Acme", "--price", "500")
    cli("terms", "edit", "1", "--price", "510.5")
    edited, added = cli("terms", "history").out.splitlines()[1:]
    assert edited.endswith("price 500.00 → 510.50")
    assert "item Gloves, vendor Acme" in added
    assert '"price":5105000' in cli("terms", "history", "--json").json[0]["after"]


def test_the_history_of_a_plugin_that_is_off_is_filtered_by_the_key_of_its_record(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("Acme", "Medline"):
        assert cli("vendor", "add", "--name", name).code == 0
    assert cli("location", "add", "--name", "Fridge").code == 0
    monkeypatch.setenv("OFFICEOPS_PLUGINS", "")
    everything = cli("history", "--json").json
    listed = {change["record"] for change in everything if change["record"].startswith("vendors")}
    assert listed
    for word in (*listed, "vendors.vendor"):
        ran = cli("history", "--record", word, "--json")
        assert [change["record_id"] for change in ran.json] == [2, 1], ran.err
    assert len(cli("history", "--record", "vendors.vendor:2", "--json").json) == 1
    assert cli("history", "--record", "vendors.vendor:Acme").code == 2
    assert cli("history", "--record", "vendors.nothing").code == 1


def test_a_terminal_shows_the_first_changes_and_counts_them_and_a_script_gets_all(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("A", "B", "C"):
        assert cli("vendor", "add", "--name", name).code == 0
    whole = cli("vendor", "history").out
    monkeypatch.setattr(history_changes, "SHOWN", 2)
    assert cli("vendor", "history").out == whole
    monkeypatch.setattr(history_changes, "_is_on_a_terminal", lambda: True)
    ran = cli("vendor", "history")
    assert ran.out == "".join(whole.splitlines(keepends=True)[:3])
    assert "2 of 3" in ran.err
    assert "--all" in ran.err
    assert cli("vendor", "history", "--all").out == whole
    assert len(cli("vendor", "history", "--json").json) == 3
    assert cli("vendor", "history", "--all", "--limit", "1").code == 2
