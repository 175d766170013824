"""What a plugin declares, asked of an office of its own before `plugins enable` turns it on.

A newcomer is refused as well for what it would do to the plugins that are on.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from officeops.authoring.check_fields import undeclared
from officeops.authoring.check_records import record_problems
from officeops.authoring.check_verbs import verb_problems
from officeops.authoring.checks import BREAKING, Finding
from officeops.authoring.trial import on_trial, owners_of_targets
from officeops.model.error_words import told
from officeops.model.settings import Machine
from officeops.office.office import Office
from officeops.office.record_types import records_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from officeops.plugins.discovery import Found
    from officeops.plugins.manager import Plugins


def breaking(
    tried: Plugins, found: Sequence[Found], names: Collection[str], machine: Machine
) -> Iterator[tuple[str, Finding]]:
    """Yield what a command of these plugins would fail by, each with its plugin.

    `tried` are the plugins as they would be on, with their declarations read and their tables
    migrated. Only the checks in `BREAKING` count: `plugins check` has the others.
    """
    with TemporaryDirectory() as folder:
        # Nothing of the user's own office is read or written, neither its keys nor its backups.
        settings = Path(folder) / "officeops.toml"
        settings.touch()
        try:
            office = Office(
                Path(folder) / "office.db", tried, Machine(settings), actor="check", create=True
            )
        except Exception as error:  # noqa: BLE001 - a migration or a trigger may raise anything
            why = f"with its migrations and triggers an office cannot be made: {told(error)}"
            yield from ((name, Finding("migration-runs", why)) for name in names)
            return
        with closing(office):
            for name in names:
                for finding in _asked(office, name):
                    yield name, finding
    for name in names:
        yield from ((name, finding) for finding in _away(tried, found, name, machine))


def knocked_out(
    tried: Plugins, found: Sequence[Found], names: Sequence[str], machine: Machine
) -> Iterator[tuple[str, str]]:
    """Yield what would go wrong with all that is on already, each with the newcomer to blame."""
    # A plugin with troubles of its own must not be blamed on the newcomers.
    before = on_trial(found, (), machine)
    faulty = {trouble.plugin for trouble in before.troubles}
    for trouble in tried.troubles:
        if trouble.plugin not in {*names, *faulty}:
            where = f"with it, the plugin {trouble.plugin} would not be in order ({trouble.where})"
            yield names[-1], f"{where}: {trouble.why}"
    words = _words(before, machine)
    for key, now in _words(tried, machine).items():
        if key in words and words[key] != now:
            blamed = _with_word(tried, words[key], names)
            why = f"with it, `officeops {words[key]}` would become `officeops {now}`"
            yield blamed, f"{why}; declare another noun"


def _words(plugins: Plugins, machine: Machine) -> dict[str, str]:
    """Return the command of each kind of record by its key."""
    records = records_of(plugins, machine).values()
    return {record.meta.key: record.meta.noun for record in records}


def _with_word(tried: Plugins, word: str, names: Sequence[str]) -> str:
    """Return the newcomer with a record of a noun."""
    for owner, record in tried.registered("records"):
        if owner in names and record.meta.noun == word:
            return owner
    return names[-1]


def _asked(office: Office, name: str) -> Iterator[Finding]:
    manifest = office.plugins.manifests[name]
    for owner, record in office.plugins.registered("records"):
        if owner == name:
            yield from _counted(record_problems(office, record, manifest))
    yield from _counted(verb_problems(office, manifest))


def _counted(findings: Iterator[Finding]) -> Iterator[Finding]:
    return (finding for finding in findings if finding.check in BREAKING)


def _away(
    tried: Plugins,
    found: Sequence[Found],
    name: str,
    machine: Machine,
) -> Iterator[Finding]:
    """Yield references to records that an installed plugin, which is off, does not declare."""
    off = owners_of_targets(tried, name) - set(tried.manifests)
    # Nobody can say which records a plugin declares that is not installed.
    installed = off & {plugin.name for plugin in found}
    if installed:
        with_owners = on_trial(found, {name, *installed}, machine)
        yield from undeclared(with_owners, name, installed)
