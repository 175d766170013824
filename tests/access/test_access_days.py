"""Access has days: a last one for a person, a role or a key, and those of a leave of absence."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.access.access_tools import public_key
from tests.without_shipped import shipped, two_plugins

from officeops.access.actions import admit, take_role
from officeops.access.day_actions import come_back, go_away, limit, limit_key
from officeops.access.records import Membership, SshKey, User
from officeops.access.ssh_keys import fingerprint, read_public_key
from officeops.history.undo import undo
from officeops.model.errors import Forbidden, Refused
from officeops.office.due_owners import DueOwners
from officeops.office.office import Office

if TYPE_CHECKING:
    from officeops.testing import Cli

__all__ = ["shipped", "two_plugins"]

KEY = public_key(5)
PRINT = fingerprint(read_public_key(KEY)[0])


@pytest.fixture
def people(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setenv("OFFICEOPS_TODAY", "2030-05-10")
    admit(office, "own", ["owner"])
    admit(office, "ann", ["manager", "clerk"], [KEY])
    return office


def _opened(office: Office, login: str = "ann", key: str = "") -> Office:
    return Office(office.path, office.plugins, office.machine, user=login, ssh_key=key)


def _day(number: int) -> date:
    return date(2030, 5, number)


def _on(day: str) -> None:
    """Have it be another day; the environment is the test's own."""
    os.environ["OFFICEOPS_TODAY"] = f"2030-05-{day}"


def _midnight(session: Office) -> None:
    session.authorizer._who_until = 0.0


def _may_log_in(office: Office, key: str = "") -> bool:
    try:
        with _opened(office, key=key) as session:
            return session.who.known
    except Forbidden:
        return False


def test_a_last_day_counts_whole_and_ends_an_open_session(people: Office) -> None:
    people.do(limit, people.find(User, "ann"), until=_day(12))
    _on("12")
    with _opened(people) as session:
        assert session.may("core.user.view")
        _on("13")
        _midnight(session)
        assert not session.who.known
        assert "until 2030-05-12" in session.who.why_out
        with pytest.raises(Forbidden, match="until 2030-05-12"):
            list(session.all(User))
    with pytest.raises(Forbidden, match="ann had access until 2030-05-12"):
        _opened(people)
    # Who reaches further stays out of reach, ended or not.
    admit(people, "sid", ["read-only", "clerk"])
    people.do(limit, people.find(User, "ann"))
    assert _may_log_in(people)


def test_a_leave_begins_and_ends_by_itself(people: Office) -> None:
    people.do(go_away, people.find(User, "ann"), away_from=_day(12), back_on=_day(15))
    was_in = {}
    for day in ("11", "12", "14", "15"):
        _on(day)
        was_in[day] = _may_log_in(people)
    assert was_in == {"11": True, "12": False, "14": False, "15": True}


def test_on_leave_nothing_waits_for_a_person(people: Office) -> None:
    people.do(go_away, people.find(User, "ann"), back_on=_day(15))
    assert DueOwners(people).logins("ann") != {"ann"}
    people.do(come_back, people.find(User, "ann"))
    assert DueOwners(people).logins("ann") == {"ann"}
    undo(people, people.value("SELECT max(id) FROM core_action"))
    assert not _may_log_in(people)


def test_a_role_and_a_key_end_alone(people: Office) -> None:
    people.do(limit, people.find(User, "ann"), until=_day(11), role="manager")
    people.do(limit_key, people.find(SshKey, PRINT), until=_day(12))
    _on("12")
    with _opened(people, key=PRINT) as session:
        assert session.may("core.today.view")
        assert not session.may("core.user.view")
        _on("13")
        _midnight(session)
        assert not session.who.known
        assert f"{PRINT} was good until 2030-05-12" in session.who.why_out
    assert _may_log_in(people)
    [held] = people.all(Membership, "role = 'manager' AND until IS NOT NULL")
    assert str(held.until) == "2030-05-11"


def test_an_ended_role_still_keeps_lesser_people_away(people: Office) -> None:
    admit(people, "bea", ["owner"])
    people.do(limit, people.find(User, "bea"), until=_day(11))
    _on("12")
    with _opened(people) as ann, pytest.raises(Refused, match="reaches further"):
        ann.do(limit, ann.find(User, "bea"))


def test_an_owner_for_a_while_is_no_owner_for_good(people: Office) -> None:
    admit(people, "bea", ["owner"])
    people.do(limit, people.find(User, "bea"), until=_day(20))
    with pytest.raises(Refused, match="own is the only owner"):
        people.do(take_role, people.find(User, "own"), role="owner")
    with pytest.raises(Refused, match="own is the only owner"):
        people.do(limit, people.find(User, "own"), until=_day(20))
    people.do(limit, people.find(User, "own"), until=_day(20), despite=True)


def test_a_day_that_cannot_be_is_refused(people: Office) -> None:
    ann = people.find(User, "ann")
    with pytest.raises(Refused, match="is past"):
        people.do(limit, ann, until=_day(9))
    with pytest.raises(Refused, match="is not after"):
        people.do(go_away, ann, away_from=_day(12), back_on=_day(12))
    with pytest.raises(Refused, match="not on leave"):
        people.do(come_back, ann)


def test_the_gate_keeps_the_day_of_a_log_in_once_and_says_why_nobody_gets_in(cli: Cli) -> None:
    cli("init", "--name", "Maple Street")
    (cli.path.parent / "ann.pub").write_text(KEY)
    cli("access", "add", "ann", "--role", "clerk", "--key", str(cli.path.parent / "ann.pub"))
    [before] = cli("access", "list", "--json").json
    assert before["last_login"] is None
    assert _through_the_gate(cli).returncode == 0
    [listed] = cli("access", "list", "--json").json
    [key] = cli("ssh-key", "list", "--json").json
    assert listed["last_login"] == key["last_used"] is not None
    version = cli.path.with_name(f"{cli.path.name}-wal")
    written = version.stat().st_mtime_ns if version.exists() else cli.path.stat().st_mtime_ns
    assert _through_the_gate(cli).returncode == 0
    again = version.stat().st_mtime_ns if version.exists() else cli.path.stat().st_mtime_ns
    assert again == written
    cli("access", "away", "ann", "--until", "+9d")
    refused = _through_the_gate(cli)
    assert refused.returncode == 1
    assert "ann is on leave and can log in again on" in refused.stderr.decode()


def _through_the_gate(cli: Cli) -> subprocess.CompletedProcess[bytes]:
    """Run a command as sshd does for the owner of the key."""
    line = [sys.executable, "-m", "officeops", "--db", str(cli.path), "access", "gate"]
    environment = {**os.environ, "SSH_ORIGINAL_COMMAND": "location list"}
    return subprocess.run(
        [*line, "--key", PRINT],
        env=environment,
        capture_output=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=60,
    )
