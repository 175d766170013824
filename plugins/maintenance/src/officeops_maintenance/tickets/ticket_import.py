"""Tickets from a file: an office's own export brings back what became of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Field, Reason
from officeops.exchange import Importer, Row
from officeops.values import read_date
from officeops_maintenance.tickets.life import UNSAFE
from officeops_maintenance.tickets.reported import out_of_service
from officeops_maintenance.tickets.ticket import Ticket
from officeops_maintenance.tickets.ticket_words import KNOWN, state_of, waits_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office


#: Who reported a row whose cell is blank.
_NOBODY: Final = "unknown"
_FIXED: Final = frozenset({"resolved", "verified", "closed"})


def _text(name: str, label: str, *also: str, **facts: Any) -> Field:  # noqa: ANN401 - a field's facts
    return Field("text", default=None, label=label, also=also, **facts).named(name, "str")


class TicketImport(Importer):
    """Brings what the steps of a ticket wrote, and takes the units of unsafe ones out of service."""

    restores = (
        "state",
        "waiting_for",
        "cause",
        "resolution",
        "cost",
        "labor",
        "duplicate_of_id",
        "reopened_because",
        "resolved_by",
        "resolved_at",
        "verified_by",
        "closed_by",
        "closed_at",
        "called_at",
        "answered_at",
    )
    extra = (
        _text(
            "status",
            "Status",
            "state",
            "work order status",
            "ticket status",
            "request status",
            help="Its state in words: Open, Done",
        ),
        _text(
            "created",
            "Created",
            "created at",
            "created on",
            "date created",
            "date reported",
            "opened",
            "requested on",
        ),
        _text("ended", "Completed", "completed on", "date completed", "closed on", "resolved on"),
    )
    # From the surest to the weakest: people write the same few words of many things, and a row
    # without its day goes by who reported it.
    keys = (
        ("title", "equipment_id", "reported_at"),
        ("title", "equipment_id", "reported_by"),
        ("title", "equipment_id"),
        ("title",),
    )
    # Two reports of one thing are two tickets.
    counted = keys
    # Dates of other programs' own planning, and their numbers.
    ignores = frozenset({"last updated", "updated", "updated at", "id", "work order number"})
    # They follow from the state, which is written with the row.
    later = ("stage", "is_open")

    def __init__(self, office: Office, source: str) -> None:
        super().__init__(office, source)
        self._ids: list[int] = []
        self._now = office.now().isoformat()

    def begin(self, given: frozenset[str], *, update: bool) -> None:
        """Tell tickets apart by the day of the report as well, where the file has it."""
        super().begin(given, update=update)
        self.fills = ("reported_at",) if "created" in given else ()

    def check(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Read states as other programs write them, and when a repair ended."""
        for row in rows:
            self._leave_unsaid(row)
            yield from self._state(row)
            yield from self._moments(row)

    def _leave_unsaid(self, row: Row) -> None:
        """Take neither this person nor this moment for what a blank cell does not say.

        Both would tell a row apart from the ticket that it brought before.
        """
        values = row.values
        if "reported_by" in row.blank:
            values["reported_by"] = _NOBODY
        is_undated = "created" in self.given and not row.extra.get("created")
        if is_undated or "reported_at" in row.blank:
            values["reported_at"] = None
            row.blank += ("reported_at",)

    def _state(self, row: Row) -> Iterable[tuple[Row, str, str]]:
        """Read the state of a row, and what it waits for."""
        word = row.extra.get("status")
        if not word:
            return
        state = state_of(word)
        if state is None:
            cure = f'or say which it is: --map "COLUMN=status:{word}=closed"'
            why = f"{word!r} is no state that an import knows; there are {', '.join(KNOWN)}, {cure}"
            yield row, "status", Reason(why, code="unknown-choice")
            return
        row.values["state"] = state
        if state == "waiting":
            row.values["waiting_for"] = waits_for(word)

    def refuse_new(
        self,
        rows: list[Row],
    ) -> Iterable[tuple[Row, str, str]]:
        """Date the new tickets of rows without a day: they are known from now on."""
        for row in rows:
            if row.values["reported_at"] is None:
                row.values["reported_at"] = self._now
        return ()

    def _moments(self, row: Row) -> Iterable[tuple[Row, str, str]]:
        """Keep when a ticket of another program was reported, and when its repair ended."""
        for name, column in (("created", "reported_at"), ("ended", "resolved_at")):
            text = row.extra.get(name)
            is_open = row.values["state"] not in _FIXED
            if not text or (name == "ended" and is_open):
                continue
            if why := self._take(row, column, text):
                yield row, name, why

    def _take(
        self,
        row: Row,
        column: str,
        text: str,
    ) -> str | None:
        try:
            row.values[column] = self._moment(text)
        except ValueError as error:
            return str(error)
        return None

    def _moment(self, text: str) -> str | None:
        """Read a moment; a day alone, as spreadsheets have it, is its beginning."""
        ways = self.office.ways
        field = Ticket.meta.by_name["reported_at"]
        try:
            moment = field.kind.reader(field, ways)(text)
        except ValueError as error:
            day = read_date(text, ways) if ":" not in text else None
            if day is None:
                raise error from None
            moment = ways.moment(day, 0)
        return moment.isoformat() if moment else None

    def added(self, rows: list[Row]) -> None:
        """Remember the tickets, whose units may be unsafe."""
        self._ids += [row.id for row in rows]

    def updated(self, rows: list[Row]) -> None:
        """Do so for those that the file changes."""
        self._ids += [row.id for row in rows]

    def finish(self) -> Iterable[str]:
        """Take the units out of service that an open ticket of the file calls unsafe."""
        for number in self._ids:
            ticket = self.office.first(Ticket, f"id = ? AND {UNSAFE}", number)
            if ticket is not None:
                yield from out_of_service(self.office, ticket)
