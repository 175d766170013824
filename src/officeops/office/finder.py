"""Finder: lists records by filters, and finds the ones that people mean by a word."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager, nullcontext
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from officeops.model.declarations import Query
from officeops.model.error_words import declared_in
from officeops.model.errors import Broken, NotFound, PluginFault, UsageProblem
from officeops.model.sql_values import id_list
from officeops.office.record_types import must_be_usable
from officeops.plugins.blame import is_a_fault
from officeops.query.select import Select

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from officeops.model.fields import Field
    from officeops.model.office import Office
    from officeops.model.records import Record
    from officeops.office.authorization import Authorizer
    from officeops.office.guarded_readings import GuardedReadings
    from officeops.office.reader import Reader
    from officeops.office.sealed_fields import SealedFields
    from officeops.query.filter import Filter

    R = TypeVar("R", bound=Record)
else:
    R = TypeVar("R")

#: All that is not archived, in the record's own order.
EVERYTHING: Final = Query()


class Finder:
    """Answers filters and typed words.

    Code of plugins that knows other words is given the office.
    """

    def __init__(
        self,
        office: Office,
        reader: Reader,
        authorizer: Authorizer,
        seals: Callable[[], SealedFields],
        readings: GuardedReadings,
    ) -> None:
        self._office, self._reader, self._readings = office, reader, readings
        self._authorizer, self._seals = authorizer, seals

    def query(
        self,
        record: type[Record],
        *,
        by_key: bool = False,
        own: bool = False,
    ) -> Select:
        """Start a list query over a kind of record. Raises Forbidden.

        Words are looked for in the records that it refers to as well, but not with `own`.
        """
        must_be_usable(record.meta, self._reader.records, self._reader.plugins)
        self._authorizer.allow_view(record)
        remarks: list[str] = []
        return Select(
            record.meta,
            self._reader.records,
            by_key=by_key,
            withheld=self._authorizer.withheld(record),
            unseen=self._authorizer.unseen(record),
            marks=lambda: self._seals().key_marks(),
            read_filter=partial(self._filter_of, record, remarks, own),
            remarks=remarks,
            merged=self._merged,
        )

    def label(self, record: type[Record], id: int | None) -> str:  # noqa: A002
        """Name a record to people, with the one that it was merged into: `Lab, merged into Main`."""
        name = self._reader.label(record, id)
        if id is None or not record.merges:
            return name
        from officeops.query.merged import merged_into

        return name + merged_into(self._office, record, id)

    def text_of(self, record: Record, name: str) -> str:
        """Write the value of a field as people read it."""
        from officeops.office.shown_value import shown_value

        field = record.meta.field(name)
        if field is None:
            raise Broken(f"{record.meta.key} has no field {name!r}.")
        if not field.sql:
            self._readings.show(record, [field.name])
            return shown_value(self._office, field, getattr(record, field.name))
        sql = f"SELECT {field.sql} FROM {record.meta.table} t WHERE t.id = ?"
        rows = self.answer(type(record), sql, record.id)
        return shown_value(self._office, field, rows[0][0] if rows else None)

    def _merged(self, record: type[Record]) -> Mapping[int, str]:
        from officeops.query.merged import words_of_merged

        return words_of_merged(self._office, record)

    def _filter_of(
        self,
        record: type[Record],
        remarks: list[str],
        own: bool,  # noqa: FBT001 - bound once, above
        select: Select,
    ) -> Filter:
        from officeops.office.filters import Filters

        filters = Filters(self._office, self._reader, self._authorizer, self._seals)
        return filters.of(record, select, remarks, own=own)

    def select(
        self,
        record: type[Record],
        columns: Sequence[Field],
        query: Query = EVERYTHING,
    ) -> list[tuple[Any, ...]]:
        """Return rows of (id, then each column), references by the names people know."""
        sql, values = self.query(record).sql(query, columns)
        return self.answer(record, sql, *values)

    def among(
        self,
        record: type[Record],
        where: str,
        ids: Sequence[int],
    ) -> list[int]:
        """List those of some records, archived or not, that a filter finds, in their order."""
        conditions, values = self.query(record).where(where)
        conditions = ["t.id IN (SELECT value FROM json_each(?))", *conditions]
        sql = f"SELECT t.id FROM {record.meta.table} t WHERE {' AND '.join(conditions)}"
        found = {row[0] for row in self.answer(record, sql, id_list(ids), *values)}
        return [id_ for id_ in ids if id_ in found]

    def answer(
        self,
        record: type[Record],
        sql: str,
        *values: object,
    ) -> list[tuple[Any, ...]]:
        """Run a query of `query(record)`.

        Raises PluginFault for wrong SQL of a computed field, TimeUp for SQL of one that does not
        end.
        """
        with self.computing(record, sql) if record.meta.computed else nullcontext():
            rows = self._reader.rows(sql, *values)
        self._readings.record()
        return rows

    @contextmanager
    def computing(self, record: type[Record], sql: str) -> Iterator[None]:
        """Name the plugin of a computed field whose SQL is wrong or does not end, in a query."""
        names = [computed.name for computed in record.meta.computed if computed.sql in sql]
        if not names:
            yield
            return
        plugins, meta = self._reader.plugins, record.meta
        is_own = meta.plugin in plugins.own
        try:
            with (
                nullcontext()
                if is_own
                else plugins.time.to_compute(meta.plugin, self._reader, names, meta.key)
            ):
                yield
        except sqlite3.Error as error:
            # A locked or damaged file is not the plugin's fault, though its SQL met it.
            if is_a_fault(error):
                self._blame_computed(record, error)
            raise

    def _blame_computed(self, record: type[Record], error: sqlite3.Error) -> None:
        """Raise PluginFault for the computed field whose SQL is wrong, if there is one."""
        meta = record.meta
        time = self._reader.plugins.time
        for computed in meta.computed:
            # Asked alone, another field may turn out to have no end.
            limit = time.to_compute(meta.plugin, self._reader, [computed.name], meta.key)
            try:
                with limit:
                    self._reader.rows(f"SELECT {computed.sql} FROM {meta.table} t")
            except sqlite3.Error as fault:
                place = f"the computed field {computed.name} of {meta.key}"
                cure = (
                    f"`officeops plugins check {meta.plugin}` tests it, "
                    f"`officeops plugins disable {meta.plugin}` turns it off"
                )
                declared = rf"computed\(\s*.{computed.name}\b"
                begins = declared_in(record, declared, meta.plugin)
                raise PluginFault(meta.plugin, place, fault, cure, begins=begins) from error

    def find(
        self,
        record: type[R],
        text: str,
        *,
        within: Mapping[str, int] | None = None,
    ) -> R:
        """Find the record people mean by a word: a human key (PO-12), unique value, name, or #id.

        Raises NotFound, UsageProblem where several fit, and Forbidden where the kind of record may
        not be seen.
        """
        from officeops.query import lookup  # a list looks no word up

        must_be_usable(record.meta, self._reader.records, self._reader.plugins)
        self._authorizer.allow_view(record)
        ids = self.find_ids(record, text, within=within)
        try:
            number = lookup.one(self._office, record, text, ids)
            found = self._reader.get(record, number)
        except NotFound as error:
            from officeops.query.near_names import cure

            rest = str(error).removeprefix("there")
            next_step = cure(self._office, record, text)
            raise NotFound(f"There{rest}. {next_step}", error.problems) from None
        except UsageProblem as error:
            raise UsageProblem(f"{error}.", error.problems) from None
        if not (record.merges and found.archived_at):
            return found
        from officeops.query.merged import record_that_stays

        # An old link, or the name that it had, leads to the one that it was merged into.
        return self._reader.get(record, record_that_stays(self._office, record, number))

    def find_ids(
        self,
        record: type[Record],
        text: str,
        *,
        by_id: bool = True,
        within: Mapping[str, int] | None = None,
    ) -> list[int]:
        """List the ids that a word may mean, by the first rule of `query.lookup` that finds any.

        Without `by_id` a bare number is no id, as in files from elsewhere. `within` are columns
        that the record must have too: {"item_id": 12} for a pack of that item.
        """
        from officeops.query import lookup

        text = self._reader.plainly(text)
        rows = lookup.meant(self._office, record, text, by_id=by_id, within=within)
        return lookup.chosen(rows, text)

    def alike(self, record: type[Record], name: str, *texts: str) -> list[int]:
        """List the ids of live records whose field `name` is the same as one of the texts.

        The field is unique, or it names the record.
        """
        from officeops.query import lookup

        rows = lookup.alike(self._office, record, name, texts)
        return sorted(row[0] for row in rows if row[1] is None)

    def refer(
        self,
        field: Field,
        text: str,
        within: Mapping[str, int] | None = None,
        held: Record | None = None,
    ) -> int | None:
        """Find the id of the live record that a text in a reference means; blank is None.

        The one that the record `held` refers to already may be archived. Raises NotFound, UsageProblem where several fit, and Refused for one that is archived.
        """
        if not text.strip():
            return None
        # Typed and imported values have references; a list does without this module.
        from officeops.query.references import refer

        return refer(self._office, field, text, within, held)
