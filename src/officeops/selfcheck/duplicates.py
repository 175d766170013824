"""What is the same and should not be: doubles from before that was refused, and folded identities that are behind their records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.query.lookup import named_apart
from officeops.selfcheck.finding import Finding
from officeops.store.folded_identities import expected, table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops.model.identity import Identity
    from officeops.model.meta import Meta
    from officeops.model.records import Record
    from officeops.office.office import Office

#: Of doubles of one kind, how many groups are named.
NAMED = 20
MEND = "`officeops selfcheck --full --fix` folds them again."


def double_findings(office: Office) -> Iterator[Finding]:
    """Yield the live records that are found alike, by their names, with what to do. They stay until somebody does it."""
    found = False
    for record in office.records.values():
        for identity, ids in _doubles(office, record):
            found = True
            noun, last = record.meta.noun, ids[-1]
            if record.meta.editable:
                cure = f"Rename one, or archive it: `officeops {noun} archive '#{last}'`. Give nothing else that name in between."
            else:
                cure = "Its actions change it; see `officeops " + noun + " --help`."
            yield Finding(
                "records",
                "records-alike",
                "warning",
                f"{_sentence(office, record, identity, ids)}.",
                cure,
            )
        for sentence, cure in record.doubles(office) if office.may_view(record) else ():
            found = True
            yield Finding("records", "records-alike", "warning", f"{sentence}.", cure)
    if not found:
        yield Finding("records", "records-alike", "ok", "No two records are found alike.")


def _doubles(office: Office, record: type[Record]) -> Iterator[tuple[Identity, list[int]]]:
    """Yield the ids of live records that have an identity alike, one code and another name included."""
    meta = record.meta
    unique = [identity for identity in meta.identities if identity.unique]
    single = [identity for identity in unique if len(identity.columns) == 1]
    groups = [single] if single else []
    groups += [[identity] for identity in unique if len(identity.columns) > 1]
    for group in groups:
        names = ", ".join(f"'{identity.name}'" for identity in group)
        sql = (
            f"SELECT s.folded, group_concat(DISTINCT s.id) FROM {table_of(meta)} s CROSS JOIN {meta.table} o ON o.id = s.id "
            f"WHERE s.identity IN ({names}) AND o.archived_at IS NULL GROUP BY s.folded "
            f"HAVING count(DISTINCT s.id) > 1 ORDER BY min(s.id) LIMIT {NAMED}"
        )
        for _, ids in office.rows(sql):
            yield group[0], sorted(int(id_) for id_ in ids.split(","))


def _sentence(office: Office, record: type[Record], identity: Identity, ids: list[int]) -> str:
    """Return who is double: "2 vendors are called Acme: #1, #5"."""
    meta = record.meta
    many = f"{len(ids):,} {meta.plural.lower()}"
    numbers = ", ".join(f"#{id_}" for id_ in ids)
    if not office.may_view(record) or office.withheld(record).intersection(identity.columns):
        return f"{many} are found alike: {numbers}"
    if len(identity.columns) == 1:
        return f"{many} are called {office.describe(office.get(record, ids[0]))}: {numbers}"
    labels = " and ".join(meta.by_name[column].label.lower() for column in identity.columns)
    named = "; ".join(named_apart(office, office.get(record, id_)) for id_ in ids)
    return f"{many} have the same {labels}: {named}"


def same_findings(office: Office, *, full: bool) -> Iterator[Finding]:
    """Look whether the folded identities are there; with `full`, whether they are those of the records."""
    metas = [
        record.meta
        for record in office.records.values()
        if record.meta.identities or record.meta.searched
    ]
    there = {row[0] for row in office.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if missing := [meta for meta in metas if table_of(meta) not in there]:
        seen = (
            f"The names by which {_plurals(missing)} are found are missing; they cannot be saved."
        )
        yield Finding(
            "content", "names-missing", "problem", seen, MEND.replace(" --full", ""), "same"
        )
    elif wrong := [meta for meta in metas if full and _behind(office, meta)]:
        seen = f"The names by which {_plurals(wrong)} are found are not those they have; some are not found."
        yield Finding("content", "names-behind", "problem", seen, MEND, "same")
    elif full:
        yield Finding("content", "names-behind", "ok", "Every record is found by the names it has.")


def _plurals(metas: Iterable[Meta]) -> str:
    return ", ".join(meta.plural.lower() for meta in metas)


def _behind(office: Office, meta: Meta) -> bool:
    wanted, actual = expected(meta), f"SELECT identity, folded, id FROM {table_of(meta)}"
    sql = f"SELECT EXISTS (SELECT * FROM ({wanted}) EXCEPT {actual}) OR EXISTS ({actual} EXCEPT SELECT * FROM ({wanted}))"
    return bool(office.value(sql))
