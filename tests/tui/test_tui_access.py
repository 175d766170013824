"""The screens, as people see them who may not see or do everything."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from tests.access.access_tools import PAY, ROLES, SECRETS, kind, login, open_as, staffed
from tests.effort import sampled
from tests.tui.prompt_tools import expect

from officeops.access.actions import admit, remove
from officeops.access.role_actions import make_role
from officeops.cli import run
from officeops.cli.context import Run
from officeops.model.errors import Forbidden, OutsideAction
from officeops.office.crud import edit_record
from officeops.testing import _streams, _text
from officeops.tui.testing import Terminal
from officeops.tui.widgets.error_text import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory


@pytest.fixture
def owner(office_factory: OfficeFactory, freeze_today: Callable[[str], None]) -> Office:
    """The office as its file's owner has it."""
    freeze_today("2026-03-02")
    return staffed(office_factory)


@contextmanager
def terminal(owner: Office, who: str) -> Iterator[Terminal]:
    """Open the interface as a user."""
    office = open_as(owner, who)
    with Terminal(office) as opened:
        yield opened
    office.close()


def go(screen: Terminal, line: str) -> Terminal:
    """Go where a line leads."""
    return screen.press(":").type(line).press("enter")


def test_a_clerk_finds_nothing_of_pay_on_any_screen(owner: Office) -> None:
    person = kind(owner, "staff.person")
    edit_record(owner, owner.find(person, "Ada"), {"pay": PAY[1], "phone": "555-0177"})
    with terminal(owner, login("clerk")) as screen:
        seen = [screen.text]
        seen += [
            go(screen, line).text for line in ("person", "today", "browse", "location", "due-note")
        ]
        go(screen, "person").press("enter")
        assert screen.line("Phone").endswith("555-0177")
        seen.append(screen.text)
        seen += [screen.press("pagedown").text for _ in range(4)]
        seen.append(screen.press("home", "e").text)
        assert screen.line("Name")
        assert not any("Pay" in line for line in screen.lines)
        seen.append(screen.press("escape", "escape", "n").text)
        assert not any("Pay" in line for line in screen.lines)
        seen.append(screen.press("f1").text)
    text = "\n".join(seen)
    assert not [secret for secret in SECRETS if secret in text]
    assert "hr.pay" not in text
    assert "Rise" not in text
    assert "rise" not in text.replace("otherwise", "")


def test_who_may_see_pay_sees_it_where_it_stands(owner: Office) -> None:
    person = kind(owner, "staff.person")
    edit_record(owner, owner.find(person, "Ada"), {"pay": 55_555_555})
    with terminal(owner, login("hr")) as screen:
        assert "555555.55" in go(screen, "person").text
        screen.press("enter")
        assert screen.line("Pay").endswith("555555.55")
        assert "314159.26 → 555555.55" in screen.text
        assert "zygomorph" not in screen.text


def test_a_clerk_edits_a_phone_and_pay_stays(owner: Office) -> None:
    with terminal(owner, login("clerk")) as screen:
        go(screen, "person").press("e", "tab", "ctrl+u")
        screen.type("555-0142").press("ctrl+s")
        expect(screen, "Ada", "saved")
    ada = owner.find(kind(owner, "staff.person"), "Ada")
    assert (ada.phone[-4:], ada.pay) == ("0142", PAY[0])


@pytest.mark.parametrize(
    "line", ["rise", "user", "ssh-key", "role", "grant", "membership", "rise /zygomorph"]
)
def test_a_kind_one_may_not_see_says_so_on_the_prompt_line(owner: Office, line: str) -> None:
    with terminal(owner, login("clerk")) as screen:
        before = screen.crumbs
        go(screen, line)
        assert screen.crumbs == before
        assert screen.prompt.startswith("the-clerk may not ")
        assert "see" in screen.prompt or "view" in screen.prompt


def test_what_one_may_not_see_is_neither_listed_nor_completed(owner: Office) -> None:
    with terminal(owner, login("clerk")) as screen:
        text = screen.press("b").text
        assert ":person" in text
        assert not any(
            f":{noun}" in text for noun in ("rise", "user", "ssh-key", "role", "legal-hold")
        )
        screen.press(":").type("ris")
        assert "rise" not in screen.prompt
        screen.press("escape", ":").type("no-such").press("enter")
        screen.press("!")
        assert "user" not in screen.text.replace("You", "")
    with terminal(owner, login("owner")) as screen:
        assert ":rise" in screen.press("b").text


def test_what_one_may_not_do_is_not_in_the_key_line_and_says_why(owner: Office) -> None:
    with terminal(owner, login("read-only")) as screen:
        go(screen, "person")
        assert not any(word in screen.keys for word in ("edit", "new", "archive", "call", "raise"))
        for key, permission in (
            ("e", "staff.person.edit"),
            ("n", "staff.person.add"),
            ("x", "staff.person.archive"),
            ("i", "staff.person.call"),
            ("u", "core.undo"),
        ):
            screen.press(key).press("!")
            # The messages wrap their lines; the permission may be broken into two.
            newest = "".join(screen.text.split()).replace(">", "")
            assert "the-read-onlymaynot" in newest
            assert f"({permission})" in newest
            screen.press("escape")
        screen.press("enter")
        assert not any(word in screen.keys for word in ("edit", "archive", "call"))
        screen.press(*":call", "enter")
        assert "may not" in screen.prompt
    with terminal(owner, login("clerk")) as screen:
        go(screen, "person")
        assert "i call" in screen.keys
        assert "e edit" in screen.keys
        assert "archive" not in screen.keys


def test_a_kind_that_is_referred_to_and_may_not_be_seen_is_a_number(owner: Office) -> None:
    make_role(owner, "riser", ["staff.rise.view", "staff.rise.add", "core.today.view"])
    admit(owner, "ria", ["riser"])
    with terminal(owner, "ria") as screen:
        go(screen, "rise")
        assert "quincunx" in screen.text
        assert not any(name in screen.text for name in ("Ada", "Ben"))
        assert "#1" in screen.text
        screen.press("enter")
        assert screen.line("Person").endswith(("#1", "#2", "#3", "#4"))
        screen.press("down", "down", "enter")


def test_somebody_without_a_role_is_told_so_on_every_screen(owner: Office) -> None:
    with terminal(owner, login("nobody")) as screen:
        assert "(core.today.view)" in screen.text
        assert "Reading the due items" not in screen.text
        assert screen.crumbs.endswith("Today 2026-03-02")
        for keys in (["b"], ["1"], ["u"], ["?"], ["escape"], ["s"], ["enter"]):
            screen.press(*keys)
            assert not any(name in screen.text for name in ("Ada", "Ben", *SECRETS))
        go(screen, "person")
        assert "may not view people" in screen.prompt


def test_today_tells_what_one_may_see(owner: Office) -> None:
    with terminal(owner, login("clerk")) as screen:
        assert "Eve has no phone" in screen.text
        assert "1 due" in screen.crumbs
    with terminal(owner, login("owner")) as screen:
        assert "Rise: quincunx" in screen.text


def test_who_is_put_out_while_they_look_sees_no_more(owner: Office) -> None:
    with terminal(owner, login("clerk")) as screen:
        go(screen, "person")
        owner.do(remove, owner.first(kind(owner, "core.user"), "login = ?", login("clerk")))
        screen.press("enter")
        assert not screen.app.is_running


def test_what_sqlite_refuses_is_a_sentence(
    owner: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    clerk = open_as(owner, login("clerk"))
    for sql in ("SELECT pay FROM staff_person", "SELECT * FROM staff_rise"):
        with pytest.raises(Forbidden) as caught:
            clerk.rows(sql)
        assert sentence(caught.value).startswith("You may not see everything")
    with pytest.raises(OutsideAction):
        clerk.rows("CREATE TABLE x (a)")
    assert sentence(Forbidden("No.")) == "No."
    assert "answered" in sentence(sqlite3.DatabaseError("disk I/O error"))
    from officeops.cli.ending import code_of

    assert code_of(caught.value, Run()) == 1
    assert "You may not see everything" in capsys.readouterr().err


# -- the screen of access --------------------------------------------------------------------------


def test_the_users_stand_in_a_list_with_their_roles(owner: Office) -> None:
    with terminal(owner, login("owner")) as screen:
        go(screen, "user")
        assert screen.crumbs.startswith("Test › Users")
        columns = "Login ↑ Full name Shared at Roles SSH keys Last log-in"
        assert screen.lines[1].split() == columns.split()
        assert screen.line("the-hr").split() == ["the-hr", "hr", "0"]
        for words in ("grant-role", "revoke-role", "add-key"):
            assert words in screen.press("a").text
            screen.press("escape")
        assert all(len(line) <= 80 for line in screen.lines)


def test_roles_and_keys_are_given_and_taken_by_keys(owner: Office) -> None:
    admit(owner, "ann", ["clerk"], full_name="Ann Miller")
    with terminal(owner, login("owner")) as screen:
        go(screen, "user")
        assert screen.current.startswith("ann")
        screen.press(*":grant-role", "enter")
        assert screen.line("Owner, manager, clerk, read-only, lead, hr, nobody")
        screen.press("space", "space").press("ctrl+s")
        expect(screen, "ann", "manager")
        assert screen.current.split() == ["ann", "Ann", "Miller", "clerk,", "manager", "0"]
        screen.press(*":revoke-role", "enter")
        assert screen.line("Clerk, manager")
        screen.type("clerk").press("ctrl+s")
        assert screen.current.split() == ["ann", "Ann", "Miller", "manager", "0"]
        screen.press(*":grant-role", "enter").type("chief").press("ctrl+s")
        assert "'chief' is none of owner, manager" in " ".join(screen.text.split())
        screen.press("escape", "y")
        screen.press(*":add-key", "enter")
        screen.type("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI" + "A" * 43 + " ann@desk").press(
            "ctrl+s"
        )
        assert screen.prompt.startswith("ann logs in with SHA256:")
        assert screen.current.endswith("1")
        screen.press(*":deactivate", "enter")
        assert "Deactivate user ann?" in screen.prompt
        screen.press("y")
        expect(screen, "ann", "deactivated")
        assert not any(line.startswith(("> ann", "  ann")) for line in screen.lines)


def test_a_manager_is_told_what_is_above_them(owner: Office) -> None:
    with terminal(owner, login("manager")) as screen:
        go(screen, "user /the-owner").press(*":grant-role", "enter").type("clerk").press("ctrl+s")
        assert "further than your own" in screen.text


def test_roles_of_the_offices_own_stand_in_a_list_too(owner: Office) -> None:
    make_role(owner, "desk", ["staff.person.view"], "The front desk")
    with terminal(owner, login("owner")) as screen:
        go(screen, "role")
        assert screen.current.split() == ["desk", "The", "front", "desk", "staff.person.view"]
        screen.press(*":grant", "enter").type("core.today.view").press("ctrl+s")
        expect(screen, "desk", "core.today.view")
        assert "core.today.view staff.person.view" in screen.line("desk")
        screen.press(*":revoke", "enter").type("staff.person.view").press("ctrl+s")
        expect(screen, "desk", "staff.person.view")


@pytest.mark.parametrize("role", ROLES)
def test_no_screen_fails_for_any_role(owner: Office, role: str) -> None:
    with terminal(owner, login(role)) as screen:
        for word in (
            "browse",
            "today",
            *sampled((kind.meta.noun for kind in owner.records.values()), 4),
        ):
            go(screen, word)
            for key in ("enter", "?", "escape", "escape", "e", "escape", "n", "escape", "z", "X"):
                screen.press(key)
                prompt = screen.prompt
                assert "fault in the program" not in prompt, (word, key, prompt)
                assert "answered" not in prompt, (word, key, prompt)
        assert screen.app.is_running


def answer(owner: Office, words: str) -> tuple[int, str, str]:
    """Run a command as the clerk, and return its code and its two texts."""
    command = Run(str(owner.path))
    command.user = login("clerk")
    command._plugins, command._machine = owner.plugins, owner.machine
    with _streams(b"") as (out, err):
        code = run(words.split(), command)
    return code, _text(out), _text(err)


def test_the_command_line_hides_it_too(owner: Office) -> None:
    answers = {}
    for words in (
        "person list",
        "person list --json",
        "person show Ada",
        "person history",
        "person list --csv",
        "search Ada",
        "search zygomorph",
        "report staff-list",
        "today",
        "history",
    ):
        code, out, err = answer(owner, words)
        answers[words] = out + err
        assert code == 0, answers[words]
    for secret in (*SECRETS, "314159.26"):
        assert not [words for words, text in answers.items() if secret in text]
    assert "Ada" in answers["search Ada"]
    assert "Ada" in answers["report staff-list"]


@pytest.mark.parametrize(
    "words",
    [
        "person list --columns pay",
        "person list --sort pay",
        "person list --where pay>3",
        "person list --columns name,pay --json",
        "person list pay=3",
    ],
)
def test_columns_filters_and_orders_of_what_is_withheld_are_refused(
    owner: Office, words: str
) -> None:
    code, out, err = answer(owner, words)
    assert (code, out) == (1, "")
    assert "not yours to see" in err or "(hr.pay.view)" in err


def test_a_plugins_screen_that_needs_more_than_one_may_see_says_so(
    office_factory: OfficeFactory,
) -> None:
    owner = staffed(office_factory, "inventory", "vendors")
    make_role(owner, "desk", ["inventory.item.view", "inventory.reorder.open", "core.today.view"])
    admit(owner, "dot", ["desk"])
    with terminal(owner, "dot") as screen:
        assert "new-screen" not in screen.text
        go(screen, "reorder")
        assert "You may not see everything" in screen.text
        assert "Working out" not in screen.text
        assert screen.crumbs.endswith("Reorder sheet")
        screen.press("escape", "escape")
        for word in ("item", "count", "browse"):
            go(screen, word)
            assert "fault" not in screen.prompt
    with terminal(owner, login("clerk")) as screen:
        go(screen, "reorder")
        assert "Reorder" in screen.crumbs
        assert "may not" not in screen.prompt


def test_a_manager_lets_a_person_in_from_the_list_of_users(owner: Office) -> None:
    with terminal(owner, login("manager")) as screen:
        go(go(screen, "user"), "add-user").type("zoe").press("tab").type("clerk").press("ctrl+s")
        expect(screen, "zoe", "clerk")
        assert "zoe" in screen.text
    assert owner.rows(
        "SELECT role FROM core_membership m JOIN core_user u ON u.id = m.user_id "
        "WHERE login = 'zoe'"
    ) == [("clerk",)]
    with terminal(owner, login("clerk")) as screen:
        go(screen, "add-user")
        assert "core.admit" in screen.prompt


def test_the_menu_of_users_names_every_action_in_80_columns(owner: Office) -> None:
    with terminal(owner, login("manager")) as screen:
        go(screen, "user")
        screen.press("a")
        for word in ("grant-role", "revoke-role", "add-key", "deactivate"):
            assert screen.line(f"  {word} ")


def test_a_former_command_of_an_action_opens_it_and_a_message_names_the_new_one(
    owner: Office,
) -> None:
    admit(owner, "ann", ["clerk"])
    with terminal(owner, login("manager")) as screen:
        go(screen, "user")
        go(screen.type("/").type("ann").press("enter"), "give-role")
        assert "Grant role" in screen.text
        screen.press("escape", "!")
        assert ":grant-role" in screen.text
        screen.press("escape", "?")
        assert ":grant-role" in screen.text
        assert ":give-role" not in screen.text
