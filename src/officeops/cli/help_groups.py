"""Help groups: the commands and kinds of record of an office, by what a person does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.core.commands import COMMANDS, GROUPS, OTHER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from officeops.model.records import Record
    from officeops.plugins.manager import Plugins

#: A line of help: a command or a noun, and what it is for.
Line = tuple[str, str]


def grouped(
    plugins: Plugins,
    records: Iterable[type[Record]],
    runs: Callable[[str], bool],
) -> Iterator[tuple[str, list[Line]]]:
    """Yield each heading with its lines; `runs` says whether a command runs for the reader.

    The office's own headings come before those of plugins. Within a heading, commands come before
    records, each in the order of their declarations: the most used first.
    """
    groups: dict[str, list[Line]] = {}
    for heading, line in _lines(plugins, records, runs):
        groups.setdefault(heading, []).append(line)
    for heading in sorted(groups, key=_place):
        yield heading, groups[heading]


def _lines(
    plugins: Plugins,
    records: Iterable[type[Record]],
    runs: Callable[[str], bool],
) -> Iterator[tuple[str, Line]]:
    """Yield every line with its heading, commands before records."""
    for command in COMMANDS.values():
        if runs(command.name):
            yield command.group, (command.name, command.help)
    taken = {*COMMANDS}
    for plugin, added in plugins.registered("commands"):
        if not added.of:
            taken.add(added.name)
            yield _heading(plugins, plugin), (added.name, added.help)
    for plugin, action in plugins.registered("actions"):
        # A command takes the place of an action of its name: `count` reads files, and then books.
        if not action.record and action.word not in taken:
            heading = "Administration" if plugin == "core" else _heading(plugins, plugin)
            yield heading, (action.word, action.help)
    # A record of the core names its own heading; a plugin's may follow that of its plugin.
    for record in records:
        meta = record.meta
        heading = meta.group or _heading(plugins, meta.plugin)
        yield heading, (meta.noun, _first_line(record))


def _heading(plugins: Plugins, plugin: str) -> str:
    if plugin == "core":
        return "Office"
    return plugins.manifests[plugin].group or OTHER


def _place(heading: str) -> tuple[int, str]:
    """Return the sort key of a heading: the office's own, then plugins' by name, then OTHER."""
    if heading in GROUPS:
        return GROUPS.index(heading), ""
    after_all = len(GROUPS) + 1
    return (after_all if heading == OTHER else len(GROUPS)), heading


def _first_line(record: type[Record]) -> str:
    text = (record.__doc__ or "").strip()
    return text.partition("\n")[0]
