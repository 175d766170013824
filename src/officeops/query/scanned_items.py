"""Scanned items: a code that is scanned for a record must not be another record's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.errors import Reason
from officeops.query.lookup import named_apart
from officeops.values.scanned.filling import filled
from officeops.values.scanned.refusal import refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from officeops.model.fields import Field
    from officeops.model.office import Office
    from officeops.model.records import Record


def filled_for(
    office: Office,
    fields: Iterable[Field],
    texts: Mapping[str, str | None],
    about: Record | None,
    word: str = "",
) -> dict[str, str]:
    """Return the texts of the fields that scans fill, for the record that an action is about.

    A code whose item the office does not know is taken: the goods are in somebody's hand. Raises
    Refused for the code of another record, and where `officeops.values.scanned.filling` does.
    """
    done = filled(
        fields,
        texts,
        office.ways,
        word,
    )
    if about is not None:
        _refuse_others(
            office,
            about,
            done.items,
        )
    return done.texts


def _refuse_others(
    office: Office,
    about: Record,
    items: Iterable[str],
) -> None:
    for item in items:
        # By the item's own number alone: the lot may be unknown yet.
        ids = office.find_ids(
            type(about),
            item,
            by_id=False,
        )
        if ids and about.id not in ids:
            other = named_apart(office, office.get(type(about), ids[0]))
            why = f"it is that of {other}, and this is {named_apart(office, about)}"
            raise refused(
                item,
                Reason(why, code="contradicts-record"),
                "Scan the code of this one",
            )
