"""Today: what is due, what is new, what is put off, and what was seen."""

from __future__ import annotations

from email import message_from_string
from typing import TYPE_CHECKING

import pytest

from officeops.cli import run as run_line
from officeops.cli.context import Run
from officeops.testing import _streams, _text

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from officeops.testing import Cli

    Freeze = Callable[[date | str], None]


@pytest.fixture
def today(cli: Cli, freeze_today: Freeze) -> Cli:
    """An office on 2 March 2026 with a paper that ended yesterday and one that ends in 50 and one in 70 days."""
    freeze_today("2026-03-02")
    cli("vendor", "add", "--name", "Acme")
    for kind, days in (("insurance", "-1d"), ("baa", "+50d"), ("w9", "+70d")):
        assert (
            cli("document", "add", "--vendor", "Acme", "--kind", kind, "--expires-on", days).code
            == 0
        )
    return cli


def keys(cli: Cli, *words: str) -> list[str]:
    """The keys of what is due."""
    return [each["key"] for each in cli("today", "--json", *words).json]


INSURANCE, BAA, W9 = (
    "vendors.document:1:2026-03-01:expired",
    "vendors.document:2:2026-04-21:60",
    "vendors.document:3:2026-05-11:60",
)


def test_worst_first_and_only_what_is_due(today: Cli) -> None:
    worst, next_one = today("today", "--json").json
    assert (worst["key"], worst["severity"], worst["due_on"]) == (INSURANCE, "legal", "2026-03-01")
    assert (next_one["key"], next_one["severity"]) == (BAA, "routine")
    assert worst["what"] == "Insurance of Acme expired 2026-03-01"
    assert "expires 2026-04-21" in today("today").out


def test_until_looks_ahead(today: Cli) -> None:
    assert keys(today, "--until", "+9d") == [INSURANCE, BAA]
    assert (
        keys(today, "--until", "+10d")
        == keys(today, "--until", "2026-03-12")
        == [INSURANCE, BAA, W9]
    )


def test_what_was_printed_and_marked_is_no_longer_new(today: Cli) -> None:
    assert keys(today, "--new", "--mark-seen") == [INSURANCE, BAA]
    assert keys(today, "--new") == []
    assert keys(today) == [INSURANCE, BAA]
    assert keys(today, "--new", "--until", "+10d") == [W9]


def test_for_somebody_it_holds_what_they_may_see(today: Cli) -> None:
    assert today("access", "add", "ann", "--role", "clerk").code == 0
    assert today("access", "role", "desk", "core.today.view").code == 0
    assert today("access", "add", "dora", "--role", "desk").code == 0
    assert keys(today, "--for", "ann") == keys(today) == [INSURANCE, BAA]
    assert keys(today, "--for", "dora") == []
    assert today("today", "--for", "dora").err == "Nothing is due.\n"


def test_for_somebody_is_new_what_they_were_not_told_of(today: Cli) -> None:
    for login in ("ann", "ben"):
        today("access", "add", login, "--role", "read-only")
    mailed = ("--new", "--mark-seen", "--for")
    assert keys(today, *mailed, "ann") == [INSURANCE, BAA]
    assert keys(today, *mailed, "ann") == []
    nothing = today("today", *mailed, "ann")
    assert (nothing.code, nothing.out, nothing.err) == (0, "", "")  # cron mails whatever is said
    assert keys(today, *mailed, "ben") == keys(today, "--new") == [INSURANCE, BAA]


@pytest.fixture
def mail_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A mail program that takes no mail yet; what it took is in the file `mailed` beside it."""
    program = tmp_path / "bin/sendmail"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\necho no route >&2; exit 75\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=":")
    return program


def test_only_what_the_mail_program_took_is_marked_as_seen(today: Cli, mail_program: Path) -> None:
    today("access", "add", "ann", "--role", "clerk")
    morning = ("today", "--new", "--mark-seen", "--for", "ann", "--mail-to", "ann@example.org")
    failed = today(*morning)
    assert (failed.code, failed.out) == (1, "")
    assert "no route" in failed.err
    assert keys(today, "--new", "--for", "ann") == [INSURANCE, BAA]

    kept = mail_program.parent / "mailed"
    mail_program.write_text(f'#!/bin/sh\necho "$*" >> {kept}; exec cat >> {kept}\n')
    for _ in range(2):  # the second morning nothing is new, so nothing is sent
        sent = today(*morning)
        assert (sent.code, sent.out, sent.err) == (0, "", "")
    arguments, mail = kept.read_text().split("\n", 1)
    assert arguments == "-i -- ann@example.org"
    read = message_from_string(mail)
    assert (read["To"], read["Subject"]) == ("ann@example.org", "officeops: 2 due")
    body = read.get_payload(decode=True)
    assert isinstance(body, bytes)
    assert "Insurance" in body.decode()
    assert keys(today, "--new", "--for", "ann") == []


@pytest.mark.parametrize("wrong", ["", "-t", "ann", "ann@", "a@b\nBcc: c@d", "a@b, c@d", "ä@b"])
@pytest.mark.usefixtures("mail_program")
def test_mail_goes_to_one_address_or_nowhere(today: Cli, wrong: str) -> None:
    today("access", "add", "ann", "--role", "clerk")
    ran = today("today", "--for", "ann", "--mail-to", wrong)
    assert (ran.code, ran.out) == (2, "")
    assert "no address" in ran.err
    assert today("today", "--mail-to", "ann@example.org").code == 2


def test_for_nobody_there_is_no_list(today: Cli) -> None:
    today("access", "add", "ann", "--role", "clerk")
    today("access", "role", "none")
    today("access", "add", "nell", "--role", "none")
    for login, code, said in (
        ("zed", 1, "zed is not a user of this office"),
        ("nell", 1, "nell may not"),
        ("", 2, "--for needs a login"),
    ):
        ran = today("today", "--for", login)
        assert (ran.code, ran.out) == (code, "")
        assert said in ran.err
    today("access", "remove", "ann")
    assert "ann is not a user" in today("today", "--for", "ann").err


def test_only_the_files_owner_asks_for_somebody_and_only_for_the_list(
    today: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    for login in ("ann", "cleo"):
        today("access", "add", login, "--role", "owner")
    ran = today("today", "--for", "ann", "seen", "--all")
    assert (ran.code, "--for" in ran.err) == (2, True)
    monkeypatch.setattr("os.geteuid", lambda: today.path.stat().st_uid + 1)
    monkeypatch.setattr("officeops.office.office.os_login", lambda: "cleo")
    assert keys(today) == [INSURANCE, BAA]
    ran = today("today", "--for", "ann")
    assert (ran.code, ran.out) == (1, "")
    assert "--for is for the owner of the office's file" in ran.err


def test_over_ssh_nobody_asks_for_somebody_else(today: Cli) -> None:
    for login in ("ann", "ben"):
        today("access", "add", login, "--role", "owner")
    run = Run(str(today.path))
    run.user, run.gated = "ann", True
    with _streams(b"") as (out, err):
        code = run_line(["today", "--for", "ben"], run)
    run.close()
    assert (code, _text(out)) == (1, "")
    assert "--for is for the owner of the office's file" in _text(err)


def test_seen_by_key_or_all(today: Cli) -> None:
    assert today("today", "seen", BAA).code == 0
    assert keys(today, "--new") == [INSURANCE]
    assert today("today", "seen", "--all").err == "2 seen.\n"
    assert keys(today, "--new") == []


def test_check_counts_what_is_shown(today: Cli) -> None:
    assert today("today", "--check").code == 3
    today("today", "seen", "--all")
    assert today("today", "--check", "--new").code == 0


def test_a_snoozed_item_comes_back_on_its_day(today: Cli, freeze_today: Freeze) -> None:
    assert (
        today("today", "snooze", INSURANCE, "--until", "+7d").err
        == f"{INSURANCE} is snoozed until 2026-03-09.\n"
    )
    assert keys(today) == [BAA]
    (snoozed,) = (
        each for each in today("today", "--snoozed", "--json").json if each["key"] == INSURANCE
    )
    assert snoozed["snoozed_until"] == "2026-03-09"
    freeze_today("2026-03-08")
    assert keys(today) == [BAA]
    freeze_today("2026-03-09")
    assert keys(today) == [INSURANCE, BAA]


def test_wake_ends_a_snooze_and_says_where_there_is_none(today: Cli) -> None:
    today("today", "snooze", INSURANCE, "--until", "+7d")
    assert today("today", "wake", INSURANCE).code == 0
    assert keys(today) == [INSURANCE, BAA]
    none = today("today", "wake", INSURANCE)
    assert none.code == 1
    assert f"'{INSURANCE}'" in none.err


def test_a_snooze_needs_a_key_that_is_due_and_a_day_to_come(today: Cli) -> None:
    assert today("today", "snooze", "nonesuch", "--until", "+7d").code == 1
    assert today("today", "snooze", INSURANCE, "--until", "today").code == 2
    assert today("today", "snooze", INSURANCE, "--until", "").code == 2
    assert keys(today) == [INSURANCE, BAA]


def test_who_snoozed_is_on_record(today: Cli) -> None:
    today("today", "snooze", INSURANCE, "--until", "+7d")
    newest = today("history", "--json").json[0]
    assert newest["action"] == "core.due.snooze"
    assert newest["actor"]
