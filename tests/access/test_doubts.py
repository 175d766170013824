"""Steps of access that somebody regrets the next day: each asks first, and says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.access.access_tools import login, staffed

from officeops.ssh.sshd_config import Served, crontab

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory

#: All that the office has written; each change is part of an action.
WRITTEN = "SELECT id, verb, actor FROM core_action ORDER BY id"


@pytest.fixture
def office(office_factory: OfficeFactory, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setenv("OFFICEOPS_PLUGINS", "staff")
    return staffed(office_factory)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("access deactivate the-owner", "is the only owner"),
        ("access revoke the-owner owner", "is the only owner"),
        ("user revoke-role the-owner --role owner", "is the only owner"),
        ("access role nosy staff.*", "staff.rise"),
        ("role grant nobody --pattern core.*", "more, which are sensitive"),
        ("today snooze core.backup --until 2040-01-01", "more than a year"),
    ],
)
def test_a_step_that_is_regretted_asks_and_writes_nothing(
    office: Office, cli: Cli, line: str, why: str
) -> None:
    # `officeops history` shows guarded values, and that reading itself is written.
    before = office.rows(WRITTEN)
    assert before
    ran = cli(*line.split())
    assert ran.code in {1, 2}
    assert why in ran.err
    assert "--despite" in ran.err
    assert office.rows(WRITTEN) == before
    again = cli(*line.split(), "--despite")
    assert "--despite" not in again.err


@pytest.mark.usefixtures("office")
def test_of_two_owners_one_may_go(cli: Cli) -> None:
    cli("access", "grant", login("clerk"), "owner")
    assert cli("access", "revoke", login("owner"), "owner").code == 0
    assert cli("access", "deactivate", login("owner")).code == 0
    assert "only owner" in cli("access", "deactivate", login("clerk")).err


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(
    "line", ["access role desk core.today.view work", "access role one core.purge"]
)
def test_a_pattern_that_says_what_it_permits_is_not_asked_about(cli: Cli, line: str) -> None:
    assert cli(*line.split()).code == 0


@pytest.mark.usefixtures("office")
def test_it_is_said_what_goes_with_a_person_and_what_stays(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = Served("officeops", ("/opt/python",), "/srv/office.db")
    jobs = tmp_path / "officeops"
    mail = {login("clerk"): "clerk@example.org", login("hr"): "hr@example.org"}
    jobs.write_text(crontab(served, mail))
    monkeypatch.setattr("officeops.access.cron_mail.CRONTAB", str(jobs))
    first = cli("access", "deactivate", login("clerk")).err
    assert "Revoked: the role clerk." in first
    assert "still mails the-clerk, the errors of all jobs included" in first
    assert "still mails the-hr: run" in cli("access", "deactivate", login("hr")).err
    assert "mails" not in cli("access", "deactivate", login("manager")).err
