"""Filters: make the readers of filters, and answer what the terms of a filter mean in this office."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from officeops.model.errors import NotFound, UsageProblem
from officeops.model.identity import folded_sql
from officeops.office.row_reach import RowReach
from officeops.query import lookup
from officeops.query.comparisons import Questions
from officeops.query.filter import Filter
from officeops.query.words import Words
from officeops.store.folded_identities import WORDS, table_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from officeops.model.fields import Field
    from officeops.model.identity import Identity
    from officeops.model.meta import Meta
    from officeops.model.office import Office
    from officeops.model.records import Record
    from officeops.office.authorization import Authorizer
    from officeops.office.reader import Reader
    from officeops.office.sealed_fields import SealedFields
    from officeops.query.select import Select
    from officeops.query.words import Beyond


#: The fewest digits of a word by which a record's class may find it, and the most it may find.
_NUMBER: Final = 7
_MOST_FOUND: Final = 500


class Filters:
    """Makes readers of filters over one office."""

    def __init__(
        self,
        office: Office,
        reader: Reader,
        authorizer: Authorizer,
        seals: Callable[[], SealedFields],
    ) -> None:
        self._office, self._reader = office, reader
        self._authorizer, self._seals = authorizer, seals

    def of(
        self,
        record: type[Record],
        select: Select,
        remarks: list[str],
        *,
        own: bool,
    ) -> Filter:
        """Make the reader of a record type's filters.

        Words are looked for in the records that it refers to as well, but not with `own`. Sentences
        about a filter, such as an archived vendor, are added to `remarks`.
        """
        meta = record.meta
        unseen = self._authorizer.unseen(record)
        words = Words(
            meta,
            self._reader.records,
            unseen=unseen,
            own=own,
            beyond=self._beyond,
            few=partial(RowReach(self._authorizer).reaches_few, record),
            also=partial(self._also_found, record),
        )
        questions = Questions(
            digests=lambda *looked_up: self._seals().look_up(*looked_up),
            refer=partial(self._referred, remarks),
            present=partial(self._present, record),
            has=partial(self._has, record),
            # Without the locations, rows are shown by the office's clock, too.
            clocks=None if "core.location" in unseen else self._clocks,
            tagged=self._tagged,
            kind_of=self._office.record,
        )
        withheld = self._authorizer.withheld(record)
        return Filter(meta, self._office.ways, words, questions, select.expression, withheld)

    def _also_found(self, record: type[Record], text: str) -> list[int]:
        """List the ids that a record's class finds by a number: a phone number, a code."""
        # Words are looked for in texts alone: a class is asked only for what may be a number.
        digits = sum(letter.isdecimal() for letter in text)
        is_asked = "also_found" in record.__dict__ and digits >= _NUMBER
        if not is_asked:
            return []
        with self._authorizer.trusted():
            ids = dict.fromkeys(record.also_found(self._office, text))
        # They become values of a statement, which takes only so many.
        return list(ids)[:_MOST_FOUND]

    def _clocks(self) -> list[str]:
        """List the time zones that locations have of their own; selfcheck reports one that is none."""
        from officeops.values.zones import is_zone

        sql = "SELECT DISTINCT time_zone FROM core_location WHERE time_zone > ''"
        return [zone for (zone,) in self._reader.rows(sql) if is_zone(zone)]

    def _referred(
        self,
        remarks: list[str],
        field: Field,
        text: str,
        is_key: bool,  # noqa: FBT001 - a callback of the filter
    ) -> list[int]:
        """List the ids that a word of a filter means. Raises NotFound for none.

        Where only archived records fit, a remark says so.
        """
        target = self._reader.target(field)
        if target is None:
            plugin = field.target.partition(".")[0]
            raise UsageProblem(f"the plugin {plugin} is off.", code="plugin-off")
        self._authorizer.allow_view(target)
        meta = target.meta
        rows = lookup.meant(self._office, target, text, by_id=is_key, by_key=is_key)
        if not rows:
            from officeops.query.near_names import cure

            why = f"there is no {meta.one} {text!r}. {cure(self._office, target, text)}"
            raise NotFound(*lookup.not_found(meta, text, why))
        ids = [row[0] for row in rows]
        is_live = [row[1] is None for row in rows]
        if not any(is_live):
            for id_ in ids[: lookup.NAMED]:
                remark = f"{meta.label} {self._reader.label(target, id_)} is archived."
                if remark not in remarks:
                    remarks.append(remark)
        return ids

    def _beyond(self, meta: Meta) -> Beyond:
        """Say whether a record of a kind has searched text beyond ASCII.

        In many offices none has, and a search for a word is faster then.
        """
        if not meta.searched:
            return ""
        if lookup.is_withheld(self._office, self._reader.records[meta.key]):
            return "asked"
        sql = f"SELECT 1 FROM {table_of(meta)} WHERE identity = ? LIMIT 1"
        return "kept" if self._reader.value(sql, WORDS) else ""

    def _present(
        self,
        record: type[Record],
        identity: Identity,
        values: Sequence[str],
    ) -> set[str]:
        marks = ", ".join("?" * len(values))
        sql = (
            f"SELECT DISTINCT folded FROM {table_of(record.meta)} "
            f"WHERE identity = ? AND folded IN ({marks})"
        )
        rows = self._reader.rows(sql, identity.name, *values)
        return {folded for (folded,) in rows}

    def _has(
        self,
        record: type[Record],
        field: Field,
        value: str,
    ) -> bool:
        column = folded_sql(f"t.{field.name}")
        sql = f"SELECT 1 FROM {record.meta.table} t WHERE {column} = ? LIMIT 1"
        return self._reader.value(sql, value) is not None

    def _tagged(self, meta: Meta, word: str) -> bool:
        from officeops.query.tags import has_tag

        # A filter by a tag would tell which tags there are.
        self._authorizer.allow("core.tag.view")
        return self._reader.value(has_tag(meta), word) is not None
