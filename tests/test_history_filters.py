"""`officeops history` gives what is asked for, and followers everything once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from officeops.core import Facts, Location
from officeops.generic import add_record, edit_record
from officeops.history_reading import Asked, changes
from officeops_vendors.model import Vendor

if TYPE_CHECKING:
    from officeops.office import Office
    from officeops.testing import Cli, OfficeFactory


@pytest.fixture
def told(office: Office, office_factory: OfficeFactory, cli: Cli) -> Cli:
    """An office with some history: two people, two kinds of record, three days."""
    acme = add_record(office, Vendor, {"name": "Acme", "code": "A"}, request="r-1")
    add_record(office_factory(actor="ann"), Vendor, {"name": "Beta", "code": "B"})
    add_record(office, Location, {"name": "Closet"})
    edit_record(office, acme, {"phone": "555"})
    office.store.db.execute("UPDATE core_action SET at = '2026-03-01T23:30:00.000Z' WHERE request = 'r-1'")
    office.store.db.execute("UPDATE core_action SET at = '2026-03-02T23:59:59.999Z' WHERE actor = 'ann'")
    return cli


def seen(cli: Cli, *words: str) -> list[tuple[str, int, str]]:
    return [
        (each["record"], each["record_id"], each["action"].rpartition(".")[2]) for each in cli(*words, "--json").json
    ]


ACME, BETA, CLOSET, EDITED = ("vendor", 1, "add"), ("vendor", 2, "add"), ("location", 1, "add"), ("vendor", 1, "edit")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", [EDITED, CLOSET, BETA, ACME]),
        ("--who ann", [BETA]),
        ("--who nobody", []),
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
        ("--from 2026-03-03", [EDITED, CLOSET]),
        ("--limit 1", [EDITED]),
        ("--since 0", [ACME, BETA, CLOSET, EDITED]),
        ("--since 0 --limit 2", [ACME, BETA]),
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


@pytest.mark.parametrize("words", ["--from never", "--until 2026-02-30", "--since -1", "--limit x", "--record :"])
def test_what_cannot_be_read_is_wrong_usage(told: Cli, words: str) -> None:
    assert told("history", *words.split()).code in {1, 2}


def test_the_ends_of_time_are_no_fault(told: Cli) -> None:
    assert len(seen(told, "history", "--from", "0001-01-01", "--until", "9999-12-31")) == 4


def test_a_record_that_is_not_there_is_not_found(told: Cli) -> None:
    assert told("history", "--record", "unicorn").code == 1
    assert told("history", "--record", "vendor:Nobody").code == 1
    assert told("vendor", "history", "#77").code == 1


@given(batches=st.lists(st.integers(0, 3), max_size=5), limit=st.integers(1, 4))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_follower_sees_everything_once_and_in_order(office: Office, batches: list[int], limit: int) -> None:
    cursor = max([0, *(each.cursor for each in changes(office, Asked()))])
    start, got = cursor, []
    for batch in batches:
        for _ in range(batch):
            add_record(office, Vendor, {"name": "Acme"})
        while some := changes(office, Asked(after=cursor, limit=limit)):
            got += some
            cursor = some[-1].cursor
    assert [each.cursor for each in got] == list(range(start + 1, start + 1 + sum(batches)))
