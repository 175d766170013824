"""Response promised and given: from the first call to the answer, per contract, with its n."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried

from officeops_maintenance.contracts.contract import Contract
from officeops_maintenance.contracts.promise_kept import ENOUGH, promise_kept
from officeops_maintenance.contracts.response import Response
from officeops_maintenance.tickets.ticket import Ticket

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli

_DATES = ("--issued-on", "2025-04-01", "--expires-on", "2026-03-31")


@pytest.fixture
def contract(cli: Cli, office: Office) -> str:
    """A contract of MedTech over the ECG that promises four hours."""
    assert office.today
    cli("equipment", "add", "--name", "ECG")
    cli("equipment", "add", "--name", "Scale")
    cli("vendor", "add", "--name", "MedTech")
    cli("vendor", "add", "--name", "Other")
    promised = ("--vendor", "MedTech", "--respond-within", "4h", "--unit", "EQ-1")
    added = cli("service-contract", "add", "--name", "Full service", *promised, *_DATES)
    assert added.code == 0, added.err
    return "SC-1"


def called(
    cli: Cli,
    day: str,
    unit: str = "EQ-1",
    vendor: str = "MedTech",
) -> str:
    """Report a problem at 8:00 of a day, and call a vendor at 9:00."""
    reported = ("--equipment", unit, "--reported-at", f"{day} 08:00", "--json")
    key = str(cli("ticket", "add", "--title", "Flat line", *reported).json["key"])
    call = cli("ticket", "assign", key, "--vendor", vendor, "--at", f"{day} 09:00")
    assert call.code == 0, call.err
    return key


def answered(cli: Cli, ticket: str, moment: str) -> None:
    noted = cli("ticket", "vendor-answered", ticket, "--at", moment)
    assert noted.code == 0, noted.err


def row(cli: Cli) -> dict[str, object]:
    [kept] = cli("report", "response", "--json").json
    return dict(kept)


def test_the_report_counts_answers_in_time_and_late(cli: Cli, contract: str) -> None:
    answered(cli, called(cli, "2026-02-02"), "2026-02-02 11:00")
    assert row(cli)["share_in_time"] == "too few to tell"
    answered(cli, called(cli, "2026-02-03"), "2026-02-03 13:00")
    answered(cli, called(cli, "2026-02-04"), "2026-02-04 13:01")
    kept = row(cli)
    assert (kept["contract"], kept["calls"], kept["in_time"], kept["late"]) == (contract, 3, 2, 1)
    assert (kept["share_in_time"], kept["middle"], kept["longest"]) == ("66%", "4:00 h", "4:01 h")
    page = cli("service-contract", "show", contract).out
    assert "2 of 3 in time, 4:00 h in the middle, 4:01 h at most" in page
    assert "answered after 4:01 h, too late" in page


def test_only_calls_that_the_contract_covers_count(cli: Cli, contract: str) -> None:
    called(cli, "2026-02-02", unit="EQ-2")
    called(cli, "2026-02-02", vendor="Other")
    called(cli, "2025-03-31")
    cancelled = called(cli, "2026-02-02")
    cli("ticket", "cancel", cancelled, "--reason", "By mistake")
    assert row(cli)["calls"] == 0
    called(cli, "2025-04-01")
    assert row(cli)["calls"] == 1
    assert contract in cli("ticket", "show", "TK-5").out


def test_no_answer_yet_is_late_once_the_promise_has_passed(cli: Cli, contract: str) -> None:
    ticket = called(cli, "2026-02-02")
    assert row(cli)["late"] == 1
    assert "no answer yet" in cli("service-contract", "show", contract).out
    # Fixed long after the promise, and nobody noted when they came: nothing is known of it.
    cli("ticket", "close", ticket)
    assert (row(cli)["known"], row(cli)["calls"]) == (0, 1)


def test_the_beginning_of_the_work_is_an_answer_unless_one_is_noted(
    cli: Cli, contract: str
) -> None:
    ticket = called(cli, "2026-02-02")
    cli("ticket", "start", ticket, "--at", "2026-02-02 10:00")
    assert "answered after 1:00 h" in cli("service-contract", "show", contract).out
    cli("undo")
    assert "no answer yet" in cli("service-contract", "show", contract).out
    answered(cli, ticket, "2026-02-02 09:30")
    cli("ticket", "start", ticket, "--at", "2026-02-02 10:00")
    assert "answered after 0:30 h" in cli("service-contract", "show", contract).out


def test_a_promise_in_opening_hours_leaves_the_night_out(cli: Cli, contract: str) -> None:
    ticket = called(cli, "2026-02-06")
    # From Friday 9:00 to Monday 9:00, in an office that is open from 8:00 to 17:00.
    answered(cli, ticket, "2026-02-09 09:00")
    assert row(cli)["longest"] == "too few to tell"
    assert "answered after 72:00 h" in cli("service-contract", "show", contract).out
    cli("service-contract", "edit", contract, "--open-hours", "yes")
    assert "answered after 9:00 h" in cli("service-contract", "show", contract).out


def test_an_answer_before_the_call_or_without_one_is_refused(cli: Cli, contract: str) -> None:
    assert contract == "SC-1"
    ticket = called(cli, "2026-02-06")
    early = cli("ticket", "vendor-answered", ticket, "--at", "2026-02-06 08:59")
    assert (early.code, "called after that" in early.err) == (1, True)
    cli("ticket", "add", "--title", "Other")
    none = cli("ticket", "vendor-answered", "TK-2")
    assert (none.code, "Nobody called" in none.err) == (1, True)


CALLS = st.tuples(st.integers(0, 600), st.none() | st.integers(0, 600), st.booleans())


@tried(600)
@given(calls=st.lists(CALLS, max_size=8), promised=st.integers(0, 300))
def test_each_call_is_in_time_or_late_or_unknown(
    calls: list[tuple[int, int | None, bool]], promised: int
) -> None:
    now = datetime(2026, 2, 2, tzinfo=UTC)
    in_time, late = 0, 0
    answers = []
    for passed, minutes, is_fixed in calls:
        ticket = Ticket(title="T", called_at=now - timedelta(minutes=passed))
        contract = Contract(name="C", respond_within=promised)
        answers.append(Response(ticket, contract, promised, minutes, passed, is_fixed))
        known = minutes if minutes is not None else passed
        # Without a note, an end within the promise proves an answer; an open call past it, none.
        if known <= promised and (minutes is not None or is_fixed):
            in_time += 1
        elif known > promised and (minutes is not None or not is_fixed):
            late += 1
    kept = promise_kept(answers)
    assert (kept.calls, kept.in_time, kept.late) == (len(calls), in_time, late)
    assert kept.in_words().startswith("too few to tell") is (in_time + late < ENOUGH)
