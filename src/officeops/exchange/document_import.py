"""Documents that end, from a file: what people noted of each, and what it replaces."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from officeops.exchange.importer import Importer, Row
from officeops.model.documents.actions import newer_than
from officeops.model.fields import Field
from officeops.query.own_number import goes_by_number, read_number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops.model.documents.expiring_document import ExpiringDocument
    from officeops.model.office import Office

_REPLACES = "replaces"


class ExpiringDocumentImport(Importer):
    """Brings what actions wrote of a document, and links each renewal to the document before it."""

    extra = (
        Field(
            "text",
            default=None,
            label="Replaces",
            help="The own number of the document that this one renewed",
        ).named(_REPLACES, "str"),
    )
    restores = (
        "verified_on",
        "verified_by",
        "verified_source",
        "renewal_filed_on",
        "not_required_because",
        "held_because",
    )
    # It follows from the renewals, which are linked at the end.
    later = ("current", "has_begun")

    def __init__(self, office: Office, source: str) -> None:
        super().__init__(office, source)
        #: The ids of the documents by their own numbers in the file.
        self._ids: dict[int, int] = {}
        #: New documents with the line and the text of what they replace.
        self._renewals: list[tuple[int, int, str]] = []

    def added(self, rows: list[Row]) -> None:
        """Remember which new documents replace another: that may come in a later row."""
        self._note(rows)
        for row in rows:
            if text := row.extra.get(_REPLACES):
                self._renewals.append((row.id, row.line, text))

    def fixed(self, rows: list[Row]) -> dict[int, list[str]]:
        """Return the documents that replace another one here than in the file."""
        self._note(rows)
        if _REPLACES not in self.given:
            return {}
        different = {}
        for row in rows:
            document = self._document(row.id)
            text = row.extra.get(_REPLACES)
            if document and not self._is_said(document, text):
                different[row.id] = [_REPLACES]
        return different

    def _is_said(self, document: ExpiringDocument, text: str | None) -> bool:
        """Whether a file says of a document what it replaces here."""
        old = document.replaces_id
        if not text or not old:
            return not text and not old
        # An export leaves out an archived document, so no row of the file has its number.
        return old in {self._target(text), self._number(text)}

    def finish(self) -> Iterable[str]:
        """Link the renewals, the whole file having come in."""
        for record_id, line, text in self._renewals:
            renewal = self._document(record_id)
            if renewal is not None and (why := self._link(renewal, text)):
                said = f"Line {line:,} is not linked to {text}, which it replaces: {why}."
                self.left.append(said)
        return ()

    def _link(self, renewal: ExpiringDocument, text: str) -> str:
        """Link a renewal to the document that a text names, or return why not."""
        old = self._document(self._target(text))
        if old is None:
            return "neither the file nor the office has it"
        why = self._why_not(renewal, old)
        if not why:
            self.office.edit(renewal, managed=True, replaces_id=old.id)
        return why

    def _note(self, rows: list[Row]) -> None:
        for row in rows:
            if row.number:
                self._ids[row.number] = row.id

    def _target(self, text: str) -> int | None:
        """Return the id of the document that a text names: by its number in the file, or its word."""
        kind = self.kind
        if goes_by_number(kind.meta):
            number = self._number(text)
            return self._ids.get(number, 0 if self._ids else number)
        ids = self.office.find_ids(kind, text, by_id=False)
        return ids[0] if len(ids) == 1 else None

    def _number(self, text: str) -> int:
        """Return the number that a text is; 0 for another text."""
        try:
            return read_number(self.kind.meta, text)
        except ValueError:
            return 0

    def _document(self, number: int | None) -> ExpiringDocument | None:
        kind = cast("type[ExpiringDocument]", self.kind)
        if not number or self.office.out_of_reach(kind, [number]):
            return None
        return next(iter(self.office.all(kind, "id = ?", number)), None)

    def _why_not(self, renewal: ExpiringDocument, old: ExpiringDocument) -> str:
        """Return why a document does not renew another one; blank if it may."""
        if renewal.of and getattr(old, renewal.of) != getattr(renewal, renewal.of):
            return "that belongs to another record"
        if newer_than(self.office, old):
            return "another document renewed it already"
        # Two that replace each other would both be out of every list.
        before: ExpiringDocument | None = old
        while before is not None:
            if before.id == renewal.id:
                return "they would replace each other"
            before = self._document(before.replaces_id)
        return ""


class PracticeDocumentImport(ExpiringDocumentImport):
    """Recognizes the practice's documents; a renewal has the same name, and is another one."""

    # From the surest to the weakest: a file need not have every column.
    keys = (
        ("name", "number", "issued_on"),
        ("name", "issued_on"),
        ("name", "number"),
        ("name", "expires_on"),
        ("name",),
    )
