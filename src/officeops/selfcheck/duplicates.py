"""Checks of names: records that are found alike, and the folded names by which records are found.

Two records with one name are from before officeops refused the second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.query.lookup import named_apart
from officeops.selfcheck.finding import UNSEEN, Finding
from officeops.selfcheck.tables import metas_of, plurals, table_names
from officeops.store.folded_identities import entries, expected, table_of
from officeops.values.wording import listing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.identity import Identity
    from officeops.model.meta import Meta
    from officeops.model.records import Record
    from officeops.office.office import Office

#: Groups of records with one name that are named, of each kind.
NAMED: Final = 20


def double_findings(office: Office) -> Iterator[Finding]:
    """Yield a finding for each group of records with one name; they stay until somebody acts."""
    is_clean = True
    for record in office.records.values():
        for sentence, cure in _alike(office, record):
            is_clean = False
            yield Finding(
                "records",
                "records-alike",
                "warning",
                f"{sentence}.",
                cure,
            )
    if is_clean:
        yield Finding(
            "records",
            "records-alike",
            "ok",
            "No two records are duplicates.",
        )


def _alike(office: Office, record: type[Record]) -> Iterator[tuple[str, str]]:
    """Yield a sentence and a cure for each group: by their names, then by the kind's own rule."""
    is_unseen = False
    for identity, ids in _doubles(office, record):
        unseen_ids = office.out_of_reach(record, ids)
        seen = [number for number in ids if number not in unseen_ids]
        is_unseen = is_unseen or bool(unseen_ids)
        if len(seen) > 1:
            yield _sentence(office, record, identity, seen), _cure(record, identity, seen[-1])
    if not office.within_reach(record, "id"):
        if office.may_view(record):
            yield from record.doubles(office)
    elif is_unseen or any(True for _ in record.doubles(office)):
        yield f"Some {record.meta.many} that you may not see are found alike", UNSEEN


def _cure(
    record: type[Record],
    identity: Identity,
    last: int,
) -> str:
    noun = record.meta.noun
    if not record.meta.editable:
        return f"Its actions change it; see `officeops {noun} --help`."
    archive = f"`officeops {noun} archive '#{last}'`"
    if identity.is_code:
        option = record.meta.by_name[identity.name].public_name.replace("_", "-")
        edit = f"`officeops {noun} edit '#{last}' --{option} CODE`"
        return f"Give one another code, {edit}, or archive it: {archive}."
    archive_it = f"or archive it: {archive}"
    if len(identity.columns) == 1:
        return f"Rename one, {archive_it}. Give nothing else that name in between."
    # Fields that actions set are no options of `edit`, and the owner of a lot or a pack stays.
    fields = [record.meta.by_name[name] for name in identity.columns]
    changed = [field for field in fields if not (field.managed or field.fixed)]
    if not changed:
        return f"Archive one: {archive}."
    options = [f"--{field.public_name.replace('_', '-')}" for field in changed]
    edit = f"`officeops {noun} edit '#{last}'` has {listing(options)}"
    return f"Change what makes one the same, {edit}; {archive_it}."


def _doubles(office: Office, record: type[Record]) -> Iterator[tuple[Identity, list[int]]]:
    """Yield the ids of live records with one identity.

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
            SELECT group_concat(s.id) FROM s
            GROUP BY s.folded HAVING min(s.id) < max(s.id) ORDER BY min(s.id) LIMIT {NAMED}
        """
        # The caller leaves out what the acting person may not see.
        with office.lifted():
            rows = list(office.rows(sql))
        for (ids,) in rows:
            yield group[0], sorted({*map(int, ids.split(","))})


def _sentence(
    office: Office,
    record: type[Record],
    identity: Identity,
    ids: list[int],
) -> str:
    """Return the sentence on a group: "2 vendors are called Acme: #1, #5"."""
    meta = record.meta
    many = f"{len(ids):,} {meta.many}"
    numbers = ", ".join(f"#{id_}" for id_ in ids)
    is_hidden = bool(office.withheld(record).intersection(identity.columns))
    if is_hidden or not office.may_view(record):
        return f"{many} are found alike: {numbers}"
    if identity.is_code:
        return f"{many} have one {meta.by_name[identity.name].words}: {numbers}"
    if len(identity.columns) == 1:
        return f"{many} are called {office.describe(office.get(record, ids[0]))}: {numbers}"
    labels = " and ".join(meta.by_name[column].words for column in identity.columns)
    named = "; ".join(named_apart(office, office.get(record, id_)) for id_ in ids)
    return f"{many} have the same {labels}: {named}"


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
