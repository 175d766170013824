"""Who may work on a day: by role, by the credentials of that day, and never by grace alone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from officeops.services import PeopleDirectory
from officeops_hr.credentials.credential_type import CredentialType
from officeops_hr.people.contacts import PersonRole
from officeops_hr.people.work_pattern import WorkPattern

if TYPE_CHECKING:
    from collections.abc import Callable

    from plugins.hr.tests.credentials.conftest import Wallet

    from officeops.testing import Ran

WEDNESDAY = "2026-03-04"


def _why(wallet: Wallet, login: str, day: str = WEDNESDAY) -> tuple[str, ...]:
    people = wallet.office.need(PeopleDirectory)
    ready = people.ready(wallet.office, wallet.crew[login].id, date.fromisoformat(day))
    return tuple(ready.why)


def _edit(wallet: Wallet, name: str, **facts: Any) -> None:  # noqa: ANN401 - of the record
    with wallet.office.acting("test"):
        wallet.office.edit(wallet.office.find(CredentialType, name), **facts)


def test_nobody_works_without_what_their_role_requires(wallet: Wallet) -> None:
    assert _why(wallet, "ben") == ("BLS is missing",)
    bls = wallet.add("ben", "BLS", WEDNESDAY)
    assert _why(wallet, "ben") == ()
    assert _why(wallet, "ben", "2026-03-05") == (f"BLS ended {WEDNESDAY}",)
    wallet.do(bls, "suspend", reason="a copy of another card")
    assert _why(wallet, "ben") == ("BLS is suspended: a copy of another card",)


@pytest.mark.parametrize("counts", [False, True])
def test_grace_allows_work_only_where_the_type_says_so(wallet: Wallet, *, counts: bool) -> None:
    _edit(wallet, "BLS", grace_days=30, works_in_grace=counts)
    wallet.add("ben", "BLS", "2026-02-28")
    reason = ("BLS ended 2026-02-28, and its grace does not allow work",)
    assert _why(wallet, "ben") == (() if counts else reason)


def test_a_renewal_filed_in_time_continues_where_the_type_says_so(wallet: Wallet) -> None:
    bls = wallet.add("ben", "BLS", "2026-03-03", issued_on=date(2024, 3, 1))
    wallet.do(bls, "file-renewal")
    assert _why(wallet, "ben") == ("BLS ended 2026-03-03",)
    _edit(wallet, "BLS", continues=True)
    assert _why(wallet, "ben") == ()


def test_a_renewal_that_nobody_verified_leaves_the_old_license_to_count(wallet: Wallet) -> None:
    wallet.add("lea", "BLS", "2028-03-31")
    old = wallet.add("lea", "RN license", "2026-03-31")
    assert _why(wallet, "lea") == ("RN license is not verified",)
    wallet.do(old, "verify", source="Nursys")
    wallet.do(old, "renew")
    assert _why(wallet, "lea") == ()
    assert _why(wallet, "lea", "2026-04-01") == ("RN license is not verified",)


def test_a_license_does_not_count_before_it_begins(wallet: Wallet) -> None:
    wallet.add("ben", "BLS", "2028-03-31", issued_on=date(2026, 3, 5))
    assert _why(wallet, "ben", "2026-03-05") == ()
    assert _why(wallet, "ben") == ("BLS is missing",)


def test_nobody_is_ready_of_whom_no_role_is_known(wallet: Wallet, cli: Callable[..., Ran]) -> None:
    with wallet.office.acting("test"):
        wallet.office.archive(wallet.position("ben"))
    assert _why(wallet, "ben") == ("no role of theirs is known on that day",)
    rows = cli("person", "ready", "--on", "wed", "--json", login="mia").json
    assert next(row for row in rows if row["person"] == "Ben Stone")["may_work"] is False


def test_the_command_says_as_what_and_ends_with_3_where_somebody_is_not_ready(
    wallet: Wallet, cli: Callable[..., Ran]
) -> None:
    office, crew = wallet.office, wallet.crew
    roles = dict(office.rows("SELECT code, id FROM hr_job_role"))
    with office.acting("test"):
        office.add(PersonRole(person_id=crew["ben"].id, role_id=roles["FD"]))
        for login in ("mia", "hana", "lea", "cyd"):
            office.add(WorkPattern(person_id=crew[login].id, tuesday=480))
        office.add(WorkPattern(person_id=crew["ben"].id, wednesday=480))
    ran = cli("person", "ready", "--on", "wed", "--json", login="mia")
    days = {row["person"]: row for row in ran.json}
    assert ran.code == 0
    # An MA without BLS may do the desk.
    assert days["Ben Stone"] == {
        "number": "P-4",
        "person": "Ben Stone",
        "day": "8:00",
        "may_work": True,
        "roles": "FD",
        "why": "not as MA: BLS is missing",
    }
    assert days["Cyd Stone"]["day"] == "off"
    assert days["Cyd Stone"]["may_work"] is False
    # Eve left in January.
    assert "Eve Stone" not in days
    assert cli("person", "ready", "--on", "2026-03-10", login="mia").code == 3
    own = cli("person", "ready", "--on", "wed", "--json", login="ben").json
    assert [row["person"] for row in own] == ["Ben Stone"]


def test_who_may_work_but_not_do_one_thing_is_said(wallet: Wallet, cli: Callable[..., Ran]) -> None:
    wallet.add("ben", "BLS", "2028-03-31")
    wallet.add("ben", "Phlebotomy certificate", "2026-02-28")
    days = cli("person", "ready", "--on", "wed", "--json").json
    ben = next(row for row in days if row["person"] == "Ben Stone")
    assert ben["may_work"]
    assert ben["why"] == "no drawing blood: Phlebotomy certificate ended 2026-02-28"
