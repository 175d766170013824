"""ChangeWords: what a recorded change did, in a line with the labels that people know."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from officeops.history.entry import arguments_of
from officeops.query.subject import subject_in_words
from officeops.values.instants import as_instant, at_place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from officeops.history.entry import Entry
    from officeops.model.fields import Field
    from officeops.model.meta import Meta
    from officeops.store.stored_office import StoredOffice

    #: Both sides of a change, before and after, by column; the one before is empty for a new record.
    Sides = tuple[dict[str, Any], dict[str, Any]]


def _because(entry: Entry) -> str:
    reason = arguments_of(entry.arguments).get("reason")
    return f": {reason}" if reason else ""


class ChangeWords:
    """Writes entries of the history. `write` writes a field's value as its front end does."""

    def __init__(self, office: StoredOffice, write: Callable[[Field, Any], str]) -> None:
        self._office, self._write = office, write
        self._metas = {kind.meta.noun: kind.meta for kind in office.records.values()}

    def of(self, entry: Entry) -> str:
        """Say what a change did: `price 5.00 → 5.10`; or what its action was given and did."""
        if not entry.record:
            return _of_action(entry)
        if entry.destroyed:
            return "destroyed: past its retention"
        if entry.after is None:
            return "deleted"
        if entry.before is None:
            return f"added {', '.join(self._added(entry))}"
        return ", ".join(self._edited(entry))

    def _added(self, entry: Entry) -> Iterator[str]:
        meta = self._metas.get(entry.record)
        values: dict[str, Any] = json.loads(entry.after or "{}")
        if subject := self._subject(meta, values):
            yield f"about {subject}"
        for name, value in values.items():
            is_said = subject and meta and name in meta.about
            # Blanks and zeros are what nobody gave, and would hide what somebody did.
            if not is_said and value not in (None, "", 0) and name != "archived_at":
                yield f"{_label(meta, name)} {self._value(meta, name, value, entry)}"

    def _edited(self, entry: Entry) -> Iterator[str]:
        meta = self._metas.get(entry.record)
        before = json.loads(entry.before or "{}")
        after = json.loads(entry.after or "{}")
        is_moved = meta is not None and bool(meta.about) and after.keys() >= {*meta.about}
        if is_moved:
            was, now = (self._subject(meta, side) or "blank" for side in (before, after))
            yield f"about {was} → {now}"
        for name, value in after.items():
            if is_moved and meta and name in meta.about:
                continue
            field = meta.by_name.get(name) if meta else None
            # The instant of it is that of the entry.
            if name == "archived_at":
                yield f"archived{_because(entry)}" if value else "brought back"
            elif field and field.sealed:
                yield f"{field.words} changed"
            else:
                old = self._value(meta, name, before.get(name), entry)
                new = self._value(meta, name, value, entry)
                yield f"{_label(meta, name)} {old} → {new}"

    def _subject(self, meta: Meta | None, values: dict[str, Any]) -> str:
        """Name the record that a new one is about; blank for one that is about none."""
        if meta is None or not meta.about:
            return ""
        key, number = map(values.get, meta.about)
        is_whole = isinstance(key, str) and isinstance(number, int)
        return subject_in_words(self._office, str(key), int(str(number))) if is_whole else ""

    def _value(
        self,
        meta: Meta | None,
        name: str,
        value: object,
        entry: Entry,
    ) -> str:
        """Write a value; as it is kept where its kind is off, or its column of today is another."""
        field = meta.by_name.get(name) if meta else None
        if value is None:
            return "blank"
        # A migration may have made the column one of another kind since then.
        if field is None or (field.kind.sql_type == "INTEGER" and not isinstance(value, int)):
            return str(value)
        if meta and meta.place and field.kind.by_clock and isinstance(value, str):
            value = at_place(as_instant(value), self._zone(meta, entry))
        return self._write(field, value).replace("\n", " ") or "blank"

    def _zone(self, meta: Meta, entry: Entry) -> str | None:
        """Find the time zone of the location that a row has now, as its times are shown by it."""
        location = self._office.records.get("core.location")
        if location is None or not self._office.may_view(location):
            return None
        sql = (
            f"SELECT l.time_zone FROM {meta.table} t JOIN core_location l ON l.id = t.{meta.place} "
            "WHERE t.id = ?"
        )
        zone: str | None = self._office.value(sql, entry.record_id)
        return zone


def _label(meta: Meta | None, name: str) -> str:
    field = meta.by_name.get(name) if meta else None
    return field.words if field else name


def _of_action(entry: Entry) -> str:
    """Say in a line what an action without changes was given, and what came of it."""
    given = arguments_of(entry.arguments)
    words = ", ".join(f"{name} {_listed(value)}" for name, value in given.items())
    parts = filter(None, [words, entry.outcome])
    return ": ".join(parts) or "changed no record"


def _listed(value: object) -> str:
    if isinstance(value, dict):
        return f"({len(value):,})"
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)
