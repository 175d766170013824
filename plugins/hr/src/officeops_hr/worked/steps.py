"""The steps of a timesheet: what each asks, and what the lock hands over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Reason
from officeops.values import wording
from officeops_hr.worked.handing_over import hand_over
from officeops_hr.worked.hour_text import hours
from officeops_hr.worked.pay_week import LAST_DAY
from officeops_hr.worked.worked_week import WorkedWeek

if TYPE_CHECKING:
    from officeops import Office
    from officeops_hr.worked.timesheet import Timesheet

#: So many missing days are named; the rest is a number.
_NAMED: Final = 3


def cannot_submit(office: Office, sheet: Timesheet) -> str | None:
    """Return why a week cannot be handed in, or None."""
    last = sheet.week + LAST_DAY
    if last > office.today:
        return Reason(f"it ends on {last}", code="wrong-state")
    # Nothing is assumed to be worked, and a day that is forgotten is found now.
    missing = [
        one.day
        for one in WorkedWeek(
            office,
            sheet.person_id,
            sheet.week,
        ).missing
    ]
    if not missing:
        return None
    days = ", ".join(f"{day:%a} {day}" for day in missing[:_NAMED])
    more = f" and {len(missing) - _NAMED} more" if len(missing) > _NAMED else ""
    words = f"hours are missing of {days}{more}: officeops confirm-time, or time-entry add"
    return Reason(words, code="needed")


def submitted(
    office: Office,
    sheet: Timesheet,
    **asked: Any,  # noqa: ANN401, ARG001 - what a transition asks for
) -> str:
    """Say how much was handed in."""
    minutes = WorkedWeek(
        office,
        sheet.person_id,
        sheet.week,
    ).minutes
    return f"{sheet.human_key}: {hours(minutes.all)} of the week of {sheet.week} handed in."


def cannot_lock(office: Office, sheet: Timesheet) -> str | None:
    """Return why a week cannot be closed, or None."""
    # A day may have been published after the week was handed in.
    return cannot_submit(office, sheet)


def locked(
    office: Office,
    sheet: Timesheet,
    **asked: Any,  # noqa: ANN401, ARG001
) -> str:
    """Hand the hours over, with the corrections of weeks before."""
    kept = hand_over(
        office,
        sheet.person_id,
        sheet.week,
    )
    late = sorted({one.week for one in kept if one.week != sheet.week})
    sums = sum(one.minutes for one in kept)
    also = f", with corrections of {wording.listing([str(week) for week in late])}" if late else ""
    return f"{sheet.human_key}: {hours(sums)} handed over{also}."
