"""Repeated requests: whether a command that comes again under its request id asks for the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops.model.errors import Refused
from officeops.model.records import Record
from officeops.model.sealed_value import Sealed, wrapped
from officeops.model.sql_values import to_sql
from officeops.model.text_folding import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from officeops.model.meta import Meta
    from officeops.office.children.child_change import ChildChange
    from officeops.store.stored_office import StoredOffice

#: The last part of actions that record a reading. They write nothing that could be done twice.
READINGS: Final = (".reveal", ".look-up", ".shown", "core.merges.follow")


def other_request(request: str) -> Refused:
    """Make the refusal of a request id that something else has used."""
    return Refused(
        f"the request id {request} was given to something else before; take another. "
        "Nothing was done",
        code="request-used",
    )


def argument(value: object) -> object:
    """Turn one argument into its recorded form: a record's key and id, a sealed value's mask."""
    if isinstance(value, Sealed):
        return str(value)
    if isinstance(value, Record):
        return f"{value.meta.key}:{value.id}"
    if isinstance(value, (list, tuple, dict)):
        return value
    return to_sql(value)


def arguments(
    meta: Meta, values: Mapping[str, Any], record: Record | None = None
) -> dict[str, object]:
    """List the arguments of adding a record, or of changing one, which is then the first."""
    discreet_values = wrapped(meta.sealed, values)
    named = {name: argument(value) for name, value in discreet_values.items()}
    if record is None:
        return named
    return {"of": [argument(record)], **named}


def child_arguments(changes: Iterable[ChildChange]) -> dict[str, object]:
    """List the children that a request adds, changes or removes, by their options."""
    named: dict[str, list[object]] = {}
    for change in changes:
        values: dict[str, object] = {}
        if change.record is not None:
            values["id"] = change.record.id
        if change.is_removed:
            values["removed"] = True
        for name, value in change.values.items():
            values[name] = argument(value)
        named.setdefault(change.child.options, []).append(values)
    return dict(named)


def is_added(
    office: StoredOffice, meta: Meta, asked: Mapping[str, object]
) -> Callable[[int, Mapping[str, Any]], bool]:
    """Make the test whether an action added a record with these values."""

    def is_same(action: int, given: Mapping[str, Any]) -> bool:
        if given or not asked:
            return given == asked or with_children(office, meta, given) == asked
        from officeops.office.earlier_requests import EarlierRequests

        return EarlierRequests(office).given(meta, action, asked) == asked

    return is_same


def with_children(
    office: StoredOffice,
    meta: Meta,
    given: Mapping[str, Any],
) -> dict[str, Any]:
    """Return arguments as they are recorded today, where a field of then is a child of today."""
    named = dict(given)
    for child in office.records[meta.key].children:
        for word in (child.option, *child.former):
            value = named.pop(word.replace("-", "_"), None)
            if value is not None and child.options not in named:
                named[child.options] = [{child.first: value}]
    return named


def as_text(given: Mapping[str, object]) -> str:
    """Write arguments as the history keeps them."""
    import json

    return json.dumps(given, ensure_ascii=False)


def is_of(
    office: StoredOffice,
    record: type[Record],
    word: str,
    values: Mapping[str, object] | None = None,
) -> Callable[[int, Mapping[str, Any]], bool]:
    """Make the test whether an action was about the record that a word means, with these values.

    The word may be one that the record had then: the action may have renamed it. Without `values`
    only the record is compared.
    """

    def is_same(action: int, given: Mapping[str, Any]) -> bool:
        earlier: dict[str, Any] = dict(given)
        if not earlier:
            from officeops.office.earlier_requests import EarlierRequests

            asked = {"of": [word], **(values or {})}
            earlier = EarlierRequests(office).given(record.meta, action, asked)
        subject: Any = earlier.pop("of", None) or [""]
        key, _, number = str(subject[0]).rpartition(":")
        if key != record.meta.key:
            return False
        is_other = values is not None and earlier != values
        if is_other and with_children(office, record.meta, earlier) != values:
            return False
        ids = office.find_ids(record, word)
        if ids:
            return int(number) in ids
        return folded(word) in _names_then(office, record, action, int(number))

    return is_same


def _names_then(
    office: StoredOffice,
    record: type[Record],
    action: int,
    number: int,
) -> set[str]:
    """List the texts of a record before and after an action, folded."""
    from officeops.store.row_format import Layouts, kept

    texts: set[str] = set()
    # Read for the comparison alone, and shown to nobody.
    with office.lifted():
        sql = (
            "SELECT c.before, c.after FROM core_change c WHERE c.action_id = ? "
            f"AND {office.store.former.condition(record.meta.table)} AND c.record_id = ?"
        )
        rows = office.rows(sql, action, number)
        layouts = Layouts(office.store.db, kept(record.meta.columns))
        for before_and_after in rows:
            for content in before_and_after:
                values = layouts.read(content) or {}
                texts.update(value for value in values.values() if isinstance(value, str))
    return {folded(text) for text in texts}
