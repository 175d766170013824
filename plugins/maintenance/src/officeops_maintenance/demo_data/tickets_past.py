"""The tickets of the made-up practice: each report, and the steps that followed it, day by day.

`tickets.csv` has the days from today of each report, and its steps with the days after the report:
`call+0:They come on Thursday; close+3:return`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from officeops.demo import demo_rows, working_again
from officeops.services import Stock
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.tickets.life import TICKET
from officeops_maintenance.tickets.parts import use_part
from officeops_maintenance.tickets.ticket import Ticket
from officeops_maintenance.tickets.vendor_call import call

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from officeops.demo import Demo

    #: A day, a person, and what that person did.
    Step = tuple[date, str, Callable[[], object]]

#: The field that takes the text of a step.
_TEXTS: Final = {
    "triage": "priority",
    "wait": "waiting_for",
    "reopen": "reason",
}
_DROPPED: Final = ("reject", "cancel")
_SOLVED: Final = ("resolve", "close")


class TicketsPast:
    """The steps of all tickets, each on its day by its person."""

    def __init__(
        self,
        demo: Demo,
        vendors: Mapping[str, int | None],
    ) -> None:
        self._demo, self._office, self._vendors = demo, demo.office, vendors
        self._units = {unit.name: unit.id for unit in demo.office.all(Equipment)}
        #: The tickets by their titles; no two of the file have the same.
        self._ids: dict[str, int] = {}

    def steps(self) -> Iterator[Step]:
        """Yield every report and every step after it."""
        # A weekend puts several days on one Monday: the earlier step stays the earlier one.
        for days, person, take in sorted(self._planned(), key=lambda step: step[0]):
            yield self._day(days), person, take

    def _planned(self) -> Iterator[tuple[int, str, Callable[[], object]]]:
        """Yield the steps by their days from today, row by row."""
        for row in demo_rows(__package__, "tickets.csv"):
            yield int(row["days"]), row["reported_by"], partial(self._report, row)
            for step in filter(None, row["steps"].split("; ")):
                head, _, text = step.partition(":")
                verb, _, later = head.partition("+")
                # Another person than the one who resolved it has to verify it.
                person = "priya" if verb == "verify" else row["assignee"] or "ann"
                take = partial(
                    self._take,
                    row,
                    verb,
                    text,
                )
                yield int(row["days"]) + int(later), person, take

    def _day(self, days: int) -> date:
        # The next working day may be in the future, which nothing is from.
        return min(working_again(self._demo.day(days)), self._demo.today)

    def _report(self, row: Mapping[str, str]) -> None:
        with self._office.acting("maintenance.ticket.add"):
            ticket = Ticket(
                title=row["title"],
                equipment_id=self._units.get(row["equipment"]),
                priority=row["priority"],
                unsafe=row["unsafe"] == "yes",
                reported_by=row["reported_by"],
            )
            self._ids[row["title"]] = self._office.add(ticket).id

    def _take(
        self,
        row: Mapping[str, str],
        verb: str,
        text: str,
    ) -> None:
        office = self._office
        ticket = office.get(Ticket, self._ids[row["title"]])
        if verb == "call":
            self._call(row, ticket, text)
            return
        if verb == "use-part":
            self._use_part(ticket, text)
            return
        asked = self._asked(row, verb, text)
        with office.acting(f"maintenance.ticket.{verb}"):
            TICKET.move(office, ticket, verb, **asked)

    def _call(
        self,
        row: Mapping[str, str],
        ticket: Ticket,
        text: str,
    ) -> None:
        vendor_id = self._vendors.get(row["vendor"])
        # Without the vendors nobody is there to call.
        if vendor_id is not None:
            self._office.do(
                call,
                ticket,
                said=text,
                vendor_id=vendor_id,
            )

    def _use_part(self, ticket: Ticket, text: str) -> None:
        """Take a part of today from stock: its ledger has the past already, day by day."""
        if self._office.service(Stock) is None:
            return
        item, _, quantity = text.partition("=")
        self._office.do(
            use_part,
            ticket,
            item=item,
            quantity=int(quantity),
            location="Front desk",
        )

    def _asked(
        self,
        row: Mapping[str, str],
        verb: str,
        text: str,
    ) -> dict[str, Any]:
        """Return the values of a step: those of the ticket's row, and its own text."""
        if verb == "assign":
            vendor_id = self._vendors.get(row["vendor"])
            # Without the vendors it has to be somebody of the practice.
            person = text or row["assignee"] or ("" if vendor_id else "ann")
            return {"assignee": person or None, "vendor_id": vendor_id}
        if verb == "mark-duplicate":
            return {"duplicate_of_id": self._ids[text]}
        if verb in _TEXTS:
            return {_TEXTS[verb]: text}
        if verb in _DROPPED:
            return {"reason": row["resolution"]}
        if verb not in _SOLVED:
            return {}
        back = {"return_unit": text == "return"} if verb == "close" else {}
        return {**_solution(row), **back}


def _solution(row: Mapping[str, str]) -> dict[str, Any]:
    """Return how a ticket was solved; money in cents, labor in minutes, None where nobody said."""
    return {
        "resolution": row["resolution"],
        "cause": row["cause"] or None,
        "cost": int(row["cost"]) * 100 if row["cost"] else None,
        "labor": int(row["labor"]) if row["labor"] else None,
    }


def take_steps(demo: Demo, steps: list[Step]) -> None:
    """Take steps in the order of their days, each by its person."""
    for day, person, do in sorted(steps, key=lambda step: step[0]):
        with demo.at(day, person):
            do()
