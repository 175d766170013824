"""Vaccine offer: hepatitis B vaccination offered to a person, and the answer (29 CFR 1910.1030(f)(2))."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import DateOrder, Problem, Record, choice, field, ref
from officeops_hr.people.leaving import LEAVING, MEDICAL

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import Office

ANSWERS: Final = ("accepted", "declined", "immune", "vaccinated", "medical_reason")


class VaccineOffer(
    Record,
    key="hr.vaccine-offer",
    display="person_id",
    sort="person,-offered_on",
    also=("hepatitis-b", "declination"),
):
    """An offer of hepatitis B vaccination.

    Attach the signed declination, sealed.
    It is medical: HR alone sees it. A person who declined may accept later, by a further offer.
    """

    identity = (("person_id", "offered_on"),)
    retention = MEDICAL
    computed = (LEAVING,)

    person_id: int = ref("hr.person", indexed=False, list_rank=1, also=("employee",))
    offered_on: date = field(default=lambda office: office.today, list_rank=1, label="Offered")
    # "vaccinated" is before the hire; the record is asked for and attached.
    answer: str | None = choice(
        *ANSWERS, default=None, list_rank=2, help="Blank while the person has not answered"
    )
    answered_on: date | None = field(default=None, list_rank=3, label="Answered")
    remark: str | None = field(default=None, sealed=True, guard="hr.injury-health", hidden=True)

    date_orders = (DateOrder(("offered_on", "answered_on")),)

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse days to come, and half of an answer."""
        if self.offered_on > office.today:
            yield Problem("is a day to come", "offered_on", code="out-of-range")
        if self.answered_on and not self.answer:
            yield Problem("goes together with the answer", "answered_on", code="not-together")
