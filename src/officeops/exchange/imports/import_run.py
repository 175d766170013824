"""ImportRun: one import under way, piece by piece, so that a file of any length takes little memory."""

from __future__ import annotations

import sqlite3
from collections import Counter
from typing import TYPE_CHECKING, Any, TypeVar, cast

from officeops.exchange.columns.matching import listed, match_columns
from officeops.exchange.columns.questions import ask
from officeops.exchange.columns.totals import LeftOut
from officeops.exchange.formats.table import blank_columns, pieces
from officeops.exchange.importer import MAYBE_ANOTHER, Importer, Row
from officeops.exchange.imports.compared import Compared
from officeops.exchange.imports.outcome import (
    BAD_LIMIT,
    PROBLEM,
    Bad,
    Difference,
    Different,
    Options,
    Outcome,
)
from officeops.exchange.imports.rows import RowReader
from officeops.exchange.imports.sealed_rows import SealedRows
from officeops.model.change import Change
from officeops.model.declarations import named
from officeops.model.errors import Problem, Refused, UsageProblem
from officeops.model.placeholder import Unusable
from officeops.model.records import Record
from officeops.model.sql_values import to_sql
from officeops.model.text_folding import folded, folded_all, same_value
from officeops.office.validation import explain, own_rules
from officeops.plugins.blame import Accountable, Blame
from officeops.store.bulk_insert import insert_columns, insert_rows
from officeops.store.folded_identities import put_off, table_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from officeops.exchange.formats.table import Table
    from officeops.model.fields import Field
    from officeops.model.identity import Identity
    from officeops.model.sealed_value import Sealed
    from officeops.office.office import Office

T = TypeVar("T")


def _with_last(runs: Iterable[T]) -> Iterator[tuple[T, bool]]:
    """Yield each of some things, and whether it is the last."""
    runs = iter(runs)
    before = next(runs, None)
    if before is None:
        return
    for following in runs:
        yield before, False
        before = following
    yield before, True


class ImportRun:
    """One import under way."""

    def __init__(
        self, office: Office, record: type[Record], table: Table, options: Options, source: str
    ) -> None:
        self.office, self.record, self.meta, self.table, self.options = (
            office,
            record,
            record.meta,
            table,
            options,
        )
        # What differs and what is new tells what is there.
        office.allow_view(record)
        self.importer = _answered_for(
            record, office, source, of_bad_rows=table.own_columns[-1:] == [PROBLEM]
        )
        self.fields = import_fields(record)
        self.outcome = Outcome()
        self.outcome.whole_file = self.importer.whole_file
        blank = blank_columns(table)
        self.outcome.match = match = match_columns(table.columns, self.fields, options.told, blank)
        self.compared = Compared(office, record, table, match, self.fields, options)
        self.outcome.note_unused(table.columns, blank, self.compared.columns)
        self.importer.begin(
            frozenset(f.public_name for f in match.columns.values()), update=options.update
        )
        self.outcome.notes = list(table.notes)
        self.given = [f.name for f in match.columns.values() if f in self.meta.fields]
        for stem in {self.meta.guarded[name] for name in self.given if name in self.meta.guarded}:
            # To write it, and to be told whether what is there differs.
            office.allow(f"{stem}.edit")
            office.allow(f"{stem}.view")
        self.reader = RowReader(office, record, table, match, options, self.importer, self._bad)
        self.keys = self._keys(options.key)
        #: How many rows so far have each key of a kind whose equal rows are counted.
        self.times: Counter[tuple[Any, ...]] = Counter()
        #: Whether the file has columns that only the importer knows.
        self.has_extra = len(self.given) < len(match.columns)
        #: Columns that are blank all the way down, once somebody asked.
        self._empty: set[str] | None = None
        #: Records that were there already and that a row of the file named.
        self.met: set[int] = set()
        self.next_id = self.first_new = self.bad_size = 0
        #: The fields that every row of the piece under way goes by; none where they differ.
        self.sole_key: tuple[str, ...] = ()
        # A savepoint a piece costs a third of the time: it is kept for where the file or a guard may refuse a row.
        unique = {*((f.name,) for f in self.meta.fields if f.unique), *self.meta.unique_together}
        self.may_clash = bool(unique - {self.keys[0]}) or office.plugins.implements("validate")
        self.sealed = SealedRows(office, self.meta, table.columns, match)
        self.stored = tuple(f.name for f in self.meta.stored)
        if table.columns and not self.given:
            raise UsageProblem(
                f"No column of the file fits a field of {self.meta.plural.lower()}. It has {listed(table.columns)}; say which is which with --map."
            )
        filled = {*self.given, *self.importer.fills}
        #: Needed fields that no column fills: such a file can change records, not add any.
        self.lacking = [
            f.public_name for f in self.meta.fields if f.required and f.name not in filled
        ]
        if table.columns and self.lacking and not options.update:
            raise UsageProblem(
                f"No column of the file fills {' and '.join(self.lacking)}, which {self.meta.plural.lower()} need. "
                f"It has {listed(table.columns)}; say which is which with --map."
            )

    def _keys(self, asked: tuple[str, ...]) -> list[tuple[str, ...]]:
        """Return the sets of fields that may identify a row, best first: as asked, the importer's, unique ones, or all.

        A row goes by the first of them that it fills, or by the last.
        """
        if asked:
            named = [self.meta.field(name) for name in asked]
            for name, found in zip(asked, named, strict=True):
                if found is None or found.name not in self.given:
                    raise UsageProblem(f"--key: {name!r} is not a field that the file fills.")
                if found.sealed and not found.lookup:
                    raise UsageProblem(
                        f"--key: {name!r} is sealed, and records are not found by it."
                    )
            return [tuple(f.name for f in named if f)]
        filled = {*self.given, *self.importer.fills}
        if own := [names for names in self.importer.keys if filled.issuperset(names)]:
            return own
        unique = (
            [(f.name,) for f in self.meta.fields if f.unique]
            + list(self.meta.unique_together)
            + [self._display()]
        )
        natural = [names for names in unique if all(name in self.given for name in names)]
        return natural or [
            tuple(
                n
                for n in self.given
                if self.meta.by_name[n].lookup or not self.meta.by_name[n].sealed
            )
        ]

    def _display(self) -> tuple[str, ...]:
        """Return the field that names a record, behind what it belongs to."""
        references = [
            f.name
            for f in self.meta.fields
            if f.kind == "reference" and f.required and f.name in self.given
        ]
        return tuple(dict.fromkeys((*references, self.meta.display)))

    def _by_key(self, piece: list[Row]) -> dict[tuple[str, ...], list[Row]]:
        """Return a piece's rows under the fields that identify each, the usual case at once."""
        best = self.keys[0]
        if len(self.keys) == 1 or not any(
            None in [row.values[name] for row in piece] for name in best
        ):
            return {best: piece}
        by_key: dict[tuple[str, ...], list[Row]] = {}
        for row in piece:
            filled = (
                names for names in self.keys if all(row.values[name] is not None for name in names)
            )
            by_key.setdefault(next(filled, self.keys[-1]), []).append(row)
        return by_key

    @property
    def wrote(self) -> bool:
        """Whether any row was written."""
        return bool(self.outcome.added or self.outcome.updated or self.outcome.brought)

    # -- through the file ---------------------------------------------------------------------------

    def all_rows(self) -> None:
        """Take every row of the file in, piece by piece."""
        self.next_id = self.first_new = self.office.last_id(self.record) + 1
        self.office.store.defer()
        self._ask()
        left_out = (
            None
            if self.options.keep_totals
            else LeftOut(self.table, self.outcome.match.columns, self._key_place())
        )
        seen = 0
        for piece, is_last in _with_last(pieces(self.table)):
            records = left_out.records(piece, is_last=is_last) if left_out else piece
            self._take(self.reader.read(records))
            seen += len(piece)
            if self.options.progress:
                self.options.progress(seen)
        self.outcome.notes += self.reader.ways.notes
        self.outcome.left_out += left_out.sentences() if left_out else []
        self.outcome.bad.sort(key=lambda bad: bad.line)
        self.outcome.differing.sort(key=lambda different: different.line)
        self._finish()
        self.outcome.left += self.importer.left
        self.outcome.notes += self.compared.sentences()
        matched = [self.table.columns[place] for place in self.outcome.match.columns]
        if blank := [name for name in matched if name in (self._empty or ())]:
            self.outcome.notes.append(
                f"Blank in every row, so nothing was cleared: {', '.join(blank)}."
            )
        self.office.write_deferred()

    def _ask(self) -> None:
        """Raise Refused for columns that a person has to say the meaning of."""
        match, columns = self.outcome.match, self.table.columns
        ask(self.table, self.fields, match, self.importer.asks)
        taken = {columns[place]: f.public_name for place, f in match.columns.items()}
        by_itself = {
            column: name for column, name in taken.items() if column not in self.options.told
        }
        for column, why in self.importer.doubts(by_itself):
            meant = f'Say --map "{column}={taken[column]}" if it is that, or --ignore "{column}". Nothing was imported'
            raise Refused(f'"{column}" {why}. {meant}')

    def _finish(self) -> None:
        try:
            self.outcome.notes += self.importer.finish()
        except Refused:
            # Where bad rows refuse the file already, they are named first.
            if not self.outcome.bad or self.options.skip_bad:
                raise

    def _key_place(self) -> int | None:
        """Return the column that tells records apart: a total has none, or its label in it."""
        places = {field.name: place for place, field in self.outcome.match.columns.items()}
        return next((places[name] for name in self.keys[0] if name in places), None)

    def _bad(
        self, line: int, cells: Sequence[Any], column: str, value: object, reason: str
    ) -> None:
        cells, value = self.sealed.masked(cells, column, value)
        self.outcome.bad.append(
            Bad(line, column, "" if value is None else str(value)[:80], reason, cells)
        )
        self.bad_size += 100 + sum(len(cell) if cell.__class__ is str else 10 for cell in cells)
        if self.bad_size > BAD_LIMIT:
            why = f"{len(self.outcome.bad):,} problems by {self.table.place} {line}, with no end in sight; is it the right file, and are its columns the right ones?"
            raise Refused(f"{why} Nothing was imported")

    def _problem(self, row: Row, name: str, why: str) -> None:
        row.bad = True
        self._bad(
            row.line,
            row.cells,
            self.reader.column(name),
            self.reader.cell(row, name),
            self.reader.in_columns(why),
        )

    # -- a piece of rows ----------------------------------------------------------------------------

    def _take(self, piece: list[Row]) -> None:
        """Write a piece: new rows are added; those that are there are compared, and changed where that was asked for."""
        new: list[Row] = []
        known: list[tuple[Row, tuple[Any, ...]]] = []
        more: list[tuple[Row, Row]] = []
        repeats: list[tuple[Row, Row, tuple[str, ...]]] = []
        by_key = self._by_key(piece)
        self.sole_key = next(iter(by_key)) if len(by_key) == 1 else ()
        for names, under in by_key.items():
            keys = self._row_keys(names, under)
            there, blank = self._there(names, under, keys), (None,) * len(names)
            there |= self._without_key(names, under, keys, there)
            rows, keys = self._told_apart(names, under, keys, there)
            fresh: dict[tuple[Any, ...], Row] = {}
            for row, key in zip(rows, keys, strict=True):
                if key == blank:
                    self._problem(
                        row,
                        names[0],
                        "is blank, but it is what tells whether the row is there already",
                    )
                elif (
                    key in there
                    and there[key][0] < self.first_new
                    and there[key][0] not in self.met
                ):
                    row.id = there[key][0]
                    self.met.add(row.id)
                    known.append((row, there[key]))
                elif key in there or key in fresh:
                    first = fresh.get(key) or self._earlier(there[key], known)
                    if self.importer.further(row, first):
                        more.append((row, first))
                    else:
                        repeats.append((row, first, names))
                elif self._may_be_new(row):
                    fresh[key] = row
            new += fresh.values()
        if len(by_key) > 1:
            new.sort(key=lambda row: row.line)
            known.sort(key=lambda each: each[0].line)
        self._add(new)
        self._compare(known)
        self._bring(more)
        for row, first, names in repeats:
            self._twice(row, names, first)

    def _told_apart(
        self,
        names: tuple[str, ...],
        rows: list[Row],
        keys: list[tuple[Any, ...]],
        there: Mapping[tuple[Any, ...], tuple[Any, ...]],
    ) -> tuple[list[Row], list[tuple[Any, ...]]]:
        """Return rows and their keys without the bad rows of another file that may be records of their own or those on record."""
        if not self.importer.of_bad_rows or names not in self.importer.counted:
            return rows, keys
        for row, key in zip(rows, keys, strict=True):
            if key in there:
                self._problem(row, names[0], MAYBE_ANOTHER)
        kept = [(row, key) for row, key in zip(rows, keys, strict=True) if not row.bad]
        return [row for row, _ in kept], [key for _, key in kept]

    def _may_be_new(self, row: Row) -> bool:
        """Whether a row has what a new record needs; what it lacks is noted."""
        if self.sealed.names and (masked := self.sealed.missing(row)):
            self._problem(row, masked, "is masked in the file; a new record needs the value itself")
        elif self.lacking:
            self._problem(row, self.lacking[0], "is needed to add it, and no column fills it")
        return not row.bad

    def _row_keys(self, names: tuple[str, ...], rows: list[Row]) -> list[tuple[Any, ...]]:
        """Return what tells rows apart; where equal ones are different records, with each one's number in the file."""
        keys = _folded_keys([[row.values[name] for row in rows] for name in names])
        if names not in self.importer.counted:
            return keys
        numbered = []
        for key in keys:
            self.times[key] += 1
            numbered.append((*key, self.times[key]))
        return numbered

    def _earlier(self, stored: tuple[Any, ...], known: list[tuple[Row, tuple[Any, ...]]]) -> Row:
        """Return the earlier row of a record as it is in the file, or, from an earlier piece, as it was stored."""
        record_id: int = stored[0]
        here = [earlier for earlier, _ in known if earlier.id == record_id]
        if here:
            return here[0]
        first = Row(0, (), dict(zip(self.given, stored[2:], strict=True)), {})
        first.id = record_id
        return first

    def _bring(self, more: list[tuple[Row, Row]]) -> None:
        """Hand over the rows that bring more of records of earlier rows; of a record that was refused they are refused too."""
        rows = []
        for row, first in more:
            if first.id and not first.bad:
                row.id = first.id
                rows.append(row)
            else:
                self._problem(row, self.keys[0][0], "is in an earlier row, and that row is refused")
        self.outcome.brought += len(rows)
        for row, name, why in self.importer.brought(rows) if rows else ():
            self._problem(row, name, why)
        self._compare_rest([row for row in rows if not row.bad])

    def _twice(self, row: Row, names: tuple[str, ...], first: Row) -> None:
        """Take a row that says the same as an earlier one as said once more; refuse one that says something else.

        A repeat of a row that is refused is refused with it, so that neither is missing among the bad ones.
        """
        if first.bad:
            self._problem(row, names[0], "is in an earlier row, and that row is refused")
            return
        if self._repeats(row, first):
            row.id = first.id
            self.outcome.unchanged += not self._compare_rest([row])
            return
        columns = " and ".join(self.reader.column(each) for each in names)
        value = self.reader.cell(row, names[0]) if len(names) == 1 else ""
        self._bad(
            row.line,
            row.cells,
            columns,
            value,
            "is the same as in an earlier row, which says something else",
        )

    def _repeats(self, row: Row, first: Row) -> bool:
        """Whether a row is known to say what an earlier one says, texts as people take them to be the same.

        What an importer's own columns said in an earlier piece of the file is not known, unless the importer kept it.
        """
        if self.has_extra and row.extra != (
            first.extra if first.line else self.importer.said(first.id)
        ):
            return False
        return all(same_value(first.values.get(name), row.values[name]) for name in self.given)

    def _there(
        self, names: tuple[str, ...], piece: list[Row], keys: Sequence[tuple[Any, ...]]
    ) -> dict[tuple[Any, ...], tuple[Any, ...]]:
        """Return the records that rows name by these fields: key, folded → (id, version, the given fields)."""
        known = self.sealed.digests(names, piece)
        columns = ", ".join(
            f"t.{name}" for name in ["id", "version", *map(self.sealed.column, names), *self.given]
        )
        source, wanted = self._rows_of(names, piece, keys, known)
        # The first of doubles, which old files may have, comes last and counts.
        sql = f"SELECT {columns} FROM {source} AND t.archived_at IS NULL ORDER BY t.id DESC"
        rows = self.office.rows(sql, *wanted)
        width = 2 + len(names)
        places = range(2, width)
        theirs = _folded_keys(
            [[known.get(row[place], row[place]) for row in rows] for place in places]
        )
        if names in self.importer.counted:
            theirs = _numbered_from_last(theirs)
        return {key: (*row[:2], *row[width:]) for key, row in zip(theirs, rows, strict=True)}

    def _rows_of(
        self,
        names: tuple[str, ...],
        piece: list[Row],
        keys: Sequence[tuple[Any, ...]],
        known: Mapping[object, Sealed],
    ) -> tuple[str, list[object]]:
        """Return the FROM and WHERE of the records that may be meant by a piece's rows, by an index, and its values."""
        table = self.meta.table
        identity = self._identity(names)
        if identity:
            single = len(names) == 1
            forms = (
                [key[0] for key in keys] if single else [identity.of(row.values) for row in piece]
            )
            wanted: list[object] = [str(form) for form in dict.fromkeys(forms) if form is not None]
            marks = ", ".join("?" * len(wanted))
            source = f"{table}_same s CROSS JOIN {table} t ON t.id = s.id WHERE s.identity = ? AND s.folded IN ({marks})"
            return source, [identity.name, *wanted]
        lead = self.sealed.column(names[0])
        values = {row.values[names[0]] for row in piece}
        wanted = [value for value in values if value is not None]
        if lead != names[0]:
            wanted = [digest for digest, value in known.items() if value in values]
        where = f"t.{lead} IN ({', '.join('?' * len(wanted))})"
        return (
            f"{table} t WHERE {f'({where} OR t.{lead} IS NULL)' if None in values else where}",
            wanted,
        )

    def _without_key(
        self,
        names: tuple[str, ...],
        rows: list[Row],
        keys: Sequence[tuple[Any, ...]],
        there: Mapping[tuple[Any, ...], tuple[Any, ...]],
    ) -> dict[tuple[Any, ...], tuple[Any, ...]]:
        """Return the records that rows name by another unique key, and that have none of these fields yet.

        A box on record without a barcode is the box that a row gives one; one with another barcode is another box.
        """
        found: dict[tuple[Any, ...], tuple[Any, ...]] = {}
        for others in self.keys[self.keys.index(names) + 1 :]:
            identity = self._identity(others)
            if identity is None or not identity.unique or not {*names, *others} <= set(self.given):
                continue
            new = [
                (row, key)
                for row, key in zip(rows, keys, strict=True)
                if key not in there and key not in found
            ]
            new = [
                (row, key)
                for row, key in new
                if all(row.values[name] is not None for name in others)
            ]
            if not new:
                continue
            named = [row for row, _ in new]
            other_keys = self._row_keys(others, named)
            known = self._there(others, named, other_keys)
            places = [2 + self.given.index(name) for name in names if name not in others]
            for (_, key), other in zip(new, other_keys, strict=True):
                record = known.get(other)
                if record is not None and all(record[place] is None for place in places):
                    found[key] = record
        return found

    def _identity(self, names: tuple[str, ...]) -> Identity | None:
        return next(
            (each for each in self.meta.identities if set(each.columns) == set(names)), None
        )

    def _add(self, rows: list[Row]) -> None:
        if not rows:
            return
        for row in rows:
            row.id, self.next_id = self.next_id, self.next_id + 1
        self.office.bulk.before_adding(self.meta)
        if self.meta.sealed:
            rows = [row for row in rows if self._seal(row)]
        rows = self._write(rows)
        self._tell(rows)
        self.importer.added(rows)
        self.outcome.added += len(rows)
        self._compare_rest(rows, but=self.importer.later)
        for row in rows[: 10 - len(self.outcome.preview)]:
            self.outcome.preview.append({**row.values, **row.extra})

    def _seal(self, row: Row) -> bool:
        """Seal a new row's values; note the row whose unique value another record has under a former key."""
        try:
            self.sealed.new(row)
        except Refused as error:
            for problem in error.problems:
                self._problem(row, problem.field, problem.message)
            return False
        return True

    def _write(self, rows: list[Row]) -> list[Row]:
        """Write new rows; where some may clash, one by one once any does. Returns those that were written."""
        db = self.office.store.db
        if not self.may_clash:
            self._insert(rows)
            self._fold(rows)
            return rows
        db.execute("SAVEPOINT piece")
        try:
            self._insert(rows)
            self._fold(rows)
            self._guard(rows)
        except (sqlite3.IntegrityError, Refused):
            db.execute("ROLLBACK TO piece")
            rows = [row for row in rows if self._add_one(row)]
        db.execute("RELEASE piece")
        return rows

    def _insert(self, rows: list[Row]) -> None:
        by_column = zip(*[row.values.values() for row in rows], strict=True)
        columns = dict(zip(self.stored, by_column, strict=True))
        insert_columns(self.office.store.db, self.meta, {"id": [row.id for row in rows], **columns})

    def _fold(self, rows: list[Row]) -> None:
        """Let new rows be found by what is unique, and by what identifies the rows of this file, before the next piece asks.

        That nobody has the identity they all go by was seen when they were looked up.
        """
        key = self._identity(self.sole_key)
        if key:
            with self.office.lifted():
                self._fold_key(key, rows)
        self.office.bulk.fold_added(self.meta, rows[0].id, len(rows), key)

    def _fold_key(self, key: Identity, rows: list[Row]) -> None:
        """Write the entries of what the rows go by; one text is folded here, faster than SQLite has each folded by itself."""
        db = self.office.store.db
        values = [row.values[key.columns[0]] for row in rows]
        if len(key.columns) > 1 or set(map(type, values)) != {str}:
            db.execute(put_off(self.meta, key), (rows[0].id,))
            return
        entries = [
            (key.name, form, row.id) for form, row in zip(folded_all(values), rows, strict=True)
        ]
        # In their order, as SQLite keeps them.
        insert_rows(db, table_of(self.meta), ("identity", "folded", "id"), sorted(entries))

    def _add_one(self, row: Row) -> bool:
        """Add one row of a piece in which some cannot be; note the one that cannot."""
        db = self.office.store.db
        db.execute("SAVEPOINT one")
        try:
            self._insert([row])
            self._fold([row])
            self._guard([row])
        except (sqlite3.IntegrityError, Refused) as error:
            db.execute("ROLLBACK TO one")
            row.bad = True
            for problem in self._refused(error, row):
                self._problem(row, problem.field, problem.message)
            return False
        finally:
            db.execute("RELEASE one")
        return True

    def _refused(self, error: sqlite3.IntegrityError | Refused, row: Row) -> list[Problem]:
        """Return why the file, a record's rule or a plugin's guard refuses a row."""
        if isinstance(error, Refused):
            return error.problems
        there = 0 if row.id >= self.first_new else row.id
        return explain(self.office, error, self.meta, row.values, there)

    def _tell(self, rows: list[Row]) -> None:
        """Have plugins told of new rows after the commit, where any wants to hear."""
        if self.office.plugins.implements("changed"):
            self.office.runner.wrote(self._change(row.id, None, row.values) for row in rows)

    def _change(self, id: int, before: dict[str, Any] | None, after: dict[str, Any]) -> Change:  # noqa: A002 - as below
        return Change(
            self.meta.key, id, before, after, self.office.actor, f"{self.meta.key}.import"
        )

    def _guard(self, rows: list[Row]) -> None:
        """Let plugins' guards look at each row, where any guards writes."""
        if self.office.plugins.implements("validate"):
            for row in rows:
                self._validate(row.id, None, row.values)

    def _validate(self, id: int, before: dict[str, Any] | None, after: dict[str, Any]) -> None:  # noqa: A002 - the column's name
        change = self._change(id, before, after)
        problems = [
            Problem(f"{p.message} ({who})", p.field)
            for who, p in self.office.plugins.guard("validate", office=self.office, change=change)
        ]
        if problems:
            raise Refused(problems, self.meta.label)

    def _compare(self, known: list[tuple[Row, tuple[Any, ...]]]) -> None:
        there_already = [row for row, _ in known]
        beside = self.importer.differing(there_already) if known else {}
        fixed = self.importer.fixed(there_already) if known else {}
        compared = self._compared(there_already)
        same: list[Row] = []
        for row, (_, version, *there) in known:
            old = dict(zip(self.given, there, strict=True))
            changed = [
                name
                for name, value in old.items()
                if value != row.values[name] and self._says(row, name)
            ]
            changed = [name for name in changed if self.sealed.differs(row, name, old[name])]
            left, rest = fixed.get(row.id, []), compared.get(row.line, [])
            if not changed and row.id not in beside:
                self.outcome.unchanged += not (left or rest)
            elif self.options.update:
                if self._update(row, version, {name: old[name] for name in changed}):
                    same.append(row)
            else:
                left = [*changed, *beside.get(row.id, []), *left]
                self.outcome.may_change = True
            if left or rest:
                self._note_difference(row, left, old, rest)
        if same:
            self.importer.updated(same)

    def _compared(
        self, rows: Sequence[Row], but: Collection[str] = ()
    ) -> dict[int, list[Difference]]:
        return self.compared.differences(rows, but) if rows and self.compared.columns else {}

    def _compare_rest(self, rows: Sequence[Row], but: Collection[str] = ()) -> bool:
        """Note what rows of written records say that no import sets; return whether any says something that is not so.

        `but` names the fields that cannot be compared yet.
        """
        compared = self._compared(rows, but)
        for row in rows if compared else ():
            if row.line in compared:
                self._note_difference(row, [], {}, compared[row.line])
        return bool(compared)

    def _note_difference(
        self, row: Row, names: list[str], old: dict[str, Any], rest: Iterable[Difference] = ()
    ) -> None:
        """Note what a row says otherwise than its record has it: by the fields it fills, and by those no import sets."""
        differences = list(rest)
        for name in names:
            field = self.meta.by_name.get(name) if name in old else None
            differences.append(
                Difference(self.reader.column(name), field, row.values.get(name), old.get(name))
            )
        self.outcome.differing.append(Different(row.line, self._name(row), differences))

    def _name(self, row: Row) -> str:
        """Return what people call a row's record: its key, what it belongs to, and its name where that is another word."""
        names = dict.fromkeys((*self.keys[0][:1], *self._display()))
        # A record that is shown by its number alone has no field for it.
        fields = [self.meta.by_name[name] for name in names if name in self.meta.by_name]
        named = [
            self._named(field, row.values.get(field.name)) for field in fields if not field.hidden
        ]
        return " ".join(dict.fromkeys(filter(None, named))) or self.office.label(
            self.record, row.id
        )

    def _named(self, field: Field, value: object) -> str:
        """Return a value by which people know a record; a number of ours is none."""
        if field.kind == "reference" and isinstance(value, int):
            target = self.office.target(field)
            return self.office.label(target, value) if target else ""
        return value if isinstance(value, str) and not field.sealed else ""

    def _says(self, row: Row, name: str) -> bool:
        """Return whether a row's cell says something of a record that is there.

        A blank one takes a value away; but not where the field has a default, nor where the whole column is blank.
        What actions manage is read for new records alone: the life of one that is there goes on here.
        """
        if self.meta.by_name[name].managed:
            return False
        if row.values[name] is not None and name not in row.blank:
            return True
        return name not in row.blank and self.reader.column(name) not in self._empty_columns()

    def _empty_columns(self) -> set[str]:
        if self._empty is None:
            self._empty = {self.table.columns[place] for place in blank_columns(self.table)}
        return self._empty

    def _update(self, row: Row, version: int, old: dict[str, Any]) -> bool:
        new = {name: row.values[name] for name in old}
        if new:
            try:
                if self.sealed.names:
                    new = self.sealed.sealed(row, new)
                sets = ", ".join(f"{name} = ?" for name in new)
                if self.office.plugins.implements("validate"):
                    self._validate(row.id, old, new)
                self._rules(row, new)
                self.office.store.db.execute(
                    f"UPDATE {self.meta.table} SET {sets}, version = version + 1 WHERE id = ? AND version = ?",
                    [*new.values(), row.id, version],
                )
                self.office.expect(self.meta)
            except (sqlite3.IntegrityError, Refused) as error:
                for problem in self._refused(error, row):
                    self._problem(row, problem.field, problem.message)
                return False
            if self.office.plugins.implements("changed"):
                self.office.runner.wrote([self._change(row.id, old, new)])
        self.outcome.updated += 1
        return True

    def _rules(self, row: Row, new: dict[str, Any]) -> None:
        """Let the record's own rules look at it as it will be, the fields that the file leaves out included."""
        if self.meta.fixed or self.record.check is not Record.check:
            after = self.office.get(self.record, row.id)
            there = {name: to_sql(value) for name, value in after.__dict__.items()}
            made = self.record.from_row([{**there, **new}[name] for name in self.meta.columns])
            hidden = {
                name: value for name, value in after.__dict__.items() if isinstance(value, Unusable)
            }
            made.__dict__.update({name: value for name, value in hidden.items() if name not in new})
            if problems := own_rules(self.office, made):
                raise Refused(problems, self.meta.label)


def _folded_keys(columns: Sequence[Sequence[Any]]) -> list[tuple[Any, ...]]:
    """Return the keys of rows from the columns of their parts, texts folded."""
    parts: list[Sequence[Any]] = []
    for values in columns:
        if all(value.__class__ is str for value in values):
            parts.append(folded_all(values))
        else:
            parts.append([folded(value) if value.__class__ is str else value for value in values])
    return list(zip(*parts, strict=True))


def _numbered_from_last(keys: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Return keys, the newest record's first, each with its number among its equals from the oldest on."""
    times: Counter[tuple[Any, ...]] = Counter()
    numbered = []
    for key in reversed(keys):
        times[key] += 1
        numbered.append((*key, times[key]))
    return numbered[::-1]


def _importer(record: type[Record]) -> type[Importer]:
    if not record.importer:
        return Importer
    found: type[Importer] = named(record.importer)
    return found


def _answered_for(
    record: type[Record], office: Office, source: str, *, of_bad_rows: bool
) -> Importer:
    """Return the record's importer; what fails in its code is its plugin's fault."""
    if not record.importer:
        return Importer(office, source)
    place = f"the import of {record.meta.key}"
    with Blame(record.meta.plugin, place):
        importer = _importer(record)(office, source)
        importer.of_bad_rows = of_bad_rows
    return cast("Importer", Accountable(importer, record.meta.plugin, place))


def import_fields(record: type[Record]) -> list[Field]:
    """Return the fields a file may fill: the record's own and those only an import has."""
    importer = _importer(record)
    instead = {f.public_name for f in importer.extra}
    own = (f for f in record.meta.fields if f.public_name not in instead)
    return [*(f for f in own if not f.managed or f.name in importer.may_set), *importer.extra]
