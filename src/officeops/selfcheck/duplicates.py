"""Checks of names: records that are found alike, and the folded names by which records are found.

Two records with one name are from before officeops refused the second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.selfcheck.double_words import cure, sentence
from officeops.selfcheck.finding import UNSEEN, Finding
from officeops.selfcheck.tables import metas_of, plurals, table_names
from officeops.store.folded_identities import entries, expected, table_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops.model.identity import Identity
    from officeops.model.meta import Meta
    from officeops.model.records import Record
    from officeops.office.office import Office

#: Groups of records with one name that are named, of each kind.
NAMED: Final = 20


def double_findings(office: Office) -> Iterator[Finding]:
    """Yield a finding for each group of live records that are alike in a field declared unique.

    A problem, like any value that its field does not take: no write makes one, and a word that
    means two records is refused wherever somebody types it. Entries that nobody changes were right
    when they were written, before they were declared unique: they are noted.
    """
    is_clean = True
    for record in office.records.values():
        for what, remedy in _alike(office, record):
            is_clean = False
            severity = "note" if record.meta.append_only else "problem"
            yield Finding("records", "records-alike", severity, f"{what}.", remedy)
    if is_clean:
        yield Finding("records", "records-alike", "ok", "No two records are duplicates.")


def _alike(office: Office, record: type[Record]) -> Iterator[tuple[str, str]]:
    """Yield a sentence and a cure for each group: by their names, then by the kind's own rule."""
    is_unseen = False
    for alike in _doubles(office, record):
        unseen_ids = office.out_of_reach(record, list(alike))
        seen = {id_: identity for id_, identity in alike.items() if id_ not in unseen_ids}
        is_unseen = is_unseen or bool(unseen_ids)
        if len(seen) > 1:
            yield sentence(office, record, seen), cure(office, record, seen)
    if not office.within_reach(record, "id"):
        if office.may_view(record):
            yield from record.doubles(office)
    elif is_unseen or any(True for _ in record.doubles(office)):
        yield f"Some {record.meta.many} that you may not see are found alike", UNSEEN


def _doubles(office: Office, record: type[Record]) -> Iterator[dict[int, Identity]]:
    """Yield the ids of live records that are alike, each with the identity in which it is.

    All identities of one column are compared with each other: the code of one vendor may be the
    name of another, and a person who types it means either.
    """
    meta = record.meta
    single, groups = [], []
    for identity in meta.identities:
        if identity.unique and len(identity.columns) == 1:
            single.append(identity)
        elif identity.unique:
            groups.append([identity])
    if single:
        groups.insert(0, single)
    for group in groups:
        # Folded from the records again: a foreign tool's row may have no entry in the folded names.
        live = f" FROM {meta.table} o WHERE o.archived_at IS NULL"
        sql = f"""
            WITH s (identity, folded, id) AS ({entries(meta, group, "o", live)})
            SELECT group_concat(s.id || ' ' || s.identity) FROM s
            GROUP BY s.folded HAVING min(s.id) < max(s.id) ORDER BY min(s.id) LIMIT {NAMED}
        """
        # The caller leaves out what the acting person may not see.
        with office.lifted():
            rows = list(office.rows(sql))
        for (pairs,) in rows:
            yield _by_record(group, pairs.split(","))


def _by_record(group: Sequence[Identity], pairs: Sequence[str]) -> dict[int, Identity]:
    """Return the identity in which each record is alike, from texts such as `5 name`."""
    names: dict[int, set[str]] = {}
    for pair in pairs:
        number, _, name = pair.partition(" ")
        names.setdefault(int(number), set()).add(name)
    by_record: dict[int, Identity] = {}
    for id_ in sorted(names):
        own = [identity for identity in group if identity.name in names[id_]]
        # A vendor may have its name for its code, too: the one is named that the others have.
        shared = [identity for identity in own if all(identity.name in n for n in names.values())]
        by_record[id_] = (shared or own)[0]
    return by_record


def same_findings(office: Office, *, full: bool) -> Iterator[Finding]:
    """Check that the folded names exist; with `full`, that they are those of the records."""
    metas = [meta for meta in metas_of(office) if meta.identities or meta.searched]
    tables = table_names(office)
    missing = [meta for meta in metas if table_of(meta) not in tables]
    if missing:
        what = f"The names by which {plurals(missing)} are found are missing; they cannot be saved."
        cure = "`officeops selfcheck --fix` folds them again."
        yield Finding("content", "names-missing", "problem", what, cure, "same")
        return
    # The comparison folds every name again, so it is not for each morning.
    if not full:
        return
    behind = [meta for meta in metas if _is_behind(office, meta)]
    if behind:
        names = f"The names by which {plurals(behind)} are found"
        what = f"{names} are not those they have; some are not found."
        cure = "`officeops selfcheck --full --fix` folds them again."
        yield Finding("content", "names-behind", "problem", what, cure, "same")
    else:
        what = "Every record is found by the names it has."
        yield Finding("content", "names-behind", "ok", what)


def _is_behind(office: Office, meta: Meta) -> bool:
    """Return whether a folded name is missing, or is of no record."""
    wanted = f"SELECT * FROM ({expected(meta)})"
    actual = f"SELECT identity, folded, id FROM {table_of(meta)}"
    sql = f"SELECT EXISTS ({wanted} EXCEPT {actual}) OR EXISTS ({actual} EXCEPT {wanted})"
    return bool(office.value(sql))
