"""Offers: shifts that people give away, swap and take, each its owner's until the approval."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from plugins.hr.tests.roster.cover_tools import another
from tests.access.access_tools import open_as
from tests.access.shared_tools import DESK, add_desk, typed

from officeops import OfficeError, Refused, default_location
from officeops.access.shared_actions import set_pin
from officeops.history.undo import undo
from officeops.tui.testing import Terminal
from officeops_hr.people.employment import Employment
from officeops_hr.people.person import Person
from officeops_hr.people.work_pattern import WorkPattern
from officeops_hr.roster.absence.calling_out import call_out
from officeops_hr.roster.offers.life import OFFER
from officeops_hr.roster.offers.offering import offer
from officeops_hr.roster.offers.shift_offer import ShiftOffer
from officeops_hr.roster.publishing import publish_schedule
from officeops_hr.roster.revision import PublishedShift
from officeops_hr.roster.shift import Shift

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory, Ran

MONDAY = date(2026, 3, 2)
#: The rows as they are published: Ben's morning and Cyd's afternoon of Wednesday, an open Thursday.
BENS, CYDS, OPEN = "#1", "#2", "#3"


@pytest.fixture
def traded(office: Office, crew: dict[str, Person]) -> dict[str, Person]:
    """A published week of two assistants, who work on each day but Saturday."""
    role = int(office.value("SELECT id FROM hr_job_role WHERE code = 'MA'") or 0)
    shifts = ((2, "ben", 480, 720), (2, "cyd", 720, 1020), (3, None, 480, 720))
    hours: dict[str, Any] = dict.fromkeys(("monday", "wednesday", "thursday"), 480)
    with office.acting("test.plan"):
        default_location(office)
        for login in ("ben", "cyd"):
            office.add(WorkPattern(person_id=crew[login].id, **hours))
        for days, who, begin, end in shifts:
            office.add(
                Shift(
                    day=MONDAY + timedelta(days=days),
                    person_id=crew[who].id if who else None,
                    role_id=role,
                    starts_at=begin,
                    ends_at=end,
                )
            )
    office.do(publish_schedule, week=MONDAY)
    return crew


def _people(office: Office) -> list[int | None]:
    return [shift.person_id for shift in office.all(Shift, order="id")]


def _as(cli: Cli, login: str, words: str) -> Ran:
    ran = cli(*words.split(), login=login)
    assert ran.code == 0, ran.err
    return ran


def _offer(office: Office, number: int = 1) -> ShiftOffer:
    return office.get(ShiftOffer, number)


def test_a_shift_is_its_owners_until_a_manager_approves(
    office: Office, traded: dict[str, Person], cli: Cli
) -> None:
    """Given away by one, asked for by another, approved by a third; one undo takes it back."""
    ben, cyd = traded["ben"].id, traded["cyd"].id
    _as(cli, "ben", f"published-shift offer {BENS}")
    assert "SW-1" in _as(cli, "cyd", "me").out
    _as(cli, "cyd", "shift-offer take SW-1")
    assert _people(office) == [ben, cyd, None]
    assert cli("shift-offer", "approve", "SW-1", login="cyd").code == 1
    assert "Cyd Stone takes Wed 2026-03-04 08:00-12:00" in _as(cli, "mia", "today").out
    office.do(OFFER.action(ShiftOffer, "approve"), _offer(office))
    assert _people(office) == [cyd, cyd, None]
    undo(office)
    assert (_people(office), _offer(office).state) == ([ben, cyd, None], "taken")


def test_a_swap_changes_both_shifts_and_undone_it_is_as_before(
    office: Office, traded: dict[str, Person], cli: Cli
) -> None:
    """Only the person whose shift is wanted can take it; times that clash change hands at once."""
    ben, cyd = traded["ben"].id, traded["cyd"].id
    with office.acting("test.longer"):
        office.edit(office.get(Shift, 1), ends_at=780)
    office.do(publish_schedule, week=MONDAY)
    _as(cli, "ben", "published-shift offer #4 --wanted #5")
    assert "SW-1: would you swap" in _as(cli, "cyd", "today").out
    assert "SW-1" not in _as(cli, "lea", "me").out
    assert cli("shift-offer", "take", "SW-1", login="lea").code == 1
    _as(cli, "cyd", "shift-offer take SW-1")
    office.do(OFFER.action(ShiftOffer, "approve"), _offer(office))
    assert _people(office) == [cyd, ben, None]
    undo(office)
    assert _people(office) == [ben, cyd, None]


def test_both_sides_are_checked_again_at_the_approval(
    office: Office, traded: dict[str, Person], cli: Cli
) -> None:
    """Cyd called out since; the refusal names the reason to the manager, and nothing changes."""
    _as(cli, "ben", f"published-shift offer {BENS}")
    _as(cli, "cyd", "shift-offer take SW-1")
    with office.acting("test.out"):
        call_out(
            office,
            traded["cyd"],
            first_day=MONDAY + timedelta(days=2),
        )
    with pytest.raises(Refused, match="Cyd Stone, Wed 2026-03-04 08:00-12:00 MA: is off"):
        office.do(OFFER.action(ShiftOffer, "approve"), _offer(office))
    office.do(OFFER.action(ShiftOffer, "refuse"), _offer(office), why_not="Cyd is out")
    assert "Cyd is out" in _as(cli, "ben", "shift-offer show SW-1").out


def test_a_doubt_needs_the_managers_reason_which_the_shift_keeps(
    office: Office, traded: dict[str, Person], cli: Cli
) -> None:
    with office.acting("test.hours"):
        (pattern,) = office.all(WorkPattern, "person_id = ?", traded["cyd"].id)
        office.edit(pattern, thursday=0)
    assert "not one of their times" in _as(cli, "cyd", f"published-shift take {OPEN}").err
    with pytest.raises(Refused, match="--despite"):
        office.do(OFFER.action(ShiftOffer, "approve"), _offer(office))
    office.do(OFFER.action(ShiftOffer, "approve"), _offer(office), despite="asked")
    assert office.get(Shift, 3).despite == "asked"


def test_somebody_without_a_login_takes_an_offer_by_the_managers_word(
    office: Office, traded: dict[str, Person], cli: Cli
) -> None:
    """The other side is checked as for themselves, twice, and who said yes is noted."""
    dee = another(office, "Dee Stone")
    _as(cli, "ben", f"published-shift offer {BENS}")
    assert cli("shift-offer", "take-for", "SW-1", "--person", "P-7", login="cyd").code == 1
    ran = cli("shift-offer", "take-for", "SW-1", "--person", "Ben Stone", login="mia")
    assert (ran.code, "it is your own shift" in ran.err) == (1, True), ran.err
    said = _as(cli, "mia", "shift-offer take-for SW-1 --person P-7").err
    assert "Dee Stone's once a manager" in said
    (asked,) = cli("cover-ask", "list", "--json").json
    assert (asked["person"], asked["how"], asked["answer"]) == ("P-7 Dee Stone", "phone", "yes")
    with office.acting("test.out"):
        call_out(office, dee, first_day=MONDAY + timedelta(days=2))
    assert (
        "Dee Stone, Wed 2026-03-04 08:00-12:00 MA: is off"
        in cli("shift-offer", "approve", "SW-1", login="mia").err
    )
    assert cli("call-out", "end", "CO-1", "--on", "2026-03-04", login="mia").code == 0
    _as(cli, "mia", "shift-offer approve SW-1")
    assert _people(office)[0] == dee.id
    _as(cli, "mia", "undo")
    assert _people(office)[0] == traded["ben"].id


def test_an_offer_ends_when_its_day_comes_or_the_plan_changes(
    office: Office,
    traded: dict[str, Person],
    cli: Cli,
    freeze_today: Callable[[date | str], None],
) -> None:
    """Expired is worked out, not written; nobody can take or approve it."""
    _as(cli, "ben", f"published-shift offer {BENS}")
    assert cli("published-shift", "offer", BENS, login="ben").code == 1
    assert cli("published-shift", "offer", CYDS, login="ben").code == 1
    freeze_today(MONDAY + timedelta(days=3))
    assert _as(cli, "ben", "shift-offer list --json").json[0]["now"] == "expired"
    assert "has begun" in cli("shift-offer", "take", "SW-1", login="cyd").err
    assert "SW-1" not in _as(cli, "mia", "today").out
    assert _people(office)[0] == traded["ben"].id


def test_what_two_people_trade_is_theirs_and_the_managers(
    office: Office, traded: dict[str, Person], cli: Cli
) -> None:
    """An offer to all is seen by all; once it is taken, by its people alone."""
    _as(cli, "ben", f"published-shift offer {BENS}")
    assert len(_as(cli, "lea", "shift-offer list --json").json) == 1
    _as(cli, "cyd", "shift-offer take SW-1")
    assert _as(cli, "lea", "shift-offer list --json").json == []
    for login in ("ben", "cyd", "mia"):
        assert len(_as(cli, login, "shift-offer list --json").json) == 1
    _as(cli, "cyd", "shift-offer step-back SW-1")
    assert cli("shift-offer", "withdraw", "SW-1", login="cyd").code == 1
    _as(cli, "ben", "shift-offer withdraw SW-1")
    assert _people(office) == [traded["ben"].id, traded["cyd"].id, None]


@pytest.mark.usefixtures("traded")
def test_from_their_own_page_somebody_with_little_rights_offers_and_another_takes(
    office_factory: OfficeFactory,
) -> None:
    """A line, a letter, and the confirmation: four keys each from `:me`."""
    with Terminal(office_factory(login="ben")) as terminal:
        terminal.press(":").type("me").press("enter")
        while "08:00-12:00 Medical assistant" not in terminal.current:
            terminal.press("down")
        terminal.press("enter", *":offer", "enter", "ctrl+s")
        assert "SW-1: Wed 2026-03-04 08:00-12:00 MA is on offer" in terminal.text
    with Terminal(office_factory(login="cyd")) as terminal:
        terminal.press(":").type("me").press("enter")
        while not terminal.current.startswith("SW-1"):
            terminal.press("down")
        terminal.press("enter", "r", "y")
        assert "SW-1 is yours once a manager approves it" in terminal.text


def _moved(office: Office, cyd: Person) -> None:  # noqa: ARG001 - as the others
    office.edit(office.get(Shift, 1), starts_at=540)


def _left(office: Office, cyd: Person) -> None:
    employment = office.first(Employment, "person_id = ?", cyd.id)
    assert employment is not None
    office.edit(employment, last_day=MONDAY)


def _barred(office: Office, cyd: Person) -> None:
    office.edit(office.get(Person, cyd.id), managed=True, barred_on=MONDAY)


def _other_work(office: Office, cyd: Person) -> None:
    office.edit(office.get(Shift, 2), starts_at=690)
    assert cyd.id


@pytest.mark.parametrize(
    ("happens", "said", "is_of_cyd"),
    [
        (_moved, "the plan of the shift of Wed 2026-03-04 has changed since; ", False),
        (_left, "Cyd Stone does not work here on Wed 2026-03-04", True),
        (_barred, "Cyd Stone, Wed 2026-03-04 08:00-12:00 MA: ", True),
        (_other_work, "Cyd Stone, Wed 2026-03-04 08:00-12:00 MA: works already then", True),
    ],
)
def test_what_happened_since_refuses_an_approval_and_names_the_way_on(
    office: Office,
    traded: dict[str, Person],
    cli: Cli,
    happens: Callable[[Office, Person], None],
    said: str,
    *,
    is_of_cyd: bool,
) -> None:
    _as(cli, "ben", f"published-shift offer {BENS}")
    _as(cli, "cyd", "shift-offer take SW-1")
    with office.acting("test.since"):
        happens(office, traded["cyd"])
    ran = cli("shift-offer", "approve", "SW-1", login="mia")
    assert (ran.code, said in ran.err) == (1, True), ran.err
    assert _people(office) == [traded["ben"].id, traded["cyd"].id, None]
    assert "officeops shift-offer refuse SW-1 --why-not REASON ends it" in ran.err
    step_back = "officeops shift-offer step-back SW-1 lets others take it"
    assert (step_back in ran.err) == is_of_cyd
    if is_of_cyd:
        _as(cli, "mia", "shift-offer step-back SW-1")
        assert _offer(office).state == "offered"
    assert cli("shift-offer", "refuse", "SW-1", "--why-not", "Later", login="mia").code == 0


def _signed(desk: Office, login: str) -> Office:
    """Open the desk's office for one entry of a person."""
    entry = desk.twin()
    entry.sign(entry.prove(login, typed(PIN[login])))
    return entry


#: As long as PINs may be.
PIN = {"ben": "840275913648", "cyd": "719364028551", "mia": "602918375046"}


def test_at_a_shared_login_a_pin_says_whose_shift_is_offered_and_who_takes_it(
    office: Office, traded: dict[str, Person]
) -> None:
    """The desk is nobody: without a PIN it offers nothing, and a PIN gives nobody else's shift."""
    add_desk(office, "hr.shift-offer.*", "hr.published-shift.*")
    for login, digits in PIN.items():
        with open_as(office, login) as own:
            set_pin(own, typed(digits))
    with open_as(office, DESK) as desk:
        bens = desk.get(PublishedShift, 1)
        with pytest.raises(OfficeError):
            desk.do(offer, bens)
        with _signed(desk, "cyd") as entry, pytest.raises(Refused, match="not your shift"):
            entry.do(offer, bens)
        with _signed(desk, "ben") as entry:
            entry.do(offer, bens)
        with _signed(desk, "ben") as entry, pytest.raises(Refused, match="your own shift"):
            entry.do(OFFER.action(ShiftOffer, "take"), _offer(office))
        with _signed(desk, "cyd") as entry:
            entry.do(OFFER.action(ShiftOffer, "take"), _offer(office))
        with _signed(desk, "cyd") as entry, pytest.raises(OfficeError):
            entry.do(OFFER.action(ShiftOffer, "approve"), _offer(office))
        assert _people(office)[0] == traded["ben"].id
        with _signed(desk, "mia") as entry:
            entry.do(OFFER.action(ShiftOffer, "approve"), _offer(office))
    assert _people(office)[0] == traded["cyd"].id
    actors = office.rows("SELECT actor FROM core_action WHERE verb GLOB 'hr.*offer*' ORDER BY id")
    assert [actor for (actor,) in actors] == ["ben", "cyd", "mia"]
