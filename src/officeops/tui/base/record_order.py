"""The order in which people see the types of record."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from officeops.model.meta import Meta
    from officeops.model.records import Record
    from officeops.office.office import Office


def ordered_types(office: Office) -> list[type[Record]]:
    """Return the types of record that the acting person may see, the ones people start from first.

    First come the types that need no other record or have a number of their own (an item, a vendor,
    an order), then locations and types with views, then the ones that belong to others, and the
    core's own last.
    """
    with_views = {view.record for _, view in office.plugins.registered("views")}
    return sorted(office.seen().values(), key=lambda record: _rank(record.meta, with_views))


def _rank(meta: Meta, with_views: set[str]) -> int:
    if meta.plugin == "core":
        return 3 if meta.noun == "location" else 6
    if not meta.editable:
        return 5
    belongs = any(field.target and field.required for field in meta.fields)
    if meta.prefix or not belongs:
        return 0
    return 1 if meta.key in with_views else 4
