"""What `officeops history verify` and `officeops history anchor` print, and the anchors they read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from officeops.cli.output import say
from officeops.history.finding import Anchor
from officeops.history.verify import anchor, examine
from officeops.model.errors import NotFound, UsageProblem
from officeops.values.convert import safe
from officeops.values.instants import show_instant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops.history.finding import Finding
    from officeops.office.office import Office


def print_findings(office: Office, anchors: Iterable[str], *, as_json: bool) -> int:
    """Print what is found, a line each; return the exit code. What the office's backups say of its end is asked too."""
    kept = [each for given in anchors for each in read_anchors(given)]
    there, gone = _of_backups(office)
    kept += [Anchor(each["action"], each["link"], each["at"]) for each in gone]
    examined = examine(office, kept)
    found, accepted = examined.problems, [(each, str(by)) for each, by in examined.accepted]
    if as_json:
        plain = [_plain(each) for each in found] + [_plain(each, by) for each, by in accepted]
        click.echo(json.dumps(plain, ensure_ascii=False, indent=1))
    else:
        for each in found:
            click.echo(safe(each.message))
        for each, by in accepted:
            click.echo(safe(f"Note: {each.message.rstrip('.')}; {by}."))
    end = anchor(office)
    if found:
        say(
            f"{len(found)} found. The history, or the office's records, are not what officeops wrote. "
            "An owner can accept findings that cannot be repaired: `officeops history accept`."
        )
    elif end:
        through = " and through every anchor" if kept or there else ""
        but = f", except {len(accepted)} accepted" if accepted else ""
        say(
            f"The history is intact, to action {end.action:,} of {show_instant(end.at, office.ways)}{through}{but}; every record matches it."
        )
    return 1 if found else 0


def _of_backups(office: Office) -> tuple[int, list[dict[str, Any]]]:
    """Return how many backups the office has, and the anchors of those that hold what it has lost."""
    from officeops.backup.anchor import lost
    from officeops.backup.config import BackupSettings
    from officeops.backup.folder import Folder
    from officeops.backup.identity import identity_of

    folder = Folder(office.machine.table("backup", BackupSettings).place(office.path))
    with office.lifted():
        there = folder.all(identity_of(office.store.db, office.path))
        return len(there), [each.manifest().anchor for each in lost(office.store.db, there)]


def _plain(found: Finding, accepted: str = "") -> dict[str, object]:
    """Return a finding for scripts; the mark is officeops' own."""
    return {
        "code": found.code,
        "kind": found.kind,
        "message": found.message,
        "action": found.action,
        "record": found.record,
        "record_id": found.record_id,
        "facts": found.facts,
        "accepted": accepted,
    }


def print_anchor(office: Office, *, as_json: bool) -> None:
    """Print the end of the history. Raises NotFound before the first action."""
    end = anchor(office)
    if end is None:
        raise NotFound("There is no history yet.")
    click.echo(json.dumps(end.__dict__) if as_json else str(end))


def read_anchors(given: str) -> list[Anchor]:
    """Read the anchors of an option: one as printed, or a file of such lines, of JSON, or a backup's manifest. Raises UsageProblem."""
    if given.partition(":")[0].isdecimal():
        return [Anchor.read(given)]
    try:
        with click.open_file(given, encoding="utf-8") as file:
            text = file.read().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageProblem(
            f"--anchor: {given} cannot be read: {getattr(error, 'strerror', None) or error}."
        ) from error
    found = list(
        _from_json(text) if text[:1] in {"{", "["} else map(Anchor.read, text.splitlines())
    )
    if not found:
        raise UsageProblem(
            f"--anchor: there is no anchor in {given}. `officeops history anchor` prints one."
        )
    return found


def _from_json(text: str) -> Iterator[Anchor]:
    try:
        read: Any = json.loads(text)
        for found in read if isinstance(read, list) else [read]:
            each = found.get("anchor", found)
            yield Anchor.read(f"{each['action']}:{each['link']} {each.get('at', '')}")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageProblem(
            "--anchor: this JSON is no anchor. One has action and link, as `officeops history anchor --json` prints it, and so has a backup's .json file."
        ) from error
