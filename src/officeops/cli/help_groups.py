"""Help groups: the commands and kinds of record of an office, by what a person does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.core.commands import COMMANDS, GROUPS, OTHER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from officeops.model.records import Record
    from officeops.plugins.manager import Plugins


def grouped(
    plugins: Plugins, records: Iterable[type[Record]], runs: Callable[[str], bool]
) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield each heading with its lines, a name and what it is for; `runs` says whether a command runs for the reader.

    Headings that plugins bring come after the office's own; within one, commands come before records, each in the order in
    which it is declared: the most used first.
    """
    rows: dict[str, list[tuple[str, str]]] = {}
    for command in COMMANDS.values():
        if runs(command.name):
            rows.setdefault(command.group, []).append((command.name, command.help))
    for plugin, added in plugins.registered("commands"):
        rows.setdefault(_heading(plugins, plugin), []).append((added.name, added.help))
    for record in records:
        heading = record.meta.group or _heading(plugins, record.meta.plugin)
        rows.setdefault(heading, []).append((record.meta.noun, _first_line(record)))
    for heading in sorted(rows, key=_place):
        yield heading, rows[heading]


def _heading(plugins: Plugins, plugin: str) -> str:
    if plugin == "core":
        return "Office"
    return plugins.manifests[plugin].group or OTHER


def _place(heading: str) -> tuple[int, str]:
    """Return where a heading goes: the office's own in their order, plugins' by name, and what has none last."""
    if heading in GROUPS:
        return GROUPS.index(heading), ""
    return len(GROUPS) + (heading == OTHER), heading


def _first_line(record: type[Record]) -> str:
    return (record.__doc__ or "").strip().partition("\n")[0]
