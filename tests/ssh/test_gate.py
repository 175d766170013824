"""Being served: who is on, what the interface does while nobody presses a key, and the texts for sshd and cron."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from tests.effort import PATIENCE

from officeops.core.records import Location
from officeops.model.declarations import Job
from officeops.model.errors import Refused
from officeops.ssh.config import AccessSettings
from officeops.ssh.gate import WholeInput, arrive
from officeops.ssh.installation import _is_roots
from officeops.ssh.sessions import enter, folder_of, leave, sessions
from officeops.ssh.sshd_config import (
    JOBS,
    TODAY,
    Served,
    authorized_line,
    crontab,
    fragment,
    script,
)
from officeops.tui.idle_clock import IdleClock
from officeops.tui.testing import Terminal

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Cli

ROOT = __import__("pathlib").Path(__file__).parents[2]
USUAL = Served(
    "officeops",
    ("/opt/officeops/bin/python", "-I", "-X", "utf8", "-m", "officeops"),
    "/srv/officeops/office.db",
)
ANN = {"ann": "ann@example.org"}


# -- who is on ---------------------------------------------------------------------------------------------


def test_a_session_is_listed_while_its_process_lives(cli: Cli) -> None:
    cli("init", "--name", "A")
    code = "import sys, time\nfrom officeops.ssh.sessions import enter\nkept = enter(sys.argv[1], 'ann', '10.0.0.1', 'item', 'SHA256:x')\nprint('on', flush=True)\ntime.sleep(60)"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(cli.path)], stdout=subprocess.PIPE
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == b"on\n"
        [found] = cli("who", "--json").json
        assert (found["login"], found["from"], found["with"]) == ("ann", "10.0.0.1", "item")
        assert found["key"] == "SHA256:x"
        other.send_signal(signal.SIGKILL)
        other.wait()
    assert cli("who").err == "Nobody is on.\n"
    assert os.listdir(folder_of(str(cli.path))) == []


def test_sessions_are_swept_and_junk_is_no_session(tmp_path: Path) -> None:
    office = str(tmp_path / "office.db")
    mine = enter(office, "ann", "", "the interface")
    folder = folder_of(office)
    assert os.stat(folder).st_mode & 0o777 == 0o700
    (tmp_path / "office.db.sessions" / "1-junk").write_text("{")
    old = tmp_path / "office.db.sessions" / ".2-unnamed"
    old.write_text("")
    os.utime(old, (0, 0))
    os.mkfifo(f"{folder}/3-pipe")
    assert [each.user for each in sessions(office)] == ["ann"]
    assert len(os.listdir(folder)) == 1
    leave(office, mine)
    assert list(sessions(office)) == []


def test_where_nothing_can_be_written_nobody_is_listed(tmp_path: Path) -> None:
    (tmp_path / "office.db.sessions").write_text("")
    assert enter(str(tmp_path / "office.db"), "ann", "", "x") is None


# -- an open screen ----------------------------------------------------------------------------------------


@pytest.fixture
def rooms(office: Office) -> Office:
    with office.acting("test"):
        for n in range(10):
            office.add(Location(name=f"Room {n}"))
    return office


def test_what_others_save_shows_without_a_key_and_the_cursor_stays(rooms: Office) -> None:
    with Terminal(rooms) as terminal:
        terminal.type(":location").press("enter")
        terminal.press("j", "j", "j")
        assert terminal.line("> ").startswith("> ")
        before = terminal.line("> ")
        _write(rooms, "A room above")
        terminal.app.look()
        terminal.settle()
        assert terminal.line("A room above")
        assert terminal.line("> ").split() == before.split()


def test_what_others_save_leaves_what_one_types_alone(rooms: Office) -> None:
    with Terminal(rooms) as terminal:
        terminal.type(":location").press("enter").type("n").type("Half a na")
        _write(rooms, "Another")
        terminal.app.look()
        terminal.settle()
        assert terminal.line("Half a na")
        terminal.press("escape")
        assert terminal.line("Leave and lose")
        terminal.press("escape").press("escape").press("y")
        terminal.type("/Roo")
        _write(rooms, "A third")
        terminal.app.look()
        terminal.settle()
        assert terminal.line("/Roo")


def _write(office: Office, name: str) -> None:
    with office.twin() as other, other.acting("test"):
        other.add(Location(name=name))


def test_whoever_walks_away_is_warned_and_logged_off(rooms: Office) -> None:
    now = 0.0
    with Terminal(rooms) as terminal:
        app = terminal.app
        app.idle = IdleClock(minutes=10, clock=lambda: now)
        now = 530
        app.look()
        assert not app._exit
        now = 541
        app.look()
        terminal.settle()
        assert terminal.line("closes in a minute")
        terminal.press("j")
        now = 700
        app.look()
        assert not app._exit
        now = 1142
        app.look()
        assert app._exit


def test_no_key_makes_a_session_longer_than_the_longest(rooms: Office) -> None:
    now = 0.0
    with Terminal(rooms) as terminal:
        app = terminal.app
        app.session = IdleClock(minutes=720, clock=lambda: now)
        now = 720 * 60 - 1
        terminal.press("j")
        app.look()
        assert not app._exit
        now = 720 * 60
        terminal.press("j")
        app.look()
        assert app._exit


def test_a_session_that_waits_for_its_client_ends_too() -> None:
    code = "from officeops.ssh.gate import end_after\nend_after(1)\ninput()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE) as other:
        assert other.wait(PATIENCE) == 1


def test_there_is_no_door_behind_the_interface(
    rooms: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = set(os.listdir(tmp_path))
    with Terminal(rooms) as terminal:
        for name in ("screenshot", "suspend_process"):
            terminal.app.call_later(terminal.app.run_action, f"app.{name}")
        terminal.app.open_url("https://example.org")
        terminal.app.deliver_screenshot()
        terminal.press("ctrl+z", "ctrl+p", "ctrl+backslash")
        terminal.settle()
        assert terminal.app.screen_stack
    assert {name for name in os.listdir(tmp_path) if name.endswith(".svg")} == set()
    assert before <= set(os.listdir(tmp_path))


def test_idle_minutes_are_a_setting(cli: Cli, officeops_home: Path) -> None:
    assert AccessSettings.read({}, "x").idle_minutes == 10
    file = officeops_home / "own.toml"
    file.write_text("[access]\nidle_minutes = 0\n")
    assert "2 or more" in cli("--config", str(file), "settings").err


# -- the gate's parts --------------------------------------------------------------------------------------


def test_the_environment_is_replaced(tmp_path: Path) -> None:
    proof = tmp_path / "proof"
    proof.write_text("publickey ssh-ed25519 AAAA\npassword\n")
    environ = {
        b"SSH_ORIGINAL_COMMAND": b"today", b"SSH_CONNECTION": b"10.0.0.7 5 10.0.0.1 22", b"SSH_USER_AUTH": os.fsencode(proof), b"TERM": b"xterm-256color",
        b"PYTHONPATH": b"/evil", b"LD_PRELOAD": b"/evil.so", b"PATH": b"/evil", b"OFFICEOPS_DB": b"/evil", b"TEXTUAL_DRIVER": b"evil:X", b"HOME": b"/evil", b"SHELL": b"/evil",
    }  # fmt: skip
    arrival = arrive(environ, "/srv/officeops")
    assert (arrival.command, arrival.peer, arrival.proved) == (
        b"today",
        "10.0.0.7",
        ("ssh-ed25519 AAAA",),
    )
    assert environ == {
        b"PATH": b"/usr/bin:/bin",
        b"LANG": b"C.UTF-8",
        b"HOME": b"/srv/officeops",
        b"TERM": b"xterm-256color",
    }
    for term in (b"../x", b"a b", b"", b"x" * 65, b"-x", b"a\n"):
        again = {b"TERM": term}
        arrive(again, "/")
        assert b"TERM" not in again


def test_input_ends_only_when_the_client_says_so() -> None:
    for drop in (False, True):
        code = "import io\nfrom officeops.ssh.gate import WholeInput\nprint(len(io.BufferedReader(WholeInput()).read()), flush=True)"
        with subprocess.Popen(
            [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as child:
            assert child.stdin
            assert child.stdout
            child.stdin.write(b"half")
            time.sleep(0.3)
            if drop:
                child.stdout.close()
                child.stdin.close()
            else:
                child.stdin.close()
                assert child.stdout.read() == b"4\n"
            assert child.wait(PATIENCE) == (-signal.SIGTERM if drop else 0)
    assert WholeInput().readable()


# -- the texts ---------------------------------------------------------------------------------------------


def test_the_samples_are_what_the_program_writes() -> None:
    where = "/usr/local/lib/officeops/authorized-keys"
    assert (ROOT / "config/sshd_config.d/officeops.conf").read_text() == fragment(
        "officeops", where
    )
    assert (ROOT / "config/authorized-keys").read_text() == script(USUAL)
    sample = (ROOT / "config/crontab").read_text().splitlines()
    lines = [
        line.split(maxsplit=5) for line in sample if line and not line.startswith(("#", "MAILTO"))
    ]
    morning = f"{TODAY[1]} ann --mail-to {ANN['ann']}"
    jobs = [*JOBS, (TODAY[0], morning, TODAY[2]), ("30 5 * * 1", "job reorder-draft", "")]
    assert {(" ".join(line[:5]), line[5]) for line in lines} == {
        (when, f"officeops {what}") for when, what, _ in jobs
    }
    assert f"MAILTO={ANN['ann']}" in sample


def test_the_texts_name_the_office_and_the_account() -> None:
    line = authorized_line(USUAL, "SHA256:x", "ssh-ed25519 AAAA")
    assert line.startswith('restrict,pty,command="exec /opt/officeops/bin/python -I ')
    assert line.endswith('access gate --key SHA256:x" ssh-ed25519 AAAA')
    jobs = [
        each for each in crontab(USUAL, ANN).splitlines() if not each.startswith(("#", "MAILTO="))
    ]
    assert len(jobs) == len(JOBS) + 1
    weekly = Job("count-keys", _nothing, "Count the keys", "weekly", cron="30 5 * * 1")
    by_hand = Job("by-hand", _nothing, "Never by itself", "when needed")
    with_jobs = crontab(USUAL, ANN, [weekly, by_hand])
    assert "# Count the keys\n30 5 * * 1    officeops /opt/officeops/bin/python " in with_jobs
    assert "by-hand" not in with_jobs
    assert all(
        each.split()[5] == "officeops" and "--db /srv/officeops/office.db " in each for each in jobs
    )


def _nothing(_: Office) -> list[str]:
    return []


def test_each_is_mailed_their_own_and_the_first_all_and_what_goes_wrong() -> None:
    lines = crontab(USUAL, {**ANN, "ben": "ben@example.org"}).splitlines()
    assert [line for line in lines if line.startswith("MAILTO=")] == ["MAILTO=ann@example.org"]
    assert [line.partition("office.db ")[2] for line in lines if "office.db" in line] == [
        *(what for _, what, _ in JOBS),
        "today --new --mark-seen --for ann --mail-to ann@example.org",
        "today --new --mine --mark-seen --for ben --mail-to ben@example.org",
    ]


def test_where_nobody_is_mailed_nothing_counts_as_told() -> None:
    assert "MAILTO" not in crontab(USUAL, {})
    assert "today" not in crontab(USUAL, {})


@pytest.mark.parametrize("wrong", ["ann", "=a@b", "ann=", "ann=ann", "Ann=a@b", "ann=-a@b", "ann=a@b c", "ann=a@b\n* * * * * root sh", "ann;id=a@b", "ann=a@b;id", "ann=$(id)@b"])  # fmt: skip
def test_what_a_crontab_would_take_for_something_else_is_refused(cli: Cli, wrong: str) -> None:
    ran = cli("access", "install", "--mail", wrong)
    assert (ran.code, ran.out) == (2, "")
    assert "such as ann=ann@example.org" in ran.err


def test_without_a_mail_program_the_check_says_so_and_still_passes(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "sendmail"
    monkeypatch.setattr("officeops.ssh.mail_recipients.SENDMAIL", str(program))

    def said(*words: str) -> str:
        found = cli("access", "install", *words, "--json").json[-1]
        assert found["in_order"]
        line = next(
            line
            for line in cli("access", "install", *words).err.splitlines()
            if found["what"] in line
        )
        assert line.startswith("note") == bool(found["commands"])
        return line

    assert cli("access", "add", "ann", "--role", "manager").code == 0
    mail = ("--mail", "ann=ann@example.org")
    absent = f"there is no mail program ({program}), so cron drops what its jobs say: apt-get install -y msmtp-mta"
    assert absent in said(*mail)
    program.symlink_to(tmp_path / "msmtp")  # its package was taken away, or never came whole
    assert absent in said(*mail)
    (tmp_path / "msmtp").write_text("#!/bin/sh\n")
    assert absent in said(*mail)
    (tmp_path / "msmtp").chmod(0o755)
    assert said(*mail) == f"ok      cron mails what its jobs say, by {program}"
    assert "no one gets mail about due items: give --mail" in said()


@pytest.mark.parametrize("path", ["/srv/my office/o.db", '/srv/"o".db', "/srv/$(id)/o.db", "/srv/o.db\nx", "relative.db", "/srv/%u/o.db"])  # fmt: skip
def test_a_path_that_needs_quotes_is_refused(path: str) -> None:
    with pytest.raises(Refused, match="cannot be in sshd's settings"):
        script(USUAL.replace(database=path))


def test_only_what_root_alone_can_change_counts_as_roots(tmp_path: Path) -> None:
    assert _is_roots("/etc/passwd")
    file = tmp_path / "script"
    file.write_text("")
    assert not _is_roots(str(file))
    assert not _is_roots(str(tmp_path / "missing"))
