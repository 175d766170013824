"""Identity: how a record is found, and told from others of its kind.

A unique value identifies it, or its name, or several fields together.

Each identity is kept folded (`officeops.model.text_folding`) beside the table, by triggers.
Uniqueness is a rule on the folded form: one word in a look-up never means two live records.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol

from officeops.model.immutable import Value
from officeops.model.text_folding import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from officeops.model.fields import Field

#: Between the parts of an identity of several fields; no text of a field has it.
_BETWEEN: Final = "\x1f"
#: Goes up when `folded` changes, so that every file is folded again.
FOLDING: Final = "1"


class Declaration(Protocol):
    """The part of a record's `Meta` that its identities follow from."""

    fields: tuple[Field, ...]
    by_name: dict[str, Field]
    display: str
    append_only: bool
    derived: bool
    unique_together: tuple[tuple[str, ...], ...]
    guarded: dict[str, str]


class Identified(Protocol):
    """The part of a record's `Meta` that words are looked up by."""

    by_name: dict[str, Field]
    identities: tuple[Identity, ...]


class Identity(Value):
    """One way to tell a record from others: by the folded values of one or more columns.

    `unique` says that no two live records may be alike in it, `is_code` that it is the code of an
    item, which is compared as a number and not as a text.
    """

    name: str
    columns: tuple[str, ...]
    unique: bool
    is_code: bool = False

    def folded(self, text: str) -> str:
        """Fold a text as this identity's values are folded."""
        if self.is_code:
            from officeops.values.scanned.item_numbers import item_number

            return item_number(text)
        return folded(text)

    def of(self, values: Mapping[str, Any]) -> str | None:
        """Fold a record's values, given as SQLite keeps them. None where the only one is blank."""
        parts = [values.get(name) for name in self.columns]
        if len(parts) == 1:
            return None if parts[0] is None else self.folded(str(parts[0]))
        return _BETWEEN.join("" if part is None else folded(str(part)) for part in parts)

    def sql(
        self,
        meta: Declaration,
        side: str,
        *,
        bulk: bool = False,
    ) -> str:
        """Write the SQL of `of` for a row; `side` is the row's name in the query.

        `bulk` is longer, and faster over many.
        """
        fold_text = bulk_folded_sql if bulk else folded_sql
        if self.is_code:
            fold_text = _item_number_sql
        parts = [_part(meta.by_name[name], f"{side}.{name}", fold_text) for name in self.columns]
        if len(parts) == 1:
            return parts[0]
        return f" || char({ord(_BETWEEN)}) || ".join(f"ifnull({part}, '')" for part in parts)


def identities(meta: Declaration) -> tuple[Identity, ...]:
    """List the identities of a kind of record, in the order of the look-up.

    They are its unique fields, the field that names it, and fields that are unique together.

    Sealed fields have digests of their own; a derived table is kept by triggers, and the entries of
    a ledger have no names.
    """
    if meta.derived:
        return ()
    unique = [field.name for field in meta.fields if field.unique and not field.sealed]
    identified = [
        Identity(name, (name,), unique=True, is_code=meta.by_name[name].kind.is_item_code)
        for name in unique
    ]
    display = meta.by_name.get(meta.display)
    if display is not None and display.name not in unique and _names(meta, display):
        identified.append(Identity(display.name, (display.name,), unique=False))
    identified += [Identity("+".join(names), names, unique=True) for names in meta.unique_together]
    return tuple(identified)


def is_nameless(meta: Declaration) -> bool:
    """Whether no word of a record finds it again, so that a reference to it is its number, #12.

    Many order lines are of one item, many moves are a use, many documents are an insurance.
    """
    display = meta.by_name.get(meta.display)
    if display is None or display.unique:
        return False
    return meta.append_only or bool(display.target) or bool(display.choices)


def is_named(meta: Declaration) -> bool:
    """Whether records with a human key have a name of their own beside it: EQ-7 Autoclave 1."""
    display = meta.by_name.get(meta.display)
    return display is not None and not display.choices and _names(meta, display)


def _names(meta: Declaration, display: Field) -> bool:
    """Whether people know a record by its display field. A computed one is no column to fold."""
    is_stored = display in meta.fields
    return is_stored and not (display.is_integer or display.sealed or meta.append_only)


def _part(
    field: Field,
    value: str,
    fold_text: Callable[[str], str],
) -> str:
    return f"CAST({value} AS TEXT)" if field.is_integer else fold_text(value)


def folded_sql(value: str) -> str:
    """Write SQL that folds a text.

    It is passed as bytes: in an altered file a text may be no valid one.
    """
    return f"officeops_fold(CAST({value} AS BLOB))"


def _item_number_sql(value: str) -> str:
    """Write SQL that reduces the code of an item to its number."""
    return f"officeops_item_number(CAST({value} AS BLOB))"


def bulk_folded_sql(value: str) -> str:
    """Write SQL that folds a text, and calls Python for few of many.

    SQLite itself folds plain and tidy ASCII.
    """
    is_plain = (
        f"{value} NOT GLOB '*[^ -~]*' AND {value} NOT GLOB '*  *' AND {value} = trim({value})"
    )
    return f"CASE WHEN {is_plain} THEN lower({value}) ELSE {folded_sql(value)} END"


def fold(value: bytes | None) -> str | None:
    """Fold a value for SQLite, as `officeops_fold()`."""
    return None if value is None else folded(_text_of(value))


def number(value: bytes | None) -> str | None:
    """Reduce the code of an item for SQLite, as `officeops_item_number()`."""
    if value is None:
        return None
    from officeops.values.scanned.item_numbers import item_number

    return item_number(_text_of(value))


def _text_of(value: bytes) -> str:
    # An altered file may have bytes that are no text, on which folding must not fail.
    return value.decode() if value.isascii() else value.decode(errors="replace")


def words(meta: Identified, away: Iterable[str] = ()) -> list[Identity]:
    """List the identities of one field that a typed word may mean, without those `away`."""
    single = [identity for identity in meta.identities if len(identity.columns) == 1]
    return [
        identity
        for identity in single
        if identity.name not in away and not meta.by_name[identity.name].is_integer
    ]


def codes(meta: Declaration) -> list[str]:
    """List the fields with a unique text, by which a file names a record.

    Not one that not everybody sees: files of other kinds would have it, too.
    """
    unique = [field for field in meta.fields if field.unique]
    return [
        field.name
        for field in unique
        if not (field.is_integer or field.sealed or field.name in meta.guarded)
    ]
