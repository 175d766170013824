"""The repeat of a spore test that was positive, from its failure: the sterilizer is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Outcome, Problem, Reason, Refused, action, choice, param
from officeops_maintenance.sterilizer.progress import progress_of
from officeops_maintenance.sterilizer.spore_test import READERS, SporeTest

if TYPE_CHECKING:
    from datetime import date, datetime

    from officeops import Office
    from officeops_maintenance.sterilizer.failure import Failure

_EXPIRES: Final = param(kind="date", default=None)


def _not_to_repeat(office: Office, failure: Failure) -> str | None:
    # A test before the review or the repair would not count.
    stage, *_ = progress_of(office, failure)
    if stage in {"repeat", "ready"}:
        return None
    why = f"{stage} comes first" if stage else f"it is {failure.state}"
    return Reason(why, code="wrong-state")


def _refuse_early(
    office: Office,
    failure: Failure,
    run_at: datetime | None,
) -> None:
    """Raise Refused for a cycle before the review or the repair: it would not count."""
    since = max(filter(None, (failure.reviewed_at, failure.repaired_at)), default=None)
    if run_at is None or since is None or run_at >= since:
        return
    begin = f"{office.ways.clock(since):%Y-%m-%d %H:%M}"
    why = f"is before {begin}, when the review or the repair was done: it would not count"
    raise Refused([Problem(why, "run_at", code="out-of-range")], failure.human_key)


@action(
    "maintenance.sterilizer-failure.repeat",
    unless=_not_to_repeat,
    label="Repeat the test",
)
def repeat(
    office: Office,
    failure: Failure,
    run_at: datetime | None = param(  # noqa: B008 - a declaration
        default=None, help="When its cycle ran. [default: now]"
    ),
    empty_chamber: bool | None = param(  # noqa: FBT001 - a field of a form
        default=None, help="It ran in an empty chamber. [default: as the procedure asks]"
    ),
    indicator_lot: str | None = param(default=None, example="2203A"),
    indicator_expires_on: date | None = _EXPIRES,
    reader: str = choice(
        *READERS,
        default="office",
        help="Who incubates and reads it",
    ),
) -> Outcome:
    """Book the next test of the row that the procedure demands."""
    _refuse_early(office, failure, run_at)
    # Only after a repair; the first repeat runs as the failed cycle did.
    asks_empty = failure.empty_chamber and progress_of(office, failure)[2] == failure.after_repair
    test = office.add(
        SporeTest(
            equipment_id=failure.equipment_id,
            run_at=run_at or office.now(),
            empty_chamber=asks_empty if empty_chamber is None else empty_chamber,
            indicator_lot=indicator_lot,
            indicator_expires_on=indicator_expires_on,
            reader=reader,
        )
    )
    return Outcome(test, f"{test.human_key} is booked: officeops spore-test read {test.human_key}")
