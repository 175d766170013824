"""Doubles: made by every road there is, or as old files have them; and rows of any kind of record to make them of."""

from __future__ import annotations

import io
import sqlite3
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.resting import triggers_away

from officeops.exchange.formats.reading import open_table
from officeops.exchange.imports.import_table import import_table
from officeops.exchange.imports.outcome import Options
from officeops.history.undo import undo
from officeops.model.errors import OfficeError
from officeops.model.sql_values import to_sql
from officeops.office.crud import add_record
from officeops.store.folded_triggers import triggers
from officeops.tui.forms.form import Form
from officeops.tui.forms.form_state import FormState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from officeops import Record
    from officeops.model.fields import Field
    from officeops.model.identity import Identity
    from officeops.office.office import Office

    #: Makes a second record of these values, or is refused.
    Road = Callable[[Office, type[Record], dict[str, Any]], object]

#: What no road may tell from the text itself.
VARIANTS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "capitals": str.upper,
    "small letters": str.lower,
    "accents": lambda text: text.replace("e", "é").replace("E", "É"),
    "blanks around it": lambda text: f"  {text} ",
    "two blanks in it": lambda text: text.replace(" ", "  "),
    "a blank that does not break": lambda text: text.replace(" ", "\u00a0"),
    "a tab": lambda text: text.replace(" ", "\t"),
    "full width": lambda text: "".join(
        chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text
    ),
    "an unseen mark": lambda text: text + "\ufe0f",
}


@contextmanager
def doubled(office: Office, record: type[Record]) -> Iterator[None]:
    """Take the triggers that refuse doubles of a kind of record away for a while."""
    refusing = [name for name, _ in triggers(record.meta) if "_unique_" in name]
    with triggers_away(office.store.db, refusing):
        yield


def row_of(office: Office, record: type[Record], identity: Identity, text: str) -> dict[str, Any]:
    """Return values of a new record, as SQLite keeps them: what is needed, and the identity, its texts beginning with `text`."""
    values: dict[str, Any] = {}
    for field in record.meta.fields:
        if field.name in identity.columns:
            values[field.name] = _identifying(office, field, text)
        elif field.required and not field.sealed:
            values[field.name] = _filled(office, field)
    return values


def _identifying(office: Office, field: Field, text: str) -> Any:  # noqa: ANN401 - any field's value
    is_free = field.kind.name in {"text", "long_text"} and field.name != "about_key"
    return text if is_free and not field.choices else _filled(office, field)


def _filled(office: Office, field: Field) -> Any:  # noqa: ANN401 - any field's value
    if field.choices:
        return field.choices[0]
    if field.name == "about_key":
        return "core.location"
    if field.target or field.name == "about_id":
        target = office.records[field.target or "core.location"]
        there = office.value(f"SELECT min(id) FROM {target.meta.table} WHERE archived_at IS NULL")
        return there or insert(
            office, target, {f.name: _filled(office, f) for f in target.meta.fields if f.required}
        )
    if field.is_integer:
        return 1
    return (
        "2026-03-02"
        if field.kind.name == "date"
        else "2026-03-02T10:00:00+00:00"
        if field.kind.name == "instant"
        else "Bottle"
    )


def insert(office: Office, record: type[Record], values: dict[str, Any]) -> int:
    """Write a row by raw SQL in an action, and return its id."""
    names = ", ".join(values)
    marks = ", ".join("?" * len(values))
    with office.acting("test.insert") as _:
        sql = f"INSERT INTO {record.meta.table} ({names}) VALUES ({marks})"
        return int(office.store.db.execute(sql, list(values.values())).lastrowid or 0)


def _typed(record: type[Record], values: dict[str, Any]) -> Record:
    blank = {f.name: None if f.required else to_sql(f.default) for f in record.meta.fields}
    return record.from_values({**blank, **values})


def by_action(office: Office, record: type[Record], values: dict[str, Any]) -> None:
    """Add it in an action."""
    with office.acting("test.add"):
        office.add(_typed(record, values))


def by_many(office: Office, record: type[Record], values: dict[str, Any]) -> None:
    """Add it with others in an action."""
    with office.acting("test.add-many"):
        office.add_many(record, [values])


def in_bulk(office: Office, record: type[Record], values: dict[str, Any]) -> None:
    """Add it in a bulk action, which puts off what triggers write."""
    with office.acting("test.bulk"):
        office.store.defer()
        office.add_many(record, [values])
        office.write_deferred()


def by_hand(office: Office, record: type[Record], values: dict[str, Any]) -> None:
    """Add it as `NOUN add` does."""
    made = _typed(record, values)
    add_record(office, record, {name: getattr(made, name) for name in values})


def by_form(office: Office, record: type[Record], values: dict[str, Any]) -> None:
    """Type it into a form."""
    fields = [f for f in record.meta.fields if not f.managed]
    texts = {
        f.name: "" if values.get(f.name) is None else _as_typed(f, values[f.name]) for f in fields
    }
    state = FormState(
        Form("New", fields, lambda office, read: str(add_record(office, record, read)), texts)
    )
    read = state.read(office)
    if read is None:
        raise OfficeError(str(state.errors))
    state.form.save(office, read)


def _as_typed(field: Field, value: object) -> str:
    return f"#{value}" if field.target else str(value)


def by_edit(office: Office, record: type[Record], values: dict[str, Any]) -> None:
    """Change another record into it."""
    other = {
        name: f"{value} other" if isinstance(value, str) and name not in _fixed(record) else value
        for name, value in values.items()
    }
    id_ = insert(office, record, other)
    with office.acting("test.edit"):
        made = _typed(record, values)
        changes = {name: getattr(made, name) for name in values if values[name] != other[name]}
        office.edit(office.get(record, id_), managed=True, **changes)


def _fixed(record: type[Record]) -> set[str]:
    return {
        f.name for f in record.meta.fields if f.choices or f.kind.name not in {"text", "long_text"}
    }


def by_update(office: Office, record: type[Record], values: dict[str, Any]) -> None:
    """Change another record into it by raw SQL."""
    other = {
        name: f"{value} other" if isinstance(value, str) and name not in _fixed(record) else value
        for name, value in values.items()
    }
    id_ = insert(office, record, other)
    sets = ", ".join(f"{name} = ?" for name in values)
    with office.acting("test.update"):
        office.store.db.execute(
            f"UPDATE {record.meta.table} SET {sets}, version = version + 1 WHERE id = ?",
            [*values.values(), id_],
        )


def by_unarchiving(office: Office, record: type[Record], values: dict[str, Any]) -> None:
    """Bring an archived one back."""
    id_ = insert(office, record, {**values, "archived_at": "2026-01-01T00:00:00Z"})
    with office.acting("test.unarchive"):
        office.unarchive(office.get(record, id_))


def by_undo(office: Office, record: type[Record], values: dict[str, Any]) -> None:
    """Archive the one that is there, make this one, and undo the archiving."""
    first = office.value(f"SELECT max(id) FROM {record.meta.table} WHERE archived_at IS NULL")
    with office.acting("test.archive"):
        office.store.db.execute(
            f"UPDATE {record.meta.table} SET archived_at = '2026-01-01T00:00:00Z', version = version + 1 WHERE id = ?",
            (first,),
        )
    number = office.value("SELECT max(id) FROM core_action")
    insert(office, record, values)
    undo(office, number)


def by_import(office: Office, record: type[Record], values: dict[str, Any]) -> None:
    """Read it from a file, which may change what is there."""
    names = [name for name in values if not record.meta.by_name[name].managed]
    cells = [_as_cell(office, record.meta.by_name[name], values[name]) for name in names]
    text = io.StringIO()
    import csv

    csv.writer(text).writerows([[record.meta.by_name[name].public_name for name in names], cells])
    path = Path("double.csv")
    path.write_text(text.getvalue(), encoding="utf-8")
    told = {
        record.meta.by_name[name].public_name: record.meta.by_name[name].public_name
        for name in names
    }
    with open_table(path) as table:
        import_table(office, record, table, Options(told=told, update=True, skip_bad=True))


def _as_cell(office: Office, field: Field, value: object) -> str:
    target = office.target(field)
    return office.get(target, int(str(value))).human_key if target else str(value)


ROADS: dict[str, Road] = {
    "raw SQL": insert,
    "an action": by_action,
    "many at once": by_many,
    "a bulk action": in_bulk,
    "add": by_hand,
    "a form": by_form,
    "an edit": by_edit,
    "a raw update": by_update,
    "unarchiving": by_unarchiving,
    "undoing an archiving": by_undo,
    "an import": by_import,
}


def travel(road: Road, office: Office, record: type[Record], values: dict[str, Any]) -> str:
    """Take a road and return why it was refused; blank where it was not."""
    try:
        road(office, record, values)
    except (OfficeError, sqlite3.IntegrityError, ValueError, TypeError) as error:
        with suppress(sqlite3.Error):
            if office.store.db.in_transaction:
                office.store.db.execute("ROLLBACK")
        return str(error) or type(error).__name__
    return ""
