"""DateOrder: the days of a record's story come in their order, on every road."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.immutable import Value

if TYPE_CHECKING:
    from officeops.model.meta import Meta


class DateOrder(Value):
    """Days that come one after another: `date_orders = (DateOrder(("given_on", "taken_back_on")),)`.

    Of `fields`, dates or instants by the office's calendar, none that is filled is before one that
    it follows; two instants of one day are not compared. One of a record that this one refers to is written `incident_id.happened_at`. The
    `to_come` are days of what nobody has done yet: one that is not past is never moved into the
    past, while a new record may tell of what happened. Both hold after each action, on every road;
    undo and redo bring back earlier days, so they are asked for the order alone.
    """

    fields: tuple[str, ...] = ()
    to_come: tuple[str, ...] = ()

    def check(self, meta: Meta) -> None:
        """Raise TypeError for a field that the record does not have."""
        for name in (*self.fields, *self.to_come):
            own, _, other = name.partition(".")
            field = meta.by_name.get(own)
            if field is None or bool(other) != bool(field.target):
                raise TypeError(f"{meta.key}: DateOrder names {name!r}, which is no day of it")

    @property
    def parents(self) -> tuple[tuple[str, str], ...]:
        """The references whose records have a day of it, each with the field there."""
        pairs = [name.split(".") for name in self.fields if "." in name]
        return tuple((own, other) for own, other in pairs)
