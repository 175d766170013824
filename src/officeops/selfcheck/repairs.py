"""Mend what is safe to mend: modes of files, triggers and search indexes; as recorded actions that keep what was there before."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from officeops.backup.config import BackupSettings
from officeops.selfcheck.files import open_to_others

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops.model.meta import Meta
    from officeops.office.office import Office
    from officeops.selfcheck.finding import Finding


def mend(office: Office, found: Iterable[Finding]) -> Iterator[str]:
    """Make the repairs that findings name, each once; yield what was done, as sentences that tell how it was before."""
    for repair in dict.fromkeys(each.mend for each in found if each.mend):
        yield from {"modes": _modes, "triggers": _triggers, "search": _search, "same": _same}[
            repair
        ](office)


def _modes(office: Office) -> Iterator[str]:
    """Close files to group and others, by their names: an open file of the office must not be opened once more."""
    place = office.machine.table("backup", BackupSettings).place(office.path)
    wrong = open_to_others(office.path, place)
    said = {"modes": {path: f"{mode:o}" for path, mode, _ in wrong}}
    # Whoever looks may do it: the system lets none but their owner close them.
    with office.acting("core.selfcheck.modes", said, needs="core.selfcheck.view"):
        for path, mode, want in wrong:
            os.chmod(path, want)
            yield f"{path}: mode {mode:o} is now {want:o}"


def _triggers(office: Office) -> Iterator[str]:
    """Put every declared trigger there and take every other away."""
    from officeops.store.triggers import install, of

    metas = list(_metas(office))
    with office.store.gate.held(f"{office.actor}: selfcheck"):
        there = dict(office.rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
        wanted = {name: sql for meta in metas for name, sql in of(meta)}
        foreign = _foreign(office, there)
        altered = [name for name in there if name in wanted and there[name] != wanted[name]]
        missing = [name for name in wanted if name not in there]
        was = {name: there[name] for name in (*foreign, *altered)}
        with (
            office.acting("core.selfcheck.triggers", {"was": was, "missing": missing}),
            office.lifted(),
        ):
            for name in foreign:
                quoted = name.replace('"', '""')
                office.store.db.execute(f'DROP TRIGGER "{quoted}"')
            install(office.store.db, metas)
    yield from (
        f"the trigger {name}, which is not of officeops, is taken away; it was: {there[name]}"
        for name in foreign
    )
    yield from (
        f"the trigger {name} is as declared again; it was: {there[name]}" for name in altered
    )
    yield from (f"the trigger {name} is there again" for name in missing)
    if was:
        number = office.value(
            "SELECT max(id) FROM core_action WHERE verb = 'core.selfcheck.triggers'"
        )
        yield f"the removed triggers are in action {number:,} of the history, word for word"


def _foreign(office: Office, there: Iterable[str]) -> list[str]:
    """Return the triggers of which verify says that they are not of officeops."""
    from officeops.history.verify_triggers import triggers

    foreign = {
        finding.facts["trigger"]
        for finding in triggers(office)
        if finding.code == "trigger-foreign"
    }
    return [name for name in there if name in foreign]


def _search(office: Office) -> Iterator[str]:
    """Build the search indexes anew; one that is not there is made as a migration makes it."""
    from officeops.store.triggers import install

    metas = [meta for meta in _metas(office) if meta.searched]
    with office.acting("core.selfcheck.search"), office.lifted():
        install(office.store.db, metas)
        for meta in metas:
            office.store.db.execute(
                f"INSERT INTO {meta.table}_search ({meta.table}_search) VALUES ('rebuild')"
            )
    yield f"{len(metas)} search indexes are rebuilt"


def _same(office: Office) -> Iterator[str]:
    """Fold the names by which records are found again, from the records."""
    from officeops.store.folded_identities import install

    metas = [meta for meta in _metas(office) if meta.identities or meta.searched]
    with office.acting("core.selfcheck.same", needs="core.selfcheck.search"), office.lifted():
        for meta in metas:
            install(office.store.db, meta, afresh=True)
    yield f"the names of {len(metas)} kinds of record are folded again"


def _metas(office: Office) -> Iterator[Meta]:
    """Yield every kind of record that has its table."""
    tables = {row[0] for row in office.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
    yield from (record.meta for record in office.plugins.kinds() if record.meta.table in tables)
