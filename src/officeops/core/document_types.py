"""The types of documents that most practices have: suggestions for a new office, not law."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops.model.actions import action

if TYPE_CHECKING:
    from officeops.model.actions import Action
    from officeops.model.office import Office

#: Name, days of the reminders, the kind of proof for inspectors, and what to look at. Each state and each contract differs, so no type
#: is required until the office says so.
TYPES: Final = """
CLIA certificate              | 180 90 60 30    | clia-certificate         | Two years as a rule
State laboratory license      | 180 90 60 30    | state-laboratory-license | The state, where it asks for one
DEA registration              | 90 60 30        | dea-registration         | Three years as a rule, for each prescriber and address
State drug registration       | 90 60 30        | state-drug-registration  | The state, where it asks for one
VFC provider agreement        | 60 30           | vfc-provider-agreement   | The state's vaccine program
X-ray registration            | 90 60 30        |                          | Radiation control of the state
Medical waste registration    | 90 60 30        |                          | The state, where it asks for one
Fire permit                   | 60 30           |                          | Fire code of the city or county
Business license              | 60 30           |                          | The city or county
Exposure control plan         | 60 30           | exposure-control-plan    | Expires on the day of its yearly review
Malpractice policy            | 120 90 60 30    |                          | A contract: its declarations page
General liability policy      | 90 60 30        |                          | A contract: its declarations page
Property policy               | 90 60 30        |                          | A contract: its declarations page
Workers' compensation policy  | 90 60 30        |                          | The state, and the policy
Lease                         | 365 270 180 90  |                          | A contract: mind the last day to give notice
Waste contract                | 120 90 60       |                          | A contract: mind the last day to give notice
Service contract              | 90 60 30        |                          | A contract: mind the last day to give notice
"""
_UNCONFIRMED: Final = "not confirmed by the office"


def add_types(office: Office) -> list[str]:
    """Add the suggested types that the office has none of, in an action; return their names."""
    from officeops.core.document_records import DocumentType

    names, rows = [], []
    for line in TYPES.strip().splitlines():
        name, leads, proof, source = (cell.strip() for cell in line.split("|"))
        # An archived one was taken out on purpose.
        if not office.find_ids(DocumentType, name, by_id=False):
            words = {"name": name, "leads": leads, "source": f"{source} ({_UNCONFIRMED})"}
            names.append(name)
            rows.append({**words, "proof": proof or None})
    office.add_many(DocumentType, rows)
    return names


@action("core.add-document-types", beside=("core.document-type", "core.practice-document"))
def add_document_types(office: Office) -> str:
    """Add the usual types of practice documents."""
    names = add_types(office)
    if not names:
        return "All of the usual document types are there."
    return f"{len(names)} document types added; mark those that you have to have as required."


ACTIONS: list[Action[..., Any]] = [add_document_types]
