"""Keys that nobody uses, and mail to people who are gone, are named: each is a way in that nobody watches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.access.access_tools import public_key
from tests.without_shipped import shipped, two_plugins

from officeops import Query
from officeops.access import cron_mail
from officeops.access.actions import admit
from officeops.access.day_actions import go_away
from officeops.access.log_ins import keep_log_in
from officeops.access.records import SshKey, User
from officeops.access.ssh_keys import fingerprint, read_public_key
from officeops.selfcheck.access import key_findings, mail_findings

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Cli

__all__ = ["shipped", "two_plugins"]

USED, NEVER = public_key(1), public_key(2)
PRINT = fingerprint(read_public_key(USED)[0])
#: Offices begin before any of these days, so log-ins were kept all the time.
ADDED = "2030-01-10"


@pytest.fixture
def keyed(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setenv("OFFICEOPS_TODAY", ADDED)
    admit(office, "ann", ["clerk"], [USED, NEVER])
    keep_log_in(office, "ann", PRINT)
    return office


@pytest.mark.parametrize(
    ("day", "unused"),
    [("2030-01-24", 0), ("2030-01-25", 1), ("2030-04-10", 1), ("2030-04-11", 2)],
)
def test_a_key_is_unused_after_a_quarter_and_a_new_one_after_two_weeks(
    keyed: Office, monkeypatch: pytest.MonkeyPatch, day: str, unused: int
) -> None:
    monkeypatch.setenv("OFFICEOPS_TODAY", day)
    assert len(keyed.select(SshKey, [], Query("unused=yes"))) == unused
    [found] = key_findings(keyed)
    assert found.severity == ("note" if unused else "ok")


def test_a_key_from_before_log_ins_were_kept_is_not_one_that_nobody_used(
    keyed: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    with keyed.store.exclusive("a younger file") as db:
        db.execute("UPDATE core_login SET day = '2030-05-01' WHERE login = ''")
    monkeypatch.setenv("OFFICEOPS_TODAY", "2030-05-15")
    assert [row[1] for row in _unused(keyed)] == [_used_day(keyed)]
    monkeypatch.setenv("OFFICEOPS_TODAY", "2030-05-16")
    assert len(_unused(keyed)) == 2


def _unused(office: Office) -> list[tuple[int, date | None]]:
    last = SshKey.meta.by_name["last_used"]
    return office.select(SshKey, [last], Query("unused=yes"))


def _used_day(office: Office) -> date | None:
    rows: list[tuple[int, date | None]] = office.select(SshKey, [SshKey.meta.by_name["last_used"]])
    return next((last for _, last in rows if last), None)


def test_a_log_in_is_written_once_a_day(keyed: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def written() -> int:
        return int(keyed.store.db.total_changes)

    before = written()
    keep_log_in(keyed, "ann", PRINT)
    assert written() == before
    monkeypatch.setenv("OFFICEOPS_TODAY", "2030-01-11")
    keep_log_in(keyed, "ann", PRINT)
    assert written() == before + 1


def test_cron_s_mail_to_somebody_who_is_gone_is_a_finding_and_a_leave_is_quiet(
    keyed: Office, cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    table = tmp_path / "crontab"
    line = "0 6 * * * officeops officeops today --new --mark-seen --for {}\n"
    table.write_text(line.format("ann") + line.format("zed"))
    monkeypatch.setattr(cron_mail, "CRONTAB", str(table))
    [found] = mail_findings(keyed)
    assert found.code == "mail-former-user"
    assert "zed" in found.what
    assert "ann" not in found.what
    keyed.do(go_away, keyed.find(User, "ann"), back_on=keyed.today.replace(day=31))
    ran = cli("today", "--new", "--mark-seen", "--for", "ann")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
