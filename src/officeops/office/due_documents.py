"""Due items of documents that end: a line for the lead that has begun, a new one for the next.

A key has the document, its end and the lead, so snoozing the reminder of 90 days does not hide that
of 30, and nothing has to have run on the day on which a lead began.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from officeops.model.documents.expiring_document import replaced, type_table
from officeops.model.documents.rules_text import OF_TYPE, read
from officeops.model.documents.status import last_of_grace, reached, status_of
from officeops.model.due import Due

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from officeops.model.documents.expiring_document import ExpiringDocument
    from officeops.model.documents.status import ExpiryRules
    from officeops.model.due import Severity
    from officeops.model.office import Office

#: A renewal that begins later than the day after the end leaves a gap, and the old one is due.
_NO_GAP = "max(office_today(), ifnull(date({row}.expires_on, '+1 day'), ''))"


def due_documents(
    office: Office,
    kind: type[ExpiringDocument],
    until: date,
) -> Iterator[Due]:
    """Yield the due items of a kind of document by a day."""
    by_type = rules_by_type(office, kind)
    all_rules = (kind.terms, *by_type.values())
    longest = max(rules.longest for rules in all_rules)
    horizon = (until + timedelta(days=longest)).isoformat()
    where = _where(kind, is_verified=any(rules.verified for rules in all_rules))
    # Asked once: each question looks at the clock, the environment and the office's zone.
    today = office.today
    for document in office.all(kind, where, horizon, horizon):
        number = getattr(document, kind.typed_by) if kind.typed_by else None
        rules = by_type.get(number, kind.terms)
        yield from _Lines(office, document, rules, today, until).all()


def rules_by_type(office: Office, kind: type[ExpiringDocument]) -> Mapping[int | None, ExpiryRules]:
    """Return the rules of each type of a kind's documents."""
    if not kind.typed_by:
        return {}
    rows = office.rows(f"SELECT y.id, {OF_TYPE} FROM {type_table(kind)} y")
    return {number: read(text) for number, text in rows}


def _where(kind: type[ExpiringDocument], *, is_verified: bool) -> str:
    """Write the SQL for the documents that may have a line."""
    table = kind.meta.table
    pending = " OR verified_on IS NULL" if is_verified else ""
    # Days of notice have no index: SQLite goes through 5,000 documents in a millisecond, and an
    # index of each kind would lengthen the schema that every command reads.
    return (
        f"(expires_on <= ? OR notice_on <= ?{pending}) "
        "AND held_because IS NULL AND not_required_because IS NULL "
        f"AND NOT {replaced(table, table, begun=_NO_GAP.format(row=table))}"
    )


class _Lines:
    """The lines of one document: its end, its day of notice, and that it is not verified."""

    def __init__(
        self,
        office: Office,
        document: ExpiringDocument,
        rules: ExpiryRules,
        today: date,
        until: date,
    ) -> None:
        self._office, self._document = office, document
        self._rules, self._today, self._until = rules, today, until

    def all(self) -> Iterator[Due]:
        """Yield the lines."""
        document = self._document
        if self._rules.verified and document.verified_on is None:
            yield self._line("verify", self._today, "is not verified", action="verify")
        if document.expires_on is not None and (line := self._of_end(document.expires_on)):
            yield line
        # A contract that renews itself is lost on its day of notice, long before it ends.
        if document.notice_on is not None and (line := self._of_notice(document.notice_on)):
            yield line

    def _of_end(self, end: date) -> Due | None:
        has_ended = end < self._today
        if self._continues():
            filed = f"expired {end}; its renewal was filed {self._document.renewal_filed_on}"
            return self._line(f"{end}:filed", end, filed) if has_ended else None
        if has_ended:
            severity = self._document.severity
            return self._line(f"{end}:{self._phase(end)}", end, self._ended(end), severity)
        lead = self._lead(end)
        if lead is None:
            return None
        return self._line(f"{end}:{lead}", end, f"expires {end}{self._filed()}")

    def _continues(self) -> bool:
        """Whether it counts as its renewal was filed. Most types ask nothing of that."""
        if not self._rules.continues:
            return False
        return status_of(self._document.dates, self._rules, self._today).status == "renewal_filed"

    def _lead(self, end: date) -> int | None:
        """Return the lead that has begun, or the first, if that begins by the day asked for."""
        begun = reached(self._rules, end, self._today)
        if begun is not None:
            return begun
        longest = self._rules.longest
        return longest if (end - self._until).days <= longest else None

    def _phase(self, end: date) -> str:
        in_grace = self._today <= last_of_grace(end, self._rules)
        return "in-grace" if in_grace else "expired"

    def _ended(self, end: date) -> str:
        if self._phase(end) == "expired":
            return f"expired {end}{self._filed()}"
        last = last_of_grace(end, self._rules)
        counts = "it still counts" if self._rules.works_in_grace else "it does not count"
        return f"expired {end}; in grace until {last}, {counts}{self._filed()}"

    def _filed(self) -> str:
        """Say that a renewal was filed, where the rules do not let the document continue."""
        filed = self._document.renewal_filed_on
        return f"; its renewal was filed {filed}" if filed else ""

    def _of_notice(self, day: date) -> Due | None:
        end = self._document.expires_on
        if end is not None and end < self._today:
            return None
        if day < self._today:
            return self._line(f"notice:{day}:passed", day, f"could be ended until {day}", "money")
        lead = self._lead(day)
        if lead is None:
            return None
        words = f"can be ended until {day}: give notice"
        return self._line(f"notice:{day}:{lead}", day, words, action="edit")

    def _line(
        self,
        key: str,
        on: date,
        words: str,
        severity: Severity = "routine",
        action: str = "renew",
    ) -> Due:
        document = self._document
        owner = document.owner_of(self._office)
        detail = document.due_detail(self._office)
        named = self._named()
        return Due(
            key=f"{document.meta.key}:{document.id}:{key}",
            on=on,
            what=f"{named} {words}: {detail}" if detail else f"{named} {words}",
            severity=severity,
            owner=owner,
            others=document.others_of(self._office),
            action=action,
            record=document.meta.key,
            record_id=document.id,
        )

    def _named(self) -> str:
        """Name the document at the beginning of a sentence: by its type, if it is somebody's."""
        document, office = self._document, self._office
        number = getattr(document, document.typed_by) if document.typed_by else None
        if document.of and number:
            labels = (self._label(document.typed_by), self._label(document.of))
            return " of ".join(labels)
        described = office.describe(document)
        return f"{described[:1].upper()}{described[1:]}"

    def _label(self, name: str) -> str:
        target = self._office.target(self._document.meta.by_name[name])
        number = getattr(self._document, name)
        return self._office.label(target, number) if target else f"#{number}"
