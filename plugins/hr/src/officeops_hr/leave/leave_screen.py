"""The screen of leave: requests to decide on with their reasons, and who is off in six weeks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops.tui import Key, Line, LineScreen, cut, new_key, pad, record_keys
from officeops.values import safe, wording
from officeops_hr.leave.amounts import hours, span
from officeops_hr.leave.decision import Decision
from officeops_hr.leave.life import LEAVE
from officeops_hr.leave.policy import LeavePolicy
from officeops_hr.leave.request import LeaveRequest
from officeops_hr.leave.team_calendar import weeks
from officeops_hr.people.person import Person

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops import Office
    from officeops_hr.leave.team_calendar import Week

#: The rank of a key that the key line leaves out.
_NEVER: Final = 9
_SHOWN: Final = timedelta(days=41)
#: Cells of a day: a time such as 12:30 with its question mark, and a blank.
_CELL: Final = 7


class Card(Value):
    """A request to decide on: who asks for which days, and the reasons."""

    request: LeaveRequest
    what: str
    reasons: Sequence[str]
    is_possible: bool


class Board(Value):
    """All that the screen shows."""

    cards: Sequence[Card]
    weeks: Sequence[Week]


class LeaveScreen(LineScreen):
    """Requests to decide on, and the calendar of the team."""

    slow = True

    def gather(self, office: Office) -> Board:
        """Read the requests and the calendar."""
        # The first day first: it is the one that cannot wait.
        waiting = office.all(LeaveRequest, "state = 'submitted'", order="first_day, id")
        cards = [_card(office, request) for request in list(waiting)]
        shown = weeks(office, office.today, office.today + _SHOWN, pending=True)
        return Board(cards, list(shown))

    def crumb(self) -> str:
        """Return the screen's name."""
        return "Leave"

    def status(self) -> str:
        """Return how many requests wait."""
        if self.gathered is None:
            return "reading…"
        return f"{wording.count(len(self.gathered.cards), 'request')} to decide"

    def make_lines(self, width: int) -> Sequence[Line]:
        """Return the requests with their reasons, then the weeks."""
        if self.gathered is None:
            return [Line.of("Reading the requests…", "dim")]
        lines = [Line.of("To decide", "head")]
        for card in self.gathered.cards:
            lines += _card_lines(card, width)
        if not self.gathered.cards:
            lines.append(Line.of("Nobody waits for a decision. n adds a request.", "dim"))
        for week in self.gathered.weeks:
            lines += _week_lines(week, width)
        return lines

    # -- keys ------------------------------------------------------------------------------------

    def own_keys(self) -> Iterator[Key]:
        """Yield the keys of the screen, and those of the request under the cursor."""
        yield Key(("enter", "right"), "open", self.open, "Open the request", 1, means="open")
        yield new_key(self, LeaveRequest, dict)
        for key in record_keys(self, LeaveRequest, self._chosen):
            # Pressed all the same, the key says why not; only the key line leaves it out.
            yield key if self._is_ready(key) else key.replace(rank=_NEVER)

    @property
    def request(self) -> LeaveRequest | None:
        """The request under the cursor, as the screen was read."""
        return self.selected if isinstance(self.selected, LeaveRequest) else None

    def _is_ready(self, key: Key) -> bool:
        way = LEAVE.transitions.get(key.keys[-1].removeprefix(":"))
        if way is None:
            return True
        return self.request is not None and self.request.state in way.sources

    def _chosen(self) -> Sequence[LeaveRequest]:
        if self.request is None:
            return []
        # Read again, since somebody may have decided after the screen was read.
        return [self.office.get(LeaveRequest, self.request.id)]

    def open(self) -> None:
        """Open the request under the cursor."""
        if self.request is None:
            self.say("Move to a request first.")
            return
        self.navigator.open_record(LeaveRequest, self.request.id)


def _card(office: Office, request: LeaveRequest) -> Card:
    decision = Decision(office, request)
    who = office.label(Person, request.person_id)
    policy = office.label(LeavePolicy, request.policy_id)
    days = span(request.first_day, request.until)
    amount = hours(decision.minutes)
    what = f"{request.human_key} {who}: {policy} {days}, {amount}"
    reasons = []
    balance = decision.balance()
    if balance is not None:
        left = hours(balance[1])
        reasons.append(f"{left} would be left on {request.until}")
    refusals = list(decision.refusals())
    reasons += [f"cannot be approved: {reason}" for reason in refusals]
    reasons += decision.doubts()
    return Card(
        request,
        what,
        reasons,
        is_possible=not refusals,
    )


def _card_lines(card: Card, width: int) -> Iterator[Line]:
    text = cut(safe(card.what), width)
    key = f"request {card.request.id}"
    if card.is_possible:
        yield Line.of(text, "", card.request, key)
    else:
        yield Line.of(text, "alarm", card.request, key)
    for reason in card.reasons:
        words = cut(safe(f"    {reason}"), width)
        yield Line.of(words, "dim")


def _week_lines(week: Week, width: int) -> Iterator[Line]:
    # The days take the cells that they need, and names the rest.
    room = width - _CELL * len(week.days)
    days = [f"{day:%a} {day.day}" for day in week.days]
    heading = f"From {week.days[0]}"
    yield Line()
    yield Line.of(_row(heading, days, room), "head")
    if not week.rows:
        yield Line.of("Nobody is off.", "dim")
    for name, cells in week.rows:
        yield Line.of(_row(name, cells, room))


def _row(
    name: str,
    cells: Sequence[str],
    room: int,
) -> str:
    """Return a name and the cells behind it, each in its place."""
    shown = cut(safe(name), room - 1)
    texts = [pad(shown, room)]
    texts += [pad(cell, _CELL) for cell in cells]
    return "".join(texts)
