"""Missing documents: requirements that no live document meets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.documents.required_document import RequiredDocument
from officeops.model.due import Due

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.documents.expiring_document import ExpiringDocument
    from officeops.model.office import Office


def of_types(office: Office, kind: type[ExpiringDocument]) -> Iterator[RequiredDocument]:
    """Yield the required types of a kind whose documents are the office's own."""
    if not kind.typed_by or kind.of:
        return
    types = office.records[kind.meta.by_name[kind.typed_by].target]
    for document_type in office.all(types, "required = 1"):
        yield RequiredDocument(document_type.id, office.name(document_type))


def missing(office: Office, kind: type[ExpiringDocument]) -> Iterator[RequiredDocument]:
    """Yield the requirements that no live document meets; one that expired has its own line.

    One of a day to come meets nothing before that day.
    """
    # A requirement is of a type.
    required = list(kind.requirements(office)) if kind.typed_by else []
    if not required:
        return
    # Documents of the office itself belong to no record.
    of = kind.of or "0"
    filed = set(
        office.rows(
            f"SELECT {kind.typed_by}, {of} FROM {kind.meta.table} WHERE archived_at IS NULL "
            "AND (issued_on IS NULL OR issued_on <= office_today())"
        )
    )
    for requirement in required:
        if (requirement.type_id, requirement.of_id) not in filed:
            yield requirement


def due_missing(office: Office, kind: type[ExpiringDocument]) -> Iterator[Due]:
    """Yield a due item for each requirement that no document meets."""
    meta = kind.meta
    for requirement in missing(office, kind):
        about = kind.of or kind.typed_by
        record = meta.by_name[about].target
        number = requirement.of_id or requirement.type_id
        yield Due(
            key=f"{record}:{number}:missing:{meta.key}:{requirement.type_id}",
            on=office.today,
            what=f"{requirement.what} is missing",
            severity=kind.severity,
            owner=requirement.owner,
            others=requirement.others,
            action=f"add {meta.a_record}",
            record=record,
            record_id=number,
        )
