"""The reference of commands: the help of every command, as `--help` prints it in a terminal of 80 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from officeops.cli.context import Run
from officeops.cli.help_groups import grouped
from officeops.cli.root import root
from officeops.office.record_types import records_of

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Columns of help in a terminal of 80: click leaves two of them.
_WIDTH = 78
_FENCE = "```"


def pages() -> dict[str, str]:
    """Return the pages of the commands, by their path under docs/reference."""
    top = _context(root, "officeops", None)
    top.obj = run = Run()
    records = [
        record
        for record in records_of(run.plugins, run.machine).values()
        if not record.meta.commandless
    ]
    headings = list(grouped(run.plugins, records, lambda _: True))
    found = {"commands.md": _overview(top, [heading for heading, _ in headings])}
    for heading, rows in headings:
        names = [name for name, _ in rows]
        found[f"commands/{heading.lower()}.md"] = _group_page(top, heading, names)
    return found


def _overview(top: click.Context, headings: list[str]) -> str:
    links = "\n".join(f"- [{heading}](commands/{heading.lower()}.md)" for heading in headings)
    return (
        "# Commands\n\n"
        "`officeops --help` lists the commands by what you do. Each page below has the help of every command under one\n"
        "heading, word for word. `officeops help item receive` prints the same on your terminal.\n\n"
        f"{links}\n\n{_block(top)}"
    )


def _group_page(top: click.Context, heading: str, names: list[str]) -> str:
    parts = [f"# {heading}: commands\n"]
    assert isinstance(top.command, click.Group)
    for name in names:
        parts.extend(_sections(_context(_asked(top.command, top, name), name, top), level=2))
    return "\n".join(parts)


def _sections(context: click.Context, level: int) -> Iterator[str]:
    """Yield the help of a command, and of every command below it."""
    command = context.command
    yield f"{'#' * min(level, 3)} {context.command_path}\n\n{_block(context)}"
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = _context(_asked(command, context, name), name, context)
            yield from _sections(below, level + 1)


def _asked(group: click.Group, context: click.Context, name: str) -> click.Command:
    """Return a command as `--help` shows it: with its example."""
    _, command, _ = group.resolve_command(context, [name, "--help"])
    assert command is not None, name
    return command


def _block(context: click.Context) -> str:
    return f"{_FENCE}\n{context.get_help().rstrip()}\n{_FENCE}\n"


def _context(command: click.Command, name: str, parent: click.Context | None) -> click.Context:
    """Return a context as click makes one, in a terminal of a fixed width."""
    context = command.context_class(
        command, info_name=name, parent=parent, **command.context_settings
    )
    context.terminal_width = _WIDTH
    context.max_content_width = _WIDTH
    return context
