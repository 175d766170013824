"""Paid time: minutes that were handed over to the payroll, and are never changed again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self

from officeops import Record, Refused, choice, computed, field, named, ref
from officeops_hr.people.scope import PEOPLE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from officeops import Office

RATES: Final = ("regular", "overtime", "double")


class PaidTime(
    Record,
    key="hr.paid-time",
    plural="Paid time",
    display="week",
    sort="-handed_over,person,week,id",
    actions_only=True,
    append_only=True,
    scope=PEOPLE.by("person_id", all="manage"),
    indexes=(("person_id", "week"), ("handed_over",)),
):
    """Minutes of a week at a rate, as payroll got them.

    A correction of an earlier week is more of these, with the week that it is about.
    """

    person_id: int = ref(
        "hr.person",
        indexed=False,
        list_rank=1,
    )
    # Dates and no references: a sheet may be archived, and its paid time stays.
    handed_over: date = field(
        list_rank=1,
        label="Paid with",
        help="The week that was locked",
    )
    week: date = field(list_rank=1, help="The week in which the time was worked")
    rate: str = choice(*RATES, list_rank=1)
    minutes: int = field(
        kind="hours",
        list_rank=1,
        label="Hours",
    )

    added_by = "officeops timesheet lock"
    not_undone = "`officeops timesheet unlock` with a reason opens the week for corrections"
    computed = (
        computed(
            "correction",
            "(t.week <> t.handed_over)",
            kind="yes_no",
            list_rank=2,
            help="Of a week that was paid before",
        ),
    )

    @classmethod
    def balance_out(cls, office: Office, entries: Sequence[Self]) -> None:
        """Refuse to undo a lock: a week that was paid is opened with a reason that stays."""
        paid = entries[0]
        sheet = named("officeops_hr.worked.timesheet:sheet_of")
        key = sheet(
            office,
            paid.person_id,
            paid.handed_over,
        )
        why = (
            "its hours are with the payroll, so its lock is not undone. Open the week and say why: "
            f"officeops timesheet unlock {key} --why-unlocked REASON"
        )
        raise Refused(
            why,
            f"{key}",
            code="cannot-undo",
        )
