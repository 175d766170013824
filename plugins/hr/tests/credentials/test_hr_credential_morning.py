"""The morning's page names the credentials that end this week, unless somebody has seen to them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from officeops.office.huddle import huddle
from officeops_hr.people.separation import separate
from officeops_hr.people.work_pattern import WorkPattern

if TYPE_CHECKING:
    from plugins.hr.tests.credentials.conftest import Wallet


def notices(wallet: Wallet) -> list[str]:
    return [line.what for _, line in huddle(wallet.office).get("notices", [])]


def test_an_end_of_this_week_is_named_until_it_is_renewed_filed_or_nobodys(wallet: Wallet) -> None:
    card = wallet.add("ben", "BLS", "2026-03-02")
    wallet.add("cyd", "BLS", "2026-03-08")
    wallet.add("lea", "BLS", "2026-03-09")
    registration = wallet.add("lea", "DEA registration", "2026-03-05")
    wallet.do(registration, "verify", source="DEA")
    of_lea = "DEA registration of P-3 Lea Stone ends on 2026-03-05"
    of_cyd = "BLS of P-5 Cyd Stone ends on 2026-03-08"
    assert notices(wallet) == ["BLS of P-4 Ben Stone ends on 2026-03-02", of_lea, of_cyd]
    # A renewal of a day to come settles it as well.
    wallet.do(card, "renew", issued_on=date(2026, 3, 3), expires_on=date(2028, 3, 31))
    assert notices(wallet) == [of_lea, of_cyd]
    wallet.do(registration, "file-renewal")
    assert notices(wallet) == [of_cyd]
    wallet.office.do(separate, wallet.crew["cyd"], on=date(2026, 3, 1))
    assert notices(wallet) == []


def test_people_who_should_work_and_may_not_are_named_without_the_reason(wallet: Wallet) -> None:
    def people() -> list[str]:
        lines = [line.what for _, line in huddle(wallet.office).get("people", [])]
        return [words for words in lines if "may not work" in words]

    wallet.add("ben", "BLS", "2026-02-20")
    # Nobody knows whether he should, before his week is entered.
    assert people() == []
    ben = wallet.crew["ben"]
    with wallet.office.acting("test"):
        wallet.office.add(WorkPattern(person_id=ben.id, monday=480))
    [line] = people()
    assert line.startswith(f"{ben.human_key} {ben.name} may not work today")
    assert "BLS" not in line
    wallet.add("ben", "BLS", "2028-02-20")
    assert people() == []
