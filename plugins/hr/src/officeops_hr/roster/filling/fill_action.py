"""Fill: takes rows of a draft into the plan, as one change that one undo takes back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from officeops import NotFound, Refused, action, param
from officeops.values import wording
from officeops_hr.roster.filling.draft import Draft
from officeops_hr.roster.office_limits import limits_of
from officeops_hr.roster.plan import Plan
from officeops_hr.roster.rules.cycle import DAYS, monday_of
from officeops_hr.roster.rules.shift import DAY
from officeops_hr.roster.shift import Shift
from officeops_hr.roster.usual_place import usual_place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from officeops import Action, Office
    from officeops_hr.roster.filling.proposal import Proposal

ALL: Final = "all"
#: A draft of more days would take long, and most of it would be stale before it is read.
_LONGEST: Final = 8 * DAYS


def draft_of(
    office: Office,
    first: date,
    until: date | None = None,
    place: int | None = None,
    *,
    moves: bool = True,
) -> Draft:
    """Return the draft for some days at a place; without an end, up to the Sunday of the week."""
    # By the week, since hours and days are limited by the week.
    last = until or monday_of(first) + timedelta(days=DAYS - 1)
    if last < first:
        raise Refused("The last day is before the first.", code="wrong-order")
    if (last - first).days >= _LONGEST:
        raise Refused(f"A draft is of {_LONGEST} days at most.", code="out-of-range")
    where = place or usual_place(office)
    if where is None:
        raise Refused("The office has no location yet.", code="needed")
    return Draft(
        Plan(
            office,
            where,
            first,
            last,
        ),
        limits_of(office),
        moves=moves,
    )


_FIRST: Final[date] = param(help="The first day")
_UNTIL: Final[date | None] = param(default=None, help="Blank: to the end of that week")
_PLACE: Final[int | None] = param(
    default=None,
    target="core.location",
    help="Blank: the usual place",
)
_CODE: Final[str | None] = param(
    default=None,
    help="Its code, so that no other draft is taken",
    label="Draft",
)
_DESPITE: Final[str | None] = param(
    default=None,
    help="Why, although a rule warns of a row",
    label="Despite",
)


@action("hr.fill-schedule", label="Fill open seats")
def fill_schedule(
    office: Office,
    first: date = _FIRST,
    until: date | None = _UNTIL,
    place_id: int | None = _PLACE,
    take: str = param(
        default=ALL,
        example="3,5",
        help="Rows of the draft: all, or numbers",
    ),
    draft: str | None = _CODE,
    despite: str | None = _DESPITE,
    *,
    only_open: bool = param(default=False, help="Move nobody from a shift that they have"),
) -> str:
    """Take rows of the draft that fills open seats."""
    made = draft_of(
        office,
        first,
        until,
        place_id,
        moves=not only_open,
    )
    # Rows are numbers: of another plan, the same number would be another row.
    if draft is not None and draft != made.code:
        raise Refused(
            f"The plan has changed: the draft is now {made.code}. Look at it again.",
            code="changed-since",
        )
    if not made.wanted:
        return "No seat is open."
    if not made.proposals:
        open_seats = wording.count(len(made.open_seats), "open seat")
        raise Refused(
            f"Nobody fits any of the {open_seats}; officeops roster fill says why.",
            code="nothing-to-do",
        )
    rows = _chosen(made, take)
    doubts = {row.number: made.doubts(row) for row in rows}
    _refuse_doubts(
        made,
        rows,
        despite,
    )
    _take(
        office,
        rows,
        {number: despite for number, said in doubts.items() if said},
    )
    return _said(made, rows)


def _chosen(made: Draft, take: str) -> list[Proposal]:
    """Return the rows that the text names, with those that go with them."""
    if take.strip().casefold() == ALL:
        return made.proposals
    known = {row.number for row in made.proposals}
    numbers = []
    for word in take.replace(",", " ").split():
        if not word.isdecimal() or int(word) not in known:
            why = f"The draft has no row {word!r}; its rows are 1 to {len(known)}."
            raise NotFound(
                why,
                code="not-found",
                facts={"kind": "row", "text": word},
            )
        numbers.append(int(word))
    if not numbers:
        raise Refused("Say which rows: all, or their numbers.", code="needed")
    return made.with_group(numbers)


def _refuse_doubts(
    made: Draft,
    rows: Sequence[Proposal],
    despite: str | None,
) -> None:
    """Raise Refused, naming the rows of which a rule warns, unless there is a reason."""
    if despite:
        return
    warned = [
        f"row {row.number}: {wording.listing(list(doubts))}"
        for row in rows
        if (doubts := made.doubts(row))
    ]
    if warned:
        raise Refused(
            f"A rule warns of {'; '.join(warned[:3])}. Say why you want them with --despite.",
            code="needed",
        )


def _take(
    office: Office,
    rows: Sequence[Proposal],
    reasons: Mapping[int, str | None],
) -> None:
    """Write the rows in an order in which nobody is ever in two places."""
    left = list(rows)
    while left:
        # Who leaves a shift for another can take it only after the first has gone.
        losing = {row.before for row in left if row.before is not None}
        ready = [row for row in left if row.after is None or row.after not in losing]
        for row in ready:
            _write(
                office,
                row,
                row.after,
                reasons.get(row.number),
            )
        # People who exchange shifts wait for each other: one of the shifts is open for a moment.
        if not ready:
            _write(
                office,
                left[0],
                None,
                None,
            )
            left[0] = left[0]._replace(before=None)
        left = [row for row in left if row not in ready]


def _write(
    office: Office,
    row: Proposal,
    person: int | None,
    despite: str | None,
) -> None:
    # The reason of an earlier override was about another person.
    if row.shift.id:
        shift = office.get(Shift, row.shift.id)
        office.edit(
            shift,
            managed=True,
            person_id=person,
            # An open seat would be filled again by the next draft, and nobody needs it.
            dropped=row.is_spare,
            origin="filler",
            despite=despite,
        )
        return
    office.add(
        Shift(
            day=row.shift.on,
            person_id=person,
            role_id=row.shift.role,
            starts_at=row.shift.start,
            ends_at=row.shift.end % DAY,
            unpaid=row.shift.pause,
            location_id=row.shift.place,
            origin="filler",
            despite=despite,
        )
    )


def _said(made: Draft, rows: Sequence[Proposal]) -> str:
    # Both numbers: who takes three rows wants to know that two are left.
    count = wording.count(len(rows), "row")
    left = len(made.proposals) - len(rows)
    said = f"{count} of the draft taken"
    if left:
        return f"{said}, {left} left."
    still_open = len(made.open_seats)
    return f"{said}; {wording.count(still_open, 'seat')} still open." if still_open else f"{said}."


ACTIONS: Final[list[Action[..., Any]]] = [fill_schedule]
