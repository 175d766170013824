"""What is to be seen inside the file: its pages, its tables, its records and its history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.backup.checks import UNCHECKED_CURE, Unchecked, integrity, invariants, references
from officeops.backup.manifest import Damaged
from officeops.selfcheck.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops.model.meta import Meta
    from officeops.model.records import Record
    from officeops.office.office import Office

RESTORE = "Restore the newest good backup to a new file (`officeops backup restore latest`) and compare; keep this one."
UNOPENED = "Where the file is damaged: `officeops backup restore latest` brings the newest good backup back, into a new file; keep this one."
HISTORY = (
    "`officeops history verify` tells more; compare with the newest backup. An owner can accept findings that "
    "cannot be repaired: `officeops history accept`."
)
TRIGGERS = (
    "`officeops selfcheck --fix` installs the declared triggers again; ask who took them away."
)


def page_findings(office: Office, *, full: bool) -> Iterator[Finding]:
    """Look at every page of the file; with `full`, at every index entry too."""
    try:
        if full:
            integrity(office.store.db, office.path)
        elif (found := office.value("PRAGMA quick_check(5)")) != "ok":
            yield Finding(
                "content",
                "pages-damaged",
                "problem",
                f"SQLite finds the file damaged: {found}",
                RESTORE,
            )
            return
    except Damaged as damage:
        yield Finding("content", "index-damaged", "problem", str(damage), RESTORE)
        return
    yield Finding(
        "content",
        "pages-damaged",
        "ok",
        f"SQLite finds every page{' and index' if full else ''} in order.",
    )


def search_findings(office: Office, *, full: bool) -> Iterator[Finding]:
    """Look whether each search index is there; with `full`, whether it holds what its table holds."""
    searched = [record.meta for record in office.records.values() if record.meta.searched]
    there = {row[0] for row in office.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
    missing = [meta for meta in searched if f"{meta.table}_search" not in there]
    if missing:
        seen = f"The search index of {_plurals(missing)} is missing; they cannot be saved."
        yield Finding(
            "content",
            "search-index-missing",
            "problem",
            seen,
            "`officeops selfcheck --fix` makes it again.",
            "search",
        )
        return
    if not full:
        return
    if wrong := [meta for meta in searched if not _search_holds(office, f"{meta.table}_search")]:
        seen = f"The search index of {_plurals(wrong)} is not in order; some are not found."
        yield Finding(
            "content",
            "search-index-wrong",
            "problem",
            seen,
            "`officeops selfcheck --full --fix` rebuilds it.",
            "search",
        )
    else:
        yield Finding(
            "content", "search-index-wrong", "ok", "The search indexes hold what the records hold."
        )


def _plurals(metas: Iterable[Meta]) -> str:
    return ", ".join(meta.plural.lower() for meta in metas)


def _search_holds(office: Office, index: str) -> bool:
    """Ask an index; FTS5 is asked by an INSERT, which changes nothing but takes a write transaction."""
    import sqlite3

    try:
        with office.store.exclusive(f"{office.actor}: selfcheck") as db:
            db.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError:
        return False
    return True


def record_findings(office: Office) -> Iterator[Finding]:
    """Look at references, enforced and soft, and ask every plugin whether its records are in order."""
    wrong = [*references(office.store.db), *dangling(office)]
    for sentence in wrong:
        yield Finding(
            "records",
            "reference-dangling",
            "problem",
            f"{sentence}.",
            "Put the right one in, or clear the field; `officeops history` tells what it was.",
        )
    if not wrong:
        yield Finding("records", "reference-dangling", "ok", "Every reference leads to a record.")
    kept = len(wrong)
    for sentence in invariants(office):
        wrong.append(sentence)
        yield _broken_invariant(sentence)
    if len(wrong) == kept:
        yield Finding("records", "record-check", "ok", "Every plugin finds its records in order.")


def _broken_invariant(sentence: str) -> Finding:
    """Return the finding for what a plugin's own check says, or for one that could not say anything."""
    what = f"{sentence.rstrip('.')}."
    if isinstance(sentence, Unchecked):
        return Finding(
            "records", "record-check-failed", "problem", what, UNCHECKED_CURE, is_incomplete=True
        )
    return Finding(
        "records",
        "record-check",
        "problem",
        what,
        "See the record's history; a count or a reversal puts stock right.",
    )


def dangling(office: Office) -> Iterator[str]:
    """Yield a sentence for each reference field that leads to records that are not there, where their plugin is on."""
    for record in office.records.values():
        for field in record.meta.fields:
            target = office.target(field) if field.kind == "reference" else None
            if target and (ids := _leading_nowhere(office, record, field.name, target)):
                some = ", ".join(f"#{each}" for each in ids[:5])
                more = f" and {len(ids) - 5} more" if len(ids) > 5 else ""
                yield f"{record.meta.plural} {some}{more}: {field.label.lower()} leads to no {target.meta.label.lower()}"


def _leading_nowhere(
    office: Office, record: type[Record], column: str, target: type[Record]
) -> list[int]:
    sql = (
        f"SELECT t.id FROM {record.meta.table} t WHERE t.{column} IS NOT NULL "
        f"AND NOT EXISTS (SELECT 1 FROM {target.meta.table} r WHERE r.id = t.{column})"
    )
    return [row[0] for row in office.rows(sql)]


def history_findings(office: Office) -> Iterator[Finding]:
    """Verify the history: its chain, the records against it, and the triggers that keep it."""
    from officeops.history.verify import examine

    examined = examine(office)
    found = examined.problems
    for each in found[:20]:
        cure, repair = (TRIGGERS, "triggers") if each.kind == "trigger" else (HISTORY, "")
        yield Finding("history", each.code, "problem", each.message, cure, repair)
    if len(found) > 20:
        what = f"{len(found) - 20} more findings in the history."
        yield Finding(
            "history", "history-more", "problem", what, "`officeops history verify` tells them."
        )
    for each, by in examined.accepted[:20]:
        yield Finding("history", "history-accepted", "note", f"{each.message.rstrip('.')}; {by}.")
    if not found:
        yield Finding(
            "history",
            "history-altered",
            "ok",
            "The history is intact, and every record matches it.",
        )


def key_findings(office: Office) -> Iterator[Finding]:
    """Look at the keys of the history: with one that cannot be read nothing is saved, with a former one nothing verified."""
    keys = office.store.keys
    wrong = [*keys.unreadable()]
    for sentence in wrong:
        yield Finding(
            "history",
            "history-key-unread",
            "problem",
            sentence,
            "`officeops history verify` tells whether the right one is there then.",
        )
    if not wrong and keys.in_use():
        yield Finding(
            "history",
            "history-key-unread",
            "ok",
            f"The key of the history, {keys.path}, can be read.",
        )


def table_findings(office: Office) -> Iterator[Finding]:
    """Compare the tables with what is declared, and tell of plugins that are not in order."""
    from officeops.store.migration import pending
    from officeops.store.schema import differences

    wrong = [
        (record.meta.plugin, sentence)
        for record in office.records.values()
        for sentence in differences(office.store.db, [record.meta])
    ]
    for name, step in pending(office.store.db, office.migrations()):
        wrong.append((name, f"the migration {step} of {name} is not applied"))
    for name, sentence in wrong:
        yield Finding(
            "tables",
            "tables-differ",
            "problem",
            f"{sentence}.",
            f"Update the plugin; its author: `officeops plugins migration {name}`.",
        )
    if not wrong:
        yield Finding(
            "tables",
            "tables-differ",
            "ok",
            "The tables are as declared, and no migration is pending.",
        )
    for trouble in office.plugins.troubles:
        if trouble.hook != "check":
            yield Finding(
                "plugins",
                "plugin-failed",
                "problem",
                f"{trouble}.",
                f"`officeops plugins --trace {trouble.plugin}` shows where; the others go on without it.",
                is_incomplete=True,
            )
    if not office.plugins.troubles:
        yield Finding(
            "plugins",
            "plugin-failed",
            "ok",
            f"{len(office.plugins.manifests)} plugins are on and in order.",
        )
