"""The types of documents that most practices have: suggestions for a new office, not law."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops.model.actions import action

if TYPE_CHECKING:
    from officeops.model.actions import Action
    from officeops.model.office import Office

_UNCONFIRMED: Final = "not confirmed by the office"


def add_types(office: Office) -> list[str]:
    """Add the suggested types that the office has none of, in an action; return their names."""
    from officeops.core.document_records import DocumentType

    added = []
    for row in _suggested():
        # An archived one was taken out on purpose.
        if not office.find_ids(DocumentType, row["name"], by_id=False):
            day = row.pop("compared_on")
            row["source"] += f" (compared {day})" if day else f" ({_UNCONFIRMED})"
            added.append(row)
    office.add_many(DocumentType, [{**row, "proof": row["proof"] or None} for row in added])
    return [row["name"] for row in added]


def _suggested() -> list[dict[str, str]]:
    """Read the suggestions. Each state and contract differs, so none of them is required."""
    # Actions are imported by commands that never add a type.
    import csv
    from importlib.resources import files

    text = files("officeops.core").joinpath("document_types.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


@action("core.add-document-types", beside=("core.document-type", "core.practice-document"))
def add_document_types(office: Office) -> str:
    """Add the usual types of practice documents."""
    names = add_types(office)
    if not names:
        return "All of the usual document types are there."
    return f"{len(names)} document types added; mark those that you have to have as required."


ACTIONS: list[Action[..., Any]] = [add_document_types]
