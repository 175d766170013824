"""Identity: by what a record is found and told from others of its kind: a unique value, its name, or several fields together.

Each is kept folded (`officeops.model.text_folding`) beside the table, by triggers. Where it is unique, that is asked of the folded form: what
a word may mean in a look-up is never two live records.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops.model.immutable import Value
from officeops.model.text_folding import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from officeops.model.fields import Field
    from officeops.model.records import Meta

#: Between the parts of an identity of several fields; no text of a field has it.
_BETWEEN: Final = "\x1f"
#: Goes up when `folded` changes, so that every file is folded again.
FOLDING: Final = "1"


class Identity(Value):
    """One way to tell a record from others: the columns, together, and whether no two live records may have it alike."""

    name: str
    columns: tuple[str, ...]
    unique: bool

    def of(self, values: Mapping[str, Any]) -> str | None:
        """Return the folded form of a record's values, as SQLite keeps them; None where there is nothing to go by."""
        parts = [values.get(name) for name in self.columns]
        if len(parts) == 1:
            return None if parts[0] is None else folded(str(parts[0]))
        return _BETWEEN.join("" if part is None else folded(str(part)) for part in parts)

    def sql(self, meta: Meta, side: str, *, bulk: bool = False) -> str:
        """Return SQL for the same of a row; `side` is the row's name in the SQL. `bulk` is longer, and quicker over many."""
        fold_text = bulk_folded_sql if bulk else folded_sql
        parts = [_part(meta.by_name[name], f"{side}.{name}", fold_text) for name in self.columns]
        if len(parts) == 1:
            return parts[0]
        return f" || char({ord(_BETWEEN)}) || ".join(f"ifnull({part}, '')" for part in parts)


def identities(meta: Meta) -> tuple[Identity, ...]:
    """Return the identities of a kind of record: its unique fields, the field that names it, and fields unique together.

    Sealed fields have digests of their own; a derived table is kept by triggers, and the entries of a ledger have no names.
    """
    if meta.derived:
        return ()
    single = [f.name for f in meta.fields if f.unique and not f.sealed]
    made = [Identity(name, (name,), unique=True) for name in single]
    display = meta.by_name.get(meta.display)
    if display in meta.fields and display and _names(meta, display) and meta.display not in single:
        made.append(Identity(meta.display, (meta.display,), unique=False))
    made += [Identity("+".join(names), names, unique=True) for names in meta.unique_together]
    return tuple(made)


def _names(meta: Meta, display: Field) -> bool:
    return not (display.is_integer or display.sealed or meta.append_only)


def _part(field: Field, value: str, fold_text: Callable[[str], str]) -> str:
    return f"CAST({value} AS TEXT)" if field.is_integer else fold_text(value)


def folded_sql(value: str) -> str:
    """Return SQL for the folded form of a text; as bytes, because in an altered file a text may be none."""
    return f"officeops_fold(CAST({value} AS BLOB))"


def bulk_folded_sql(value: str) -> str:
    """Return SQL for the folded form of a text that calls Python for few of many: not where all is plain and tidy ASCII."""
    is_plain = (
        f"{value} NOT GLOB '*[^ -~]*' AND {value} NOT GLOB '*  *' AND {value} = trim({value})"
    )
    return f"CASE WHEN {is_plain} THEN lower({value}) ELSE {folded_sql(value)} END"


def fold(value: bytes | None) -> str | None:
    """Fold a value for SQLite, as `officeops_fold()`."""
    if value is None:
        return None
    return folded(value.decode() if value.isascii() else value.decode(errors="replace"))


def words(meta: Meta, away: Iterable[str] = ()) -> list[Identity]:
    """Return the identities of one field that a typed word may mean, in the order in which they are asked; none of those `away`."""
    return [
        identity
        for identity in meta.identities
        if len(identity.columns) == 1
        and identity.name not in away
        and not meta.by_name[identity.name].is_integer
    ]
