"""The output of `officeops history verify` and `anchor`, and the anchors that people give them."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from officeops.cli.output import say
from officeops.history.finding import Anchor
from officeops.history.finding_words import words
from officeops.history.unseen_rows import as_seen
from officeops.history.verify import anchor, examine
from officeops.model.errors import NotFound, UsageProblem
from officeops.office.shown_value import shown_value
from officeops.values.instants import show_instant
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops.history.finding import Examined, Finding
    from officeops.office.office import Office


def print_findings(
    office: Office,
    anchors: Iterable[str],
    *,
    as_json: bool,
) -> int:
    """Print each finding of `history verify`, and return the exit code.

    The history is compared with the anchors, and with those of the office's backups.
    """
    expected = []
    for given in anchors:
        expected += read_anchors(given)
    # Every backup has an anchor: with any, an older copy of the file is found even without
    # --anchor.
    backups, lost = _anchors_of_backups(office)
    expected += lost
    examined = as_seen(office, examine(office, expected))
    if as_json:
        _print_json(examined)
    else:
        _print(office, examined)
    end = anchor(office)
    problems, accepted = len(examined.problems), len(examined.accepted)
    if problems:
        say(
            f"{problems} found. The history, or the office's records, are not what officeops "
            "wrote. `officeops selfcheck` names the cure of each, and `--fix` repairs the safe "
            "ones; an owner can accept the rest: `officeops history accept`."
        )
    elif end:
        through = " and through every anchor" if expected or backups else ""
        but = f", except {accepted} accepted" if accepted else ""
        until = f"to action {end.action:,} of {show_instant(end.at, office.ways)}"
        say(f"The history is intact, {until}{through}{but}; every record matches it.")
    return 1 if problems else 0


def _print(office: Office, examined: Examined) -> None:
    write = partial(shown_value, office)
    for finding in examined.problems:
        click.echo(safe(words(office, finding, write)))
    for finding, acceptance in examined.accepted:
        click.echo(safe(f"Note: {words(office, finding, write).rstrip('.')}; {acceptance}."))


def _print_json(examined: Examined) -> None:
    findings = list(map(_plain, examined.problems))
    for finding, acceptance in examined.accepted:
        findings.append(_plain(finding, str(acceptance)))
    click.echo(json.dumps(findings, ensure_ascii=False, indent=1))


def _anchors_of_backups(office: Office) -> tuple[int, list[Anchor]]:
    """Return how many backups the office has, and the anchors of those with actions it has lost."""
    from officeops.backup.anchor import lost
    from officeops.backup.config import BackupSettings
    from officeops.backup.folder import Folder
    from officeops.backup.identity import identity_of

    folder = Folder(office.machine.table("backup", BackupSettings).place(office.path))
    anchors = []
    with office.lifted():
        backups = folder.all(identity_of(office.store.db, office.path))
        for backup in lost(office.store.db, backups):
            end = backup.manifest().anchor
            anchors.append(Anchor(end["action"], end["link"], end["at"]))
    return len(backups), anchors


def _plain(finding: Finding, accepted: str = "") -> dict[str, object]:
    """Return a finding for scripts, without its mark, which is officeops' own."""
    return {
        "code": finding.code,
        "kind": finding.kind,
        "message": finding.message,
        "action": finding.action,
        "record": finding.record,
        "record_id": finding.record_id,
        "facts": finding.facts,
        "accepted": accepted,
    }


def print_anchor(office: Office, *, as_json: bool) -> None:
    """Print the end of the history. Raises NotFound before the first action."""
    end = anchor(office)
    if end is None:
        raise NotFound("There is no history yet.", code="nothing-to-do")
    click.echo(json.dumps(end.__dict__) if as_json else str(end))


def read_anchors(given: str) -> list[Anchor]:
    """Return the anchors of an option.

    It is an anchor as printed, or a file of such lines, of JSON, or a backup's manifest. Raises
    UsageProblem for anything else.
    """
    if given.partition(":")[0].isdecimal():
        return [Anchor.read(given)]
    try:
        with click.open_file(given, encoding="utf-8") as file:
            text = file.read().strip()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or error
        raise UsageProblem(
            f"--anchor: {given} cannot be read: {why}.", code="unreadable"
        ) from error
    is_json = text.startswith(("{", "["))
    anchors = list(_from_json(text) if is_json else map(Anchor.read, text.splitlines()))
    if not anchors:
        cure = "`officeops history anchor` prints one"
        raise UsageProblem(f"--anchor: there is no anchor in {given}. {cure}.", code="needed")
    return anchors


def _from_json(text: str) -> Iterator[Anchor]:
    try:
        read: Any = json.loads(text)
        for entry in read if isinstance(read, list) else [read]:
            # The manifest of a backup has its anchor inside.
            end = entry.get("anchor", entry)
            yield Anchor.read(f"{end['action']}:{end['link']} {end.get('at', '')}")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageProblem(
            "--anchor: this JSON is no anchor. One has action and link, as "
            "`officeops history anchor --json` prints it, and so has a backup's .json file.",
            code="malformed",
        ) from error
