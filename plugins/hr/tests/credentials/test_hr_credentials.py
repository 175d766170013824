"""Credentials: their types, renewals and reminders, and whose each person sees."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from plugins.hr.tests.conftest import TODAY

from officeops import Refused
from officeops_hr.credentials.credential import Credential
from officeops_hr.credentials.credential_type import CredentialType, RequiredCredential
from officeops_hr.credentials.cycle import next_end

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from plugins.hr.tests.credentials.conftest import Wallet

    from officeops.testing import Ran


def test_the_usual_types_are_unconfirmed_named_by_source_and_added_once(
    wallet: Wallet, cli: Callable[..., Ran]
) -> None:
    types = list(wallet.office.all(CredentialType))
    assert len(types) > 25
    assert all(of_type.source and not of_type.confirmed for of_type in types)
    again = cli("add-credential-types")
    assert "are there" in again.err
    dea = wallet.office.find(CredentialType, "DEA registration")
    # A renewal in time continues it; its month of grace is no permission.
    assert dea.rules.continues
    assert not dea.rules.works_in_grace


@pytest.mark.parametrize(
    ("end", "months", "ends", "renewed"),
    [
        ("2026-03-31", 24, "month_end", "2028-03-31"),
        ("2026-02-28", 24, "month_end", "2028-02-29"),
        ("2026-03-15", 24, "birth_month", "2028-03-31"),
        ("2026-03-15", 36, "exact", "2029-03-15"),
        ("2024-02-29", 12, "exact", "2025-02-28"),
        ("2026-11-10", 4, "exact", "2027-03-10"),
    ],
)
def test_a_renewal_ends_by_the_cycle_of_its_type(
    end: str,
    months: int,
    ends: str,
    renewed: str,
) -> None:
    assert next_end(date.fromisoformat(end), months, ends) == date.fromisoformat(renewed)


def test_a_renewal_supersedes_and_keeps_the_old_one(
    wallet: Wallet, cli: Callable[..., Ran]
) -> None:
    old = wallet.add("ben", "BLS", "2026-03-31", number="771")
    ran = cli("credential", "renew", old.human_key)
    assert "2028-03-31" in ran.out + ran.err
    listed = cli("credential", "list", "--json").json
    assert [row["expires_on"] for row in listed] == ["2028-03-31"]
    assert cli("credential", "list", "--where", "current=no", "--json").json
    assert "renewed already, by CR-" in cli("credential", "renew", old.human_key).err
    assert cli("undo").code == 0
    assert wallet.status(old) == "due"


def test_a_type_without_a_cycle_needs_an_end(wallet: Wallet) -> None:
    old = wallet.add("ben", "Board certification", "2026-03-31")
    with pytest.raises(Refused, match="no cycle"):
        wallet.do(old, "renew")


def test_holder_leader_and_manager_see_each_lead_whatever_nights_were_missed(
    wallet: Wallet,
    cli: Callable[..., Ran],
    freeze_today: Callable[[date | str], None],
) -> None:
    wallet.add("ben", "BLS", "2026-07-31", number="771")
    leads = []
    # Nothing ran on the days on which the leads began.
    for day in ("2026-03-02", "2026-05-05", "2026-06-20", "2026-07-20", "2026-08-04"):
        freeze_today(day)
        for login in ("ben", "lea", "mia"):
            rows = cli("today", "--mine", "--json", login=login).json
            keys = [row["key"] for row in rows if row["key"].startswith("hr.credential:")]
            leads.append((login, *(key.rpartition(":")[2] for key in keys)))
        assert cli("today", "--json", login="eve").json == []
    for login in ("ben", "lea", "mia"):
        seen = [lead for who, *rest in leads if who == login for lead in rest]
        assert seen == ["90", "60", "30", "expired"]


def test_what_a_role_requires_is_missing_until_it_is_filed(
    wallet: Wallet,
    cli: Callable[..., Ran],
) -> None:
    assert "BLS of P-4 Ben Stone is missing" in wallet.due()
    assert not any("Eve" in line or "Hana" in line for line in wallet.due())
    for login in ("ben", "lea", "mia"):
        mine = cli("today", "--mine", login=login).out
        assert "BLS of P-4 Ben Stone is missing" in mine, login
    wallet.add("ben", "BLS", "2028-07-31")
    assert "BLS of P-4 Ben Stone is missing" not in wallet.due()


def test_a_license_of_another_state_does_not_meet_a_requirement(wallet: Wallet) -> None:
    rn = wallet.types["RN license"]
    with wallet.office.acting("test"):
        for row in wallet.office.all(RequiredCredential, "type_id = ?", rn):
            wallet.office.edit(row, state="TX")
    wallet.add("lea", "RN license", "2028-07-31", state="OK")
    assert "RN license (TX) of P-3 Lea Stone is missing" in wallet.due()
    wallet.add("lea", "RN license", "2028-07-31", state="TX")
    assert not any("TX" in line for line in wallet.due())


def test_a_state_is_two_capital_letters(wallet: Wallet) -> None:
    with pytest.raises(Refused, match="no state"):
        wallet.add("lea", "RN license", "2028-07-31", state="Texas")


def test_people_see_their_own_a_lead_the_team_and_a_manager_all(
    wallet: Wallet, cli: Callable[..., Ran]
) -> None:
    for login in ("ben", "lea", "hana"):
        wallet.add(login, "BLS", "2028-07-31", number=login)
    seen = {
        login: [row["number"] for row in cli("credential", "list", "--json", login=login).json]
        for login in ("ben", "lea", "mia")
    }
    assert seen == {"ben": ["ben"], "lea": ["lea", "ben"], "mia": ["hana", "lea", "ben"]}
    assert "BLS" in cli("me", login="ben").out
    # Nobody writes a license for themselves.
    for words in (("renew", "CR-1"), ("edit", "CR-1", "--number", "1"), ("verify", "CR-1")):
        assert cli("credential", *words, login="ben").code == 1


def test_a_verification_has_its_day_its_person_and_its_source(
    wallet: Wallet, cli: Callable[..., Ran]
) -> None:
    license_ = wallet.add("lea", "RN license", "2028-07-31")
    assert wallet.status(license_) == "pending"
    assert cli("credential", "verify", "CR-1", "--source", "Nursys", login="mia").code == 0
    checked = wallet.office.get(Credential, license_.id)
    assert (checked.verified_on, checked.verified_by) == (TODAY, "mia")
    assert checked.verified_source == "Nursys"
    assert wallet.status(license_) == "valid"


def test_a_sheet_with_everyday_headers_comes_in_and_a_renewal_is_another_one(
    wallet: Wallet,
    cli: Callable[..., Ran],
    tmp_path: Path,
) -> None:
    sheet = (
        "Employee,License Type,License Number,State,Issue Date,Expiration Date\n"
        "Ben Stone,BLS,771,TX,07/01/2024,07/31/2026\n"
        "Lea Stone,RN license,88,TX,,2027-03\n"
    )
    extra = "Ben Stone,BLS,771,TX,07/01/2026,07/31/2028\n"
    file = tmp_path / "licenses.csv"
    for text in (sheet, sheet + extra, sheet + extra):
        file.write_text(text, encoding="utf-8")
        ran = cli("credential", "import", str(file))
        assert ran.code == 0, ran.err
    rows = wallet.office.rows("SELECT number, expires_on FROM hr_credential ORDER BY id")
    assert rows == [("771", "2026-07-31"), ("88", "2027-03-31"), ("771", "2028-07-31")]
