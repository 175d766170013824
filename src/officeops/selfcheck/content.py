"""Checks inside the file: its pages, its tables, its records and its history."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final

from officeops.backup.checks import (
    INDEX_CURE,
    UNCHECKED_CURE,
    Unchecked,
    indexes_alone,
    invariants_by_plugin,
    lost_references,
)
from officeops.history.unseen_rows import is_limited, unseen
from officeops.history.verify_file import faults
from officeops.model.about import KEY, NUMBER
from officeops.model.error_words import RESTORE, ended
from officeops.model.meta import table_of
from officeops.model.sql_values import quoted
from officeops.selfcheck.finding import UNSEEN, Finding
from officeops.selfcheck.fresh_tables import lacking
from officeops.selfcheck.tables import metas_of, plurals, searched_datasets, table_names, tables_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops.model.records import Record
    from officeops.office.office import Office

#: The cure of what a plugin's own check finds.
_OF_A_PLUGIN: Final = "See the record's history; a count or a reversal puts stock right."
#: Faults of the file that are named.
_FAULTS: Final = 5
#: The cure of an alteration that selfcheck does not take back.
_ALTERED: Final = (
    "Somebody altered the file outside officeops. `officeops salvage` with its name copies every row "
    "into a new office with the tables as declared, and says how that takes its place; or restore a "
    "backup from before (`officeops backup list`, `officeops backup restore FILE --live`)."
)
#: Ids of dangling references that are named.
_IDS: Final = 5


def page_findings(office: Office) -> Iterator[Finding]:
    """Check every page of the file, and every entry of its indexes."""
    answers = faults(office.store.db, _FAULTS)
    if not answers:
        yield Finding("content", "pages-damaged", "ok", "SQLite finds every page in order.")
    elif indexes := indexes_alone(answers):
        what = f"The index {', '.join(indexes)} does not hold its rows: {answers[0]}."
        yield Finding("content", "index-damaged", "problem", what, INDEX_CURE, "indexes")
    else:
        what = f"SQLite finds the file damaged: {'; '.join(answers)}."
        yield Finding("content", "pages-damaged", "problem", what, RESTORE)


def search_findings(office: Office, *, full: bool) -> Iterator[Finding]:
    """Check that every search index exists; with `full`, that it agrees with its table."""
    metas = [meta for meta in metas_of(office) if meta.searched]
    tables = table_names(office)
    missing = [meta for meta in metas if f"{meta.table}_search" not in tables]
    if missing:
        what = f"The search index of {plurals(missing)} is missing; they cannot be saved."
        cure = "`officeops selfcheck --fix` makes it again."
        yield Finding(
            "content",
            "search-index-missing",
            "problem",
            what,
            cure,
            "search",
        )
        return
    indexes = [(f"{meta.table}_search", meta.table, meta.many) for meta in metas]
    # Before its first load a dataset has no index.
    loaded = [one for one in searched_datasets(office) if one.search_table in tables]
    indexes += [(dataset.search_table, dataset.table, dataset.title) for dataset in loaded]
    # The whole comparison reads every record, so it is not for each morning.
    holds = _search_holds if full else _search_counts
    wrong = [title for index, table, title in indexes if not holds(office, index, table)]
    if wrong:
        what = f"The search index of {', '.join(wrong)} is not in order; some are not found."
        cure = "`officeops selfcheck --fix` rebuilds it."
        yield Finding(
            "content",
            "search-index-wrong",
            "problem",
            what,
            cure,
            "search",
        )
    else:
        what = "The search indexes hold what the records hold."
        yield Finding("content", "search-index-wrong", "ok", what)


def _search_counts(
    office: Office,
    index: str,
    table: str,
) -> bool:
    """Return whether an index knows at least as many rows as its table has with words.

    FTS5 keeps that number at the beginning of its averages, row 1, seven bits in a byte
    (sqlite.org/fts5.html, "The %_data Table"). Made again, it also counts the rows without any.
    """
    try:
        # Nobody reads the rows of a dataset by SQL; two counts name none of them.
        with office.lifted():
            averages = office.value(f"SELECT block FROM {index}_data WHERE id = 1") or b""
            names = office.rows("SELECT name FROM pragma_table_info(?)", index)
            has_words = " OR ".join(f"{quoted(name)} IS NOT NULL" for (name,) in names)
            rows = office.value(f"SELECT count(*) FROM {table} WHERE {has_words}")
    except sqlite3.DatabaseError:
        return False
    known = 0
    for byte in averages:
        known = known << 7 | byte & 0x7F
        if byte < 0x80:
            break
    return bool(known >= rows)


def _search_holds(
    office: Office,
    index: str,
    _table: str,
) -> bool:
    """Return whether an index agrees with its table, which it knows itself.

    FTS5 takes the question as an INSERT, which changes nothing but needs a write transaction.
    """
    try:
        with office.store.exclusive(f"{office.actor}: selfcheck") as db:
            db.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError:
        return False
    return True


def record_findings(office: Office) -> Iterator[Finding]:
    """Check the references, enforced by SQLite and not, and run the checks of every plugin."""
    dangling_references = [*_lost(office), *dangling(office)]
    cure = (
        "Enter the right one, clear the field, or archive the record; `officeops history` shows the "
        "former one."
    )
    for sentence in dangling_references:
        yield Finding(
            "records",
            "reference-dangling",
            "problem",
            f"{sentence}.",
            cure,
        )
    if not dangling_references:
        yield Finding(
            "records",
            "reference-dangling",
            "ok",
            "Every reference leads to a record.",
        )
    is_broken = False
    for finding in _broken_invariants(office):
        is_broken = True
        yield finding
    if not is_broken:
        yield Finding(
            "records",
            "record-check",
            "ok",
            "Every plugin finds its records in order.",
        )


def _lost(office: Office) -> Iterator[str]:
    """Yield a sentence for each table with enforced references that lead to nothing."""
    limited = {
        record.meta.table for record in office.records.values() if is_limited(office, record)
    }
    for (table, target), count in lost_references(office.store.db).items():
        rows = "Some" if table in limited else f"{count}"
        yield f"{rows} rows of {table} refer to rows of {target} that are not there"


def _broken_invariants(office: Office) -> Iterator[Finding]:
    """Yield the findings of the plugins' checks.

    Of a plugin that has or reads rows that the acting person may not see, one finding says that
    there are any: its sentences may name each of them. It may read those of another plugin, by a
    service of that.
    """
    kinds = [record for record in office.records.values() if is_limited(office, record)]
    limited = {record.meta.plugin for record in kinds}
    tables = tables_of(kinds)
    withheld: set[str] = set()
    # All of them are asked before the first sentence is shown: what each has read is known then.
    with office.authorizer.noting() as read_by:
        problems = list(invariants_by_plugin(office))
    limited.update(plugin for plugin, read in read_by.items() if not tables.isdisjoint(read))
    for plugin, sentence, cure in problems:
        if isinstance(sentence, Unchecked):
            yield _unchecked(sentence)
        elif plugin not in limited:
            what = f"{plugin}: {sentence.rstrip('.')}."
            yield Finding("records", "record-check", "problem", what, cure or _OF_A_PLUGIN)
        elif plugin not in withheld:
            withheld.add(plugin)
            what = f"The plugin {plugin} finds something wrong in its records."
            yield Finding("records", "record-check", "problem", what, UNSEEN)


def _unchecked(sentence: Unchecked) -> Finding:
    """Return the finding for a plugin's check that failed."""
    what = f"{sentence.rstrip('.')}."
    return Finding(
        "records", "record-check-failed", "problem", what, UNCHECKED_CURE, is_incomplete=True
    )


def dangling(office: Office) -> Iterator[str]:
    """Yield a sentence for each reference field with missing records; their plugin must be on."""
    for record in office.records.values():
        for field in record.meta.fields:
            target = office.target(field)
            if target is None:
                continue
            ids = _leading_nowhere(office, record, field.name, target)
            yield from _nowhere(office, record, ids, f"{field.words} leads to no {target.meta.one}")
        if KEY in record.meta.by_name:
            ids = _about_nothing(office, record)
            yield from _nowhere(office, record, ids, "the record that they are about is not there")


def _nowhere(
    office: Office, record: type[Record], ids: Sequence[int], nowhere: str
) -> Iterator[str]:
    """Yield the sentences on rows that lead nowhere: those that the acting person sees, and others."""
    unseen_ids = unseen(office, record, ids)
    if unseen_ids:
        yield f"{record.meta.plural} that you may not see: {nowhere}"
    if ids := [number for number in ids if number not in unseen_ids]:
        yield f"{record.meta.plural} {some(ids)}: {nowhere}"


def _about_nothing(office: Office, record: type[Record]) -> list[int]:
    """List the rows about a record that is not there, or about a kind of which there is no table.

    Records of a plugin that is off are there.
    """
    table, tables = record.meta.table, table_names(office)
    is_blank = f"t.{KEY} IS NULL OR t.{NUMBER} IS NULL"
    ids = office.rows(f"SELECT id FROM {table} t WHERE ({is_blank}) AND t.{KEY} IS NOT t.{NUMBER}")
    for (key,) in office.rows(f"SELECT DISTINCT {KEY} FROM {table} WHERE {KEY} IS NOT NULL"):
        kind = office.records.get(key)
        subjects = kind.meta.table if kind else table_of(key)
        of_key = f"SELECT t.id FROM {table} t WHERE t.{KEY} = ? AND t.{NUMBER} IS NOT NULL"
        if subjects in tables:
            of_key += (
                f" AND NOT EXISTS (SELECT 1 FROM {quoted(subjects)} s WHERE s.rowid = t.{NUMBER})"
            )
        ids += office.rows(of_key, key)
    return sorted(number for (number,) in ids)


def some(ids: Sequence[int]) -> str:
    """Name the first of some records by their numbers, and say how many more there are."""
    first = ", ".join(f"#{id_}" for id_ in ids[:_IDS])
    return f"{first} and {len(ids) - _IDS} more" if len(ids) > _IDS else first


def _leading_nowhere(
    office: Office,
    record: type[Record],
    column: str,
    target: type[Record],
) -> list[int]:
    sql = (
        f"SELECT t.id FROM {record.meta.table} t WHERE t.{column} IS NOT NULL "
        f"AND NOT EXISTS (SELECT 1 FROM {target.meta.table} r WHERE r.id = t.{column})"
    )
    return [row[0] for row in office.rows(sql)]


def table_findings(office: Office) -> Iterator[Finding]:
    """Compare the tables with their declarations, and name the plugins that are not in order."""
    from officeops.store.migration import pending
    from officeops.store.schema import differences

    altered = list(lacking(office))
    for sentence, index in altered:
        cure, repair = (INDEX_CURE, "indexes") if index else (_ALTERED, "")
        yield Finding("tables", "tables-altered", "problem", f"{sentence}.", cure, repair)
    sentences = []
    # A table that was altered differs from its declaration too, which is not its author's fault.
    for meta in metas_of(office) if not altered else ():
        for difference in differences(office.store.db, [meta]):
            sentences += [(meta.plugin, difference)]
    for plugin, step in pending(office.store.db, office.migrations()):
        sentences.append((plugin, f"the migration {step} of {plugin} is not applied"))
    for plugin, sentence in sentences:
        cure = f"Update the plugin; its author: `officeops plugins migration {plugin}`."
        yield Finding("tables", "tables-differ", "problem", f"{sentence}.", cure)
    if not sentences and not altered:
        what = "The tables are as declared, and no migration is pending."
        yield Finding("tables", "tables-differ", "ok", what)
    yield from _plugin_findings(office)


def _plugin_findings(office: Office) -> Iterator[Finding]:
    for trouble in office.plugins.troubles:
        # A plugin's check that failed is a finding of `record_findings`.
        if trouble.hook == "check":
            continue
        trace = f"`officeops plugins --trace {trouble.plugin}`"
        cure = trouble.cure or f"{trace} shows where; the others go on without it."
        yield Finding(
            "plugins",
            "plugin-failed",
            "problem",
            ended(trouble),
            cure,
            is_incomplete=True,
        )
    if not office.plugins.troubles:
        what = f"{len(office.plugins.manifests)} plugins are on and in order."
        yield Finding("plugins", "plugin-failed", "ok", what)
