"""Words of a filter: in a record's texts, in the names of its references, and as its own key.

The search index tells case apart from nothing, but not accents: rows with letters beyond ASCII are
kept folded beside it (`officeops.store.folded_identities`), and each word is folded for both.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from officeops.model.errors import UsageProblem
from officeops.model.identity import folded_sql
from officeops.model.immutable import Value
from officeops.model.text_folding import folded
from officeops.store.folded_identities import WORDS, beyond_ascii

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from officeops.model.fields import Field
    from officeops.model.meta import Meta
    from officeops.model.records import Record

#: From this many letters on, words are found by the index; it holds groups of three.
INDEXED = 3


Beyond = Literal["", "kept", "asked"]


class Condition(Value):
    """SQL that holds for the records wanted, and its values."""

    sql: str
    values: list[object]


class Words:
    """How words are looked for in one kind of record, its table called `t`.

    `own` looks in the records themselves alone, not in what they point to. `beyond` tells whether
    any record of a kind has text beyond ASCII, and whether the folded rows may be asked for it;
    `also`, which records the kind's class finds by a word, such as a phone number; `few`, whether the rows within reach are so few that going through them is quicker than the index.
    """

    def __init__(
        self,
        meta: Meta,
        records: Mapping[str, type[Record]],
        *,
        unseen: frozenset[str],
        own: bool,
        beyond: Callable[[Meta], Beyond],
        few: Callable[[], bool] = lambda: False,
        also: Callable[[str], Sequence[int]] = lambda _: (),
    ) -> None:
        self.also = also
        self._meta, self._records = meta, records
        self._unseen, self._own = unseen, own
        self._beyond, self._few = beyond, few

    @cached_property
    def _named(self) -> list[tuple[Field, Meta]]:
        """The references in whose records a word is looked for as well."""
        named: list[tuple[Field, Meta]] = []
        for field in () if self._own else self._meta.fields:
            # A hit through a kind that the person may not see would tell of its records.
            if not field.target or field.hidden or field.target in self._unseen:
                continue
            target = self._records.get(field.target)
            if target is not None and (target.meta.searched or target.meta.prefix):
                named.append((field, target.meta))
        return named

    @cached_property
    def _children(self) -> list[tuple[str, Meta]]:
        """The children in which a word is looked for as well, each with its reference back."""
        children: list[tuple[str, Meta]] = []
        for child in (
            self._records[self._meta.key].children if self._meta.key in self._records else ()
        ):
            kind = self._records.get(child.record)
            if kind is not None and kind.meta.searched and child.record not in self._unseen:
                children.append((child.by, kind.meta))
        return children

    @property
    def by_index(self) -> bool:
        """Whether only the type's own search index is searched, which may then lead the query."""
        meta = self._meta
        if not meta.searched or meta.prefix or self._named or self._children:
            return False
        return not self._beyond(meta)

    def in_few(self, plain: str) -> Condition | None:
        """Return the condition that a folded word is in a row, where few rows are gone through.

        For a kind searched `by_index` alone, whose texts are all ASCII.
        """
        if not self._few():
            return None
        in_columns = [f"t.{name} LIKE ? ESCAPE '\\'" for name in self._meta.searched]
        pattern = f"%{like(plain)}%"
        return Condition(f"({' OR '.join(in_columns)})", [pattern] * len(in_columns))

    def find(self, word: str) -> Condition:
        """Return the condition that a word is in a record.

        Raises UsageProblem where the kind has nothing to look in.
        """
        conditions = self._of_record(self._meta, "t", word)
        for field, target in self._named:
            for condition in self._of_record(target, "n", word):
                sql = f"t.{field.name} IN (SELECT n.id FROM {target.table} n WHERE {condition.sql})"
                conditions.append(Condition(sql, condition.values))
        for column, child in self._children:
            for condition in self._of_record(child, "n", word):
                sql = (
                    f"t.id IN (SELECT n.{column} FROM {child.table} n "
                    f"WHERE n.archived_at IS NULL AND {condition.sql})"
                )
                conditions.append(Condition(sql, condition.values))
        if also := self.also(word):
            marks = ", ".join("?" * len(also))
            conditions.append(Condition(f"t.id IN ({marks})", [*also]))
        if not conditions and not (self._meta.searched or self._named or self._meta.prefix):
            example = self._meta.fields[0].public_name
            raise UsageProblem(
                f"{self._meta.plural} cannot be searched by words; "
                f"compare a field, such as {example}={word}.",
                code="not-together",
            )
        values: list[object] = []
        for condition in conditions:
            values += condition.values
        alternatives = " OR ".join(condition.sql for condition in conditions)
        return Condition(f"({alternatives or '0'})", values)

    def _of_record(
        self,
        meta: Meta,
        side: str,
        word: str,
    ) -> list[Condition]:
        """List the conditions by which a word is of a record itself."""
        by_text = _text(meta, side, word, beyond=self._beyond(meta))
        by_key = _key(meta, f"{side}.id", word)
        return [*by_text, *by_key]


def _text(
    meta: Meta,
    side: str,
    word: str,
    *,
    beyond: Beyond,
) -> Iterator[Condition]:
    """Yield the conditions that a word is in a searched field of a row."""
    plain = folded(word)
    if not meta.searched:
        yield from _name(meta, side, plain)
        return
    columns = [folded_sql(f"{side}.{name}") for name in meta.searched]
    # The index holds groups of three letters, so it finds nothing shorter.
    if len(word) < INDEXED or len(plain) < INDEXED:
        pattern = f"%{like(plain)}%"
        in_columns = " OR ".join(f"{column} LIKE ? ESCAPE '\\'" for column in columns)
        yield Condition(f"({in_columns})", [pattern] * len(columns))
        return
    index = f"{meta.table}_search"
    rows = f"SELECT rowid FROM {index} WHERE {index} MATCH ?"
    yield Condition(f"{side}.id IN ({rows})", [quoted(plain)])
    if beyond == "kept":
        rows = f"SELECT id FROM {meta.table}_same WHERE identity = ? AND instr(folded, ?)"
        yield Condition(f"{side}.id IN ({rows})", [WORDS, plain])
    # No folded rows may be asked, so the texts beyond ASCII are gone through.
    elif beyond:
        in_columns = " OR ".join(f"instr({column}, ?)" for column in columns)
        sql = f"({beyond_ascii(meta, side)} AND ({in_columns}))"
        yield Condition(sql, [plain] * len(columns))


def _name(
    meta: Meta,
    side: str,
    plain: str,
) -> Iterator[Condition]:
    """Yield the condition that a word is in the name of a record with a key and no index: a task."""
    field = meta.by_name.get(meta.display)
    # A search for a guarded name would tell by its hits who has it.
    if field is None or field not in meta.fields or field.name in meta.guarded:
        return
    is_other = field.is_integer or field.target or field.choices
    if meta.prefix and not is_other:
        name = field.name
        sql = f"{folded_sql(f'{side}.{name}')} LIKE ? ESCAPE '\\'"
        yield Condition(sql, [f"%{like(plain)}%"])


def _key(
    meta: Meta,
    column: str,
    word: str,
) -> Iterator[Condition]:
    """Yield the condition that a word is a record's human key, or the number of one."""
    head, dash, tail = word.partition("-")
    number = tail if dash and head.upper() == meta.prefix else word
    # A longer number is beyond the ids of SQLite, which would raise an error.
    if meta.prefix and number.isdecimal() and len(number) < 19:
        yield Condition(f"{column} = ?", [int(number)])


def quoted(word: str) -> str:
    """Return a word as a literal of the search index, so that nothing in it is an operator."""
    return '"' + word.replace('"', '""') + '"'


def like(text: str) -> str:
    """Return a text as a pattern of LIKE that stands for itself."""
    return re.sub(r"([\\%_])", r"\\\1", text)
