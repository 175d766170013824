"""What stays on screens that are open while a role is taken away from who sits before them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.access.access_tools import REASONS, SECRETS, kind, staffed
from tests.tui.prompt_tools import expect
from tests.tui.test_tui_access import go, terminal
from textual.screen import Screen as BareScreen
from textual.widgets import Static

from officeops.access.actions import admit, give_role, remove, take_role
from officeops.access.role_actions import make_role
from officeops.tui import LineScreen
from officeops.tui.widgets import row_pager

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory
    from officeops.tui.testing import Terminal


class Bare(BareScreen[None]):
    """A screen of Textual's own."""

    def compose(self) -> Iterator[Static]:
        yield Static("zygomorph")


#: Who sits before the screen: a clerk who has a role more, for a while.
TMP = "tmp"
MONEY = ("314159.26", "271828.18", "161803.39", "141421.35", "577215.66")


@pytest.fixture
def owner(office_factory: OfficeFactory, freeze_today: Callable[[str], None]) -> Office:
    """The office as its file's owner has it."""
    freeze_today("2026-03-02")
    office = staffed(office_factory)
    make_role(office, "riser", ["staff.rise.view", "staff.rise.add", "staff.rise.edit"])
    admit(office, TMP, ["clerk", "hr", "riser"])
    return office


def take(owner: Office, *roles: str) -> None:
    """Take roles away, elsewhere."""
    for role in roles:
        owner.do(take_role, owner.first(kind(owner, "core.user"), "login = ?", TMP), role=role)


def look(screen: Terminal) -> Terminal:
    """Let the interface look whether anything changed, as it does every two seconds."""
    screen.app.call_later(screen.app.look)
    return screen.settle()


def tells(screen: Terminal) -> list[str]:
    """Return the secrets about pay and rises that the screen shows."""
    text = screen.text
    return [secret for secret in (*SECRETS, *MONEY) if secret in text]


def everywhere(screen: Terminal) -> list[str]:
    """Return the secrets that this screen or one below shows, going back from screen to screen."""
    secrets = tells(screen)
    for _ in screen.app.screen_stack[1:]:
        secrets += tells(screen.press("escape"))
    return secrets


def words(screen: Terminal) -> str:
    """Return the text of a screen of lines, in sight or not."""
    top = screen.app.screen
    assert isinstance(top, LineScreen)
    return "\n".join(line.text for line in top.list.lines)


def test_a_list_of_a_kind_that_is_theirs_no_more_is_left(owner: Office) -> None:
    with terminal(owner, TMP) as screen:
        go(screen, "rise")
        assert "quincunx" in screen.text
        take(owner, "riser")
        look(screen)
        assert tells(screen) == []
        assert "Today" in screen.crumbs
        assert "(staff.rise.view)" in screen.prompt
        assert go(screen, "rise").prompt.startswith("tmp may not see pay rises")
        assert "Rises" not in screen.press("b").text


def test_a_record_of_such_a_kind_is_left_and_the_list_below_it(owner: Office) -> None:
    with terminal(owner, TMP) as screen:
        go(screen, "rise /zygomorph").press("enter")
        assert "577215.66" in screen.text
        take(owner, "riser")
        look(screen)
        assert tells(screen) == []
        assert "Today" in screen.crumbs
        assert "may not see pay rises" in screen.prompt


def test_a_key_that_comes_before_the_look_is_not_for_the_screen_below(owner: Office) -> None:
    with terminal(owner, TMP) as screen:
        go(screen, "person").press("enter")
        rise = screen.line("zygomorph")
        assert rise
        while "zygomorph" not in screen.current:
            screen.press("down")
        screen.press("enter")
        assert "Rise" in screen.crumbs
        take(owner, "riser")
        screen.press("e")
        assert "zygomorph" not in screen.text
        assert "Edit" not in screen.crumbs
        assert "Ada" in screen.crumbs
        assert "may not see pay rises" in screen.prompt


@pytest.mark.parametrize("small", [True, False])
@pytest.mark.parametrize(
    "keys",
    [
        ["/", *"pay>1", "enter"],
        ["t", *"-pay", "enter"],
        ["/", *"pay>1", "enter", "t", *"pay", "enter"],
    ],
)
def test_a_filter_or_order_by_what_is_withheld_now_goes(
    owner: Office, monkeypatch: pytest.MonkeyPatch, keys: list[str], *, small: bool
) -> None:
    if not small:
        monkeypatch.setattr(row_pager, "SMALL", 0)
    with terminal(owner, TMP) as screen:
        go(screen, "person").press(*keys)
        assert "314159.26" in screen.text
        take(owner, "hr")
        look(screen)
        assert tells(screen) == []
        assert "Pay" not in screen.lines[1]
        assert screen.prompt.startswith(
            "Pay of people is not yours to see, nor to filter or sort by. All are"
        )
        assert "pay" not in screen.crumbs
        assert "5 rows" in screen.crumbs
        assert tells(screen.press("down", "up", "escape", ":", *"person", "enter")) == []
        assert screen.line("Eve")


def test_a_list_without_a_filter_stays_where_it_was(owner: Office) -> None:
    with terminal(owner, TMP) as screen:
        go(screen, "person").press("down", "down")
        take(owner, "hr")
        look(screen)
        assert tells(screen) == []
        assert screen.current.startswith("Cyd")
        assert "5 rows" in screen.crumbs


def test_a_record_loses_its_guarded_lines_and_its_history(owner: Office) -> None:
    with terminal(owner, TMP) as screen:
        go(screen, "person").press("enter")
        assert "314159.26" in screen.text
        take(owner, "hr", "riser")
        look(screen)
        assert tells(screen) == []
        assert screen.line("Phone")
        assert not screen.line("Pay")
        assert everywhere(screen) == []


def test_a_form_loses_what_is_withheld_now_and_keeps_what_was_typed(owner: Office) -> None:
    make_role(owner, "payer", ["hr.pay.view", "hr.pay.edit"])
    owner.do(give_role, owner.first(kind(owner, "core.user"), "login = ?", TMP), role="payer")
    with terminal(owner, TMP) as screen:
        go(screen, "person").press("e", "tab", "ctrl+u").type("555-0199").press("tab")
        assert screen.line("Pay").endswith("314159.26")
        screen.press("ctrl+u").type("314159.27").press("shift+tab")
        take(owner, "hr", "payer")
        look(screen)
        assert tells(screen) == []
        assert not any(line.strip().startswith("Pay") for line in screen.lines)
        assert screen.line("555-0199")
        assert screen.prompt.startswith("You can no longer edit Pay;")
        expect(screen.press("ctrl+s"), "Ada", "saved")
        assert tells(screen) == []
    ada = owner.find(kind(owner, "staff.person"), "Ada")
    assert (ada.phone, ada.pay) == ("555-0199", 31_415_926)


def test_a_form_of_a_kind_that_is_theirs_no_more_is_closed(owner: Office) -> None:
    with terminal(owner, TMP) as screen:
        go(screen, "rise /xylotomy").press("e")
        assert screen.line("Reason").endswith("xylotomy")
        screen.type("typed").press("f2")
        take(owner, "riser")
        look(screen)
        assert everywhere(screen) == []
        assert "Today" in screen.crumbs


def test_a_form_forgets_the_name_of_a_record_whose_kind_is_hidden_now(owner: Office) -> None:
    make_role(owner, "desk", ["staff.rise.view", "staff.rise.edit", "core.today.view"])
    admit(owner, "dot", ["desk", "read-only"])
    with terminal(owner, "dot") as screen:
        go(screen, "rise /person=#1").press("e")
        assert screen.line("Person").endswith("Ada")
        owner.do(
            take_role, owner.first(kind(owner, "core.user"), "login = 'dot'"), role="read-only"
        )
        look(screen)
        assert "Ada" not in screen.text
        assert screen.line("Reason").endswith("zygomorph")
        screen.press("tab", "ctrl+u").type("zygote").press("ctrl+s")
        expect(screen, "zygote", "saved")
    assert owner.find(kind(owner, "staff.rise"), "zygote").person_id == 1


def test_the_list_of_users_is_left(owner: Office) -> None:
    admit(owner, TMP, ["owner"])
    with terminal(owner, TMP) as screen:
        go(screen, "user").press("enter")
        assert "the-owner" not in screen.crumbs
        screen.press("escape")
        assert "the-owner" in screen.text
        take(owner, "owner")
        look(screen)
        assert "the-owner" not in screen.text
        assert "may not see the users" in screen.prompt


def test_screens_under_others_do_not_come_back_as_they_were(owner: Office) -> None:
    with terminal(owner, TMP) as screen:
        go(screen, "person /pay>1").press("enter", "e")
        assert screen.line("Name").endswith("Ada")
        seen = tells(screen.press("f1"))
        assert seen == []
        take(owner, "hr", "riser")
        look(screen)
        assert everywhere(screen) == []
        assert "Today" in screen.crumbs


def test_a_plugins_screen_is_left_by_who_may_open_it_no_more(office_factory: OfficeFactory) -> None:
    owner = staffed(office_factory, "inventory", "vendors")
    make_role(owner, "desk", ["inventory.count.open"])
    admit(owner, TMP, ["read-only", "desk"])
    with terminal(owner, TMP) as screen:
        go(screen, "count")
        assert "Count" in screen.crumbs
        take(owner, "desk", "read-only")
        look(screen)
        assert "Today" in screen.crumbs
        assert "(inventory.count.open)" in screen.prompt


def test_a_screen_that_nobody_knows_how_to_empty_is_closed(owner: Office) -> None:
    with terminal(owner, TMP) as screen:
        go(screen, "person")
        screen.app.call_later(screen.app.push_screen, Bare())
        assert "zygomorph" in screen.settle().text
        take(owner, "hr", "riser")
        assert tells(look(screen)) == []
        assert "People" in screen.crumbs


def test_an_action_that_is_theirs_no_more_asks_no_further(owner: Office) -> None:
    with terminal(owner, TMP) as screen:
        go(screen, "person").press(*":call", "enter")
        assert "Call person Ada" in screen.crumbs
        screen.type("555").press("f1")
        take(owner, "clerk")
        look(screen)
        assert "Ada" not in screen.text.replace("Ada has", "")
        screen.press("escape")
        assert "People" in screen.crumbs
        assert "may not note by which number a person was reached" in screen.prompt


def test_help_names_what_can_be_done_now(owner: Office) -> None:
    with terminal(owner, TMP) as screen:
        screen.press("?")
        assert "List rises" in words(screen)
        take(owner, "riser")
        look(screen)
        assert "List people" in words(screen)
        assert "List rises" not in words(screen)


def test_nothing_waits_for_an_answer(owner: Office) -> None:
    with terminal(owner, TMP) as screen:
        go(screen, "person").press("/").type("pay>")
        assert "314159.26" in screen.text
        take(owner, "hr")
        look(screen)
        assert tells(screen) == []
        screen.press(":").type("per")
        owner.do(remove, owner.first(kind(owner, "core.user"), "login = ?", TMP))
        look(screen)
        assert not screen.app.is_running


def test_what_was_said_before_is_forgotten(owner: Office) -> None:
    with terminal(owner, TMP) as screen:
        go(screen, "rise /wapentake").press("e", "ctrl+s")
        go(screen.press("escape"), "rise /no-such-rise-zygomorph")
        screen.app.recent_messages.append("a message about zygomorph")
        screen.press("!")
        assert "zygomorph" in screen.text
        take(owner, "riser")
        look(screen)
        assert tells(screen) == []
        assert "zygomorph" not in screen.press("escape", "!").text


def test_today_asks_again_for_what_is_theirs(owner: Office) -> None:
    with terminal(owner, TMP) as screen:
        assert "Rise: quincunx" in screen.text
        go(screen, "person")
        take(owner, "riser")
        look(screen)
        assert tells(screen.press("escape")) == []
        assert "Eve has no phone" in screen.text
        take(owner, "hr", "clerk")
        look(screen)
        assert "Eve" not in screen.text
        assert "(core.today.view)" in screen.text
        assert "reading" not in screen.text


def test_a_role_that_is_given_shows_more(owner: Office) -> None:
    take(owner, "hr", "riser")
    with terminal(owner, TMP) as screen:
        go(screen, "person").press("down", "e").press("tab", "ctrl+u").type("555-0101")
        for role in ("hr", "riser"):
            owner.do(give_role, owner.first(kind(owner, "core.user"), "login = ?", TMP), role=role)
        look(screen)
        assert screen.line("Phone").endswith("555-0101")
        screen.press("escape", "y")
        assert "314159.26" in screen.text
        assert screen.current.startswith("Ben")
        text = go(screen, "rise").text
        assert [reason for reason in REASONS if reason in text]
