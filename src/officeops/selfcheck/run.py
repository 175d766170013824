"""Run every check, each on its own: a check that fails is a finding, and the others go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.backup.config import BackupSettings
from officeops.model.error_words import RESTORE, ended, told
from officeops.selfcheck import (
    access,
    attachments,
    backups,
    content,
    duplicates,
    field_values,
    files,
    history,
    ledgers,
    machine,
    sealed_fields,
)
from officeops.selfcheck.finding import Finding
from officeops.store.ownership import kept_away, unusable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from officeops.model.settings import Machine
    from officeops.office.office import Office


def findings(office: Office, *, full: bool = False) -> Iterator[Finding]:
    """Yield the findings of an open office, from the ground up: a damaged file explains the rest.

    Nothing is changed.
    """
    place = office.machine.table("backup", BackupSettings).place(office.path)
    checks: tuple[tuple[str, Callable[[], Iterable[Finding]]], ...] = (
        ("sqlite", lambda: machine.sqlite_findings(office)),
        ("files", lambda: files.place_findings(office.path)),
        ("files", lambda: files.mode_findings(office.path, place)),
        ("disk", lambda: machine.disk_findings(office.path)),
        ("clock", lambda: machine.clock_findings(office)),
        ("clock", lambda: machine.jump_findings(office)),
        ("content", lambda: content.page_findings(office)),
        ("content", lambda: content.search_findings(office, full=full)),
        ("content", lambda: duplicates.same_findings(office, full=full)),
        ("tables", lambda: content.table_findings(office)),
        ("records", lambda: content.record_findings(office)),
        ("records", lambda: ledgers.ledger_findings(office)),
        ("records", lambda: duplicates.double_findings(office)),
        ("records", lambda: field_values.value_findings(office)),
        ("records", lambda: attachments.attachment_findings(office)),
        ("sealed", lambda: sealed_fields.sealed_findings(office)),
        ("history", lambda: history.key_findings(office)),
        ("history", lambda: history.history_findings(office)),
        ("access", lambda: access.key_findings(office)),
        ("access", lambda: access.mail_findings(office)),
        ("backup", lambda: backups.backup_findings(office)),
    )
    # A function for each, so that a check is made when its turn comes, and fails alone.
    for area, check in checks:
        yield from _tried(area, check)


def unopened(
    path: str,
    settings: Machine,
    why: Exception,
) -> Iterator[Finding]:
    """Yield the findings of an office that cannot be opened: why, and the checks without it."""
    place = settings.table("backup", BackupSettings).place(path)
    strange = unusable(path, place)
    yield Finding(
        "content",
        "office-unopened",
        "problem",
        ended(f"The office cannot be opened: {told(why)}"),
        kept_away(path, strange) if strange else RESTORE,
    )
    checks: tuple[tuple[str, Callable[[], Iterable[Finding]]], ...] = (
        ("files", lambda: files.place_findings(path)),
        ("files", lambda: files.mode_findings(path, place)),
        ("disk", lambda: machine.disk_findings(path)),
    )
    for area, check in checks:
        yield from _tried(area, check)


def _tried(area: str, check: Callable[[], Iterable[Finding]]) -> list[Finding]:
    try:
        # A list: a check that yields would fail only later, outside this block.
        return list(check())
    except Exception as error:  # noqa: BLE001 - a damaged file makes a check fail in any way
        what = ended(f"This could not be checked: {told(error)}")
        cure = "Follow the other findings first."
        return [Finding(area, "check-failed", "problem", what, cure)]
