"""What `officeops history verify` and `officeops history anchor` print, and the anchors they read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from officeops.cli.output import say
from officeops.errors import NotFound, UsageProblem
from officeops.values import safe
from officeops.verify import Anchor, anchor, verify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops.office import Office


def print_findings(office: Office, anchors: Iterable[str], *, as_json: bool) -> int:
    """Print what is found, a line each; return the exit code."""
    kept = [each for given in anchors for each in read_anchors(given)]
    found = verify(office, kept)
    if as_json:
        click.echo(json.dumps([each.__dict__ for each in found], ensure_ascii=False, indent=1))
    else:
        for each in found:
            click.echo(safe(each.message))
    end = anchor(office)
    if found:
        say(f"{len(found)} found. The history, or the office's records, are not what officeops wrote.")
    elif end:
        say(
            f"The history stands, to action {end.action:,} of {end.at}{' and through every anchor' if kept else ''}; every record is as recorded."
        )
    return 1 if found else 0


def print_anchor(office: Office, *, as_json: bool) -> None:
    """Print the end of the history. Raises NotFound before the first action."""
    end = anchor(office)
    if end is None:
        raise NotFound("There is no history yet.")
    click.echo(json.dumps(end.__dict__) if as_json else str(end))


def read_anchors(given: str) -> list[Anchor]:
    """Read the anchors of an option: one as printed, or a file of such lines or of JSON. Raises UsageProblem."""
    if given.partition(":")[0].isdecimal():
        return [Anchor.read(given)]
    try:
        with click.open_file(given, encoding="utf-8") as file:
            text = file.read().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageProblem(f"--anchor: {given} cannot be read: {getattr(error, 'strerror', None) or error}.") from error
    found = list(_from_json(text) if text[:1] in {"{", "["} else map(Anchor.read, text.splitlines()))
    if not found:
        raise UsageProblem(f"--anchor: there is no anchor in {given}. `officeops history anchor` prints one.")
    return found


def _from_json(text: str) -> Iterator[Anchor]:
    try:
        read: Any = json.loads(text)
        for each in read if isinstance(read, list) else [read]:
            yield Anchor.read(f"{each['action']}:{each['link']} {each.get('at', '')}")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageProblem(
            "--anchor: this JSON is no anchor. One has action and link, as `officeops history anchor --json` prints it."
        ) from error
