"""The problems of a kind of document that ends, which its declaration alone does not show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.authoring.checks import Finding
from officeops.model.documents.expiring_document import ExpiringDocument
from officeops.model.documents.required_document import RequiredDocument
from officeops.model.error_words import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.records import Record
    from officeops.office.office import Office


def document_problems(office: Office, record: type[Record]) -> Iterator[Finding]:
    """Yield the problems of a kind of document that ends, if it is one."""
    if not issubclass(record, ExpiringDocument):
        return
    if record.rules is not ExpiringDocument.rules:
        why = "it has rules() of its own, which no filter asks; say them by `terms` or a type"
        yield Finding("document-rules", why)
    yield from _references(record)
    yield from _actions(office, record)
    yield from _requirements(office, record)


def _references(record: type[ExpiringDocument]) -> Iterator[Finding]:
    """Yield an `of` that is no reference. A `typed_by` that is none is no declaration at all."""
    field = record.meta.by_name.get(record.of)
    if record.of and (field is None or not field.target):
        yield Finding("document-references", f"its of is {record.of!r}, which is no reference")


def _actions(office: Office, record: type[ExpiringDocument]) -> Iterator[Finding]:
    """Yield that the hook gives not all of its actions."""
    given = {action.name for action in office.actions(record)}
    lost = [action.verb for action in record.actions() if action.name not in given]
    if lost:
        why = f"the hook actions gives no {lost[0]}; return *{record.__name__}.actions() there"
        yield Finding("document-actions", why)


def _requirements(office: Office, record: type[ExpiringDocument]) -> Iterator[Finding]:
    """Yield that its requirements fail, or are of another type."""
    try:
        answers = list(record.requirements(office))
    except Exception as error:  # noqa: BLE001 - code of a plugin
        yield Finding("document-required", f"its requirements() fails: {told(error)}")
        return
    for answer in answers:
        if not isinstance(answer, RequiredDocument):
            why = f"its requirements() yields {answer!r}, which is no RequiredDocument"
            yield Finding("document-required", why)
            return
