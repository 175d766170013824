"""Merge steps: what a merge of two records would do to each row that names the one that goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.errors import Reason
from officeops.model.immutable import Value
from officeops.office.fixed_references import referrers
from officeops.values.wording import listing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from officeops.model.about import Subject
    from officeops.model.meta import Meta
    from officeops.model.records import Record
    from officeops.store.stored_office import StoredOffice

#: What becomes of a row.
FOLLOW, FOLD, STAY, CLASH = "follow", "fold", "stay", "clash"
#: A person's answer about the record that goes is about that record alone.
_ANSWERS = "core.duplicate"


class MergeStep(Value):
    """What becomes of one row that names the record that goes, or of a twin of such a row.

    `what` is `follow` (it names the record that stays), `fold` (it is archived, as `into` is the
    same), `stay` (an entry of a ledger) or `clash` (a person has to decide; `why`). The row names
    `gone` in `column` before, and `keep` after; `keys` are the kinds of record before and after,
    where a row is about one and moves to another kind.
    """

    record: type[Record]
    id: int
    column: str
    what: str
    gone: int
    keep: int
    into: int = 0
    why: str = ""
    keys: tuple[str, str] | tuple[()] = ()


class MergeSteps:
    """Finds the steps of a merge. It reads what the acting person reads, and writes nothing.

    With `plugins` they begin at what these keep.
    """

    def __init__(self, office: StoredOffice, plugins: Sequence[str] = ()) -> None:
        self._office = office
        self._plugins = plugins
        self._rows_seen: set[tuple[str, int, str]] = set()

    def of(
        self,
        kind: type[Record],
        keep: int,
        gone: int,
    ) -> Iterator[MergeStep]:
        """Yield the steps of one merge, and after each fold those of the twin that goes."""
        only, self._plugins = self._plugins, ()
        for record, column, where in self._columns(kind.meta):
            meta = record.meta
            if only and meta.plugin not in only:
                continue
            if not self._office.may_view(record):
                # Inside an action every kind is seen, so no row is left behind.
                continue
            if meta.append_only:
                yield from self._entries(record, column, keep, gone)
            else:
                yield from self._of_rows(
                    record,
                    column,
                    where,
                    keep,
                    gone,
                    self._twins(record, column, f"{column} = ?{where}", keep),
                )

    def of_about(
        self,
        record: type[Record],
        condition: str,
        keep: Subject,
        gone: Subject,
    ) -> Iterator[MergeStep]:
        """Yield the steps of rows of one kind about a record that move to one of any kind."""
        key, number = record.meta.about
        where = f" AND {key} = '{gone.key}' AND {condition}"
        twins = self._twins(record, number, f"{number} = ? AND {key} = '{keep.key}'", keep.id)
        for step in self._of_rows(record, number, where, keep.id, gone.id, twins):
            is_row = step.record is record and step.what == FOLLOW
            yield step.replace(keys=(gone.key, keep.key)) if is_row else step

    def _columns(self, meta: Meta) -> list[tuple[type[Record], str, str]]:
        """List the kinds of row that name a kind of record, with the column and a condition.

        The owners of lots and packs come first, so that undo, which goes backward, moves the owner
        once what names it is back.
        """
        columns: list[tuple[bool, type[Record], str, str]] = []
        for other in referrers(self._office, meta):
            is_later = not other.field.fixed
            record = self._office.records[other.meta.key]
            columns.append((is_later, record, other.field.name, ""))
        for record in self._office.records.values():
            if record.meta.about and record.meta.key != _ANSWERS:
                key, number = record.meta.about
                columns.append((True, record, number, f" AND {key} = '{meta.key}'"))
        columns.sort(key=lambda column: column[0])
        return [(record, column, where) for _, record, column, where in columns]

    def _entries(
        self,
        record: type[Record],
        column: str,
        keep: int,
        gone: int,
    ) -> Iterator[MergeStep]:
        sql = f"SELECT id FROM {record.meta.table} WHERE {column} = ? ORDER BY id"
        for (number,) in self._office.rows(sql, gone):
            yield MergeStep(
                record,
                number,
                column,
                STAY,
                gone,
                keep,
            )

    def _of_rows(
        self,
        record: type[Record],
        column: str,
        where: str,
        keep: int,
        gone: int,
        twins: Mapping[tuple[str, ...], Record],
    ) -> Iterator[MergeStep]:
        condition = f"{column} = ?{where}"
        if not self._must_be_read(record, column):
            sql = f"SELECT id FROM {record.meta.table} WHERE {condition} AND archived_at IS NULL"
            for (number,) in self._office.rows(f"{sql} ORDER BY id", gone):
                if self._is_new(record, number, column):
                    yield MergeStep(record, number, column, FOLLOW, gone, keep)
            return
        for row in self._office.all(record, condition, gone):
            if not self._is_new(record, row.id, column):
                continue
            step = MergeStep(
                record,
                row.id,
                column,
                FOLLOW,
                gone,
                keep,
            )
            twin = self._twin(twins, record, column, row)
            if twin is not None:
                yield from self._of_twin(step, twin, row)
                continue
            why = self._why_not(step, row)
            yield step.replace(what=CLASH, why=why) if why else step

    def _must_be_read(self, record: type[Record], column: str) -> bool:
        """Whether the other values of a row tell what becomes of it; most rows only follow."""
        field = record.meta.by_name[column]
        is_told = bool(_sets(record, column)) or field.fixed or _may_clash(record)
        return is_told or field.target == record.meta.key

    def _is_new(
        self,
        record: type[Record],
        number: int,
        column: str,
    ) -> bool:
        """Whether a row has no step yet: two folded twins may lead to it."""
        place = (record.meta.key, number, column)
        is_new = place not in self._rows_seen
        self._rows_seen.add(place)
        return is_new

    # -- twins -----------------------------------------------------------------------------------

    def _twins(
        self,
        record: type[Record],
        column: str,
        condition: str,
        keep: int,
    ) -> dict[tuple[str, ...], Record]:
        """Map the identities of the rows that name the record that stays to the rows."""
        # By live rows alone: an archived twin is in nobody's way.
        twins: dict[tuple[str, ...], Record] = {}
        if not _sets(record, column):
            return twins
        for row in self._office.all(record, condition, keep):
            for names in _sets(record, column):
                twins.setdefault(_identity(row, names, column), row)
        return twins

    def _twin(
        self,
        twins: Mapping[tuple[str, ...], Record],
        record: type[Record],
        column: str,
        row: Record,
    ) -> Record | None:
        for names in _sets(record, column):
            twin = twins.get(_identity(row, names, column))
            if twin is not None and twin.id != row.id:
                return twin
        return None

    def _of_twin(
        self,
        step: MergeStep,
        twin: Record,
        row: Record,
    ) -> Iterator[MergeStep]:
        """Yield that a twin is folded, and then what names it; or that a person has to decide."""
        kind = step.record
        place = f"fold() of the record {kind.meta.key}"
        with self._office.answering(kind.meta.plugin, place):
            why = kind.fold(self._office, twin, row)
        why = why or _sealed_values(row, twin)
        if why:
            yield step.replace(what=CLASH, into=twin.id, why=why)
            return
        yield step.replace(what=FOLD, into=twin.id)
        # A line of an order may name the twin that goes.
        yield from self.of(kind, twin.id, row.id)

    def _why_not(
        self,
        step: MergeStep,
        row: Record,
    ) -> str:
        meta = step.record.meta
        if row.id == step.keep and meta.by_name[step.column].target == meta.key:
            return Reason("the record that stays would name itself", code="not-together")
        # Entries name a lot and its item; with another item the lot would take their stock along.
        if meta.by_name[step.column].fixed and (entries := self._entries_of(meta, row.id)):
            return Reason(f"{entries} have it under its present owner", code="in-use")
        if not _may_clash(step.record):
            return ""
        with self._office.answering(meta.plugin, f"clash() of the record {meta.key}"):
            return step.record.clash(self._office, row, step.keep) or ""

    def _entries_of(
        self,
        meta: Meta,
        number: int,
    ) -> str:
        """Name the ledgers that have entries of a record, in words; blank for none."""
        plurals = []
        for other in referrers(self._office, meta):
            if not other.meta.append_only:
                continue
            sql = f"SELECT 1 FROM {other.meta.table} WHERE {other.field.name} = ? LIMIT 1"
            if self._office.value(sql, number):
                plurals.append(other.meta.many)
        return listing(list(dict.fromkeys(plurals)))


def _may_clash(record: type[Record]) -> bool:
    """Whether a kind looks at each row before it follows; most kinds do not."""
    from officeops.model.records import Record as Everything

    return any("clash" in vars(base) for base in record.mro() if base is not Everything)


def _sets(record: type[Record], column: str) -> list[tuple[str, ...]]:
    """List the sets of fields with a column that tell the rows of a kind apart."""
    unique = [(field.name,) for field in record.meta.fields if field.unique]
    sets = [*record.identity, *record.meta.unique_together, *unique]
    return [names for names in dict.fromkeys(sets) if column in names]


def _identity(
    row: Record,
    names: tuple[str, ...],
    column: str,
) -> tuple[str, ...]:
    """Return what tells a row apart beside the column, as the file compares it."""
    from officeops.model.text_folding import folded

    # Rows about two kinds of record are compared as well.
    others = [name for name in names if name != column and name not in row.meta.about]
    parts = [getattr(row, name) for name in others]
    texts = ["" if part is None else folded(str(part)) for part in parts]
    return (*names, *texts)


def differing_fields(
    kept: Record,
    gone: Record,
    without: tuple[str, ...] = (),
) -> str | None:
    """Return the reason against folding two twins that differ beside their identity, or None.

    A blank value differs from none: it is filled from the other one.
    """
    identity: set[str] = set(without)
    for names in (*type(kept).identity, *kept.meta.unique_together):
        identity.update(names)
    labels = []
    for field in kept.meta.fields:
        if field.name in identity or field.sealed or field.unique or field.name in kept.meta.about:
            continue
        # A blank beside a value contradicts nothing.
        ours, theirs = getattr(kept, field.name), getattr(gone, field.name)
        if None not in {ours, theirs} and ours != theirs:
            labels.append(field.words)
    if not labels:
        return None
    verb = "differs" if len(labels) == 1 else "differ"
    why = f"{listing(labels)} {verb} from #{kept.id}; edit or archive one of the two"
    return Reason(why, code="contradicts-record")


def _sealed_values(row: Record, twin: Record) -> str:
    """Return that a twin has sealed values: nobody may copy one without opening it."""
    labels = [field.words for field in row.meta.sealed if getattr(row, field.name) is not None]
    if not labels:
        return ""
    return Reason(f"it has a sealed {listing(labels)}; #{twin.id} may say otherwise", code="in-use")
