"""Kept declarations: what the plugins declare, in a small file, so that a command loads few of them.

To import every plugin and every kind of record takes most of a short command, and more with each
plugin. What a command must know of all of them, it reads here: nouns, migrations, hooks, and what
the triggers follow from. It holds as long as no file that declares has another size or time, so an
edited plugin is seen by the next command.
"""

from __future__ import annotations

import os
import sys
import time
from importlib import import_module
from typing import TYPE_CHECKING, Final

from officeops.model.immutable import Value
from officeops.plugins.kept_answers import keep, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from officeops.model.records import Record
    from officeops.plugins.discovery import Found

#: How many sets of plugins, and ways to start, keep their declarations.
_SETS: Final = 8
_NAME: Final = "declared"
#: The last line of kept declarations, without which they were cut.
_END: Final = "end"
#: In place of a column: the table's own fields are frozen.
FROZEN: Final = "*"
#: Likewise: records of the table may have something owed (`Record.owes`).
OWING: Final = "?"
#: Likewise, before the column of a reference, or alone for the table itself: days keep their order.
DATED: Final = "<"
#: Seconds before plugins are loaded in which an edit makes a file too fresh to rely on: clocks of
#: file systems differ, and some are coarse.
_FRESH: Final = 5
#: Packages on which no declaration depends (a contract of imports), and which need no look.
_FRONT_ENDS: Final = ("officeops.cli.", "officeops.tui.", "officeops.exchange.")
_asked_at = 0.0


class Home(Value):
    """The module and name of a record's class. It can be imported without the rest."""

    module: str
    name: str

    def record(self, key: str) -> type[Record] | None:
        """Import the class of a key; None where something else is there."""
        try:
            record = getattr(import_module(self.module), self.name)
        except (ImportError, AttributeError):
            return None
        meta = getattr(record, "meta", None)
        return record if getattr(meta, "key", "") == key else None


class Watch(Value):
    """A table on which the promise of a kind rests, and the column that names the record.

    In place of a column, `FROZEN` says that the kind itself has frozen fields, `OWING` that its
    records may not be settled, and `DATED` that its days keep their order.
    """

    table: str
    promised: str
    column: str


class KeptDeclarations(Value):
    """What all plugins that are on, and the core, declare.

    - `hooks`: the hooks that any plugin implements
    - `steps`: each migration, as its set and name
    - `signatures`: by table, what its triggers follow from
    - `nouns`: by noun, the key of its record, of those that have a home
    - `homes`: by key, the homes of records that are declared in one file and never were renamed
    - `watches`: the tables that promises rest on
    """

    hooks: frozenset[str]
    steps: tuple[tuple[str, str], ...]
    signatures: Mapping[str, str]
    nouns: Mapping[str, str]
    homes: Mapping[str, Home]
    watches: tuple[Watch, ...] = ()

    def record(self, key: str) -> type[Record] | None:
        """Import the record of a key alone; None where it has no home."""
        home = self.homes.get(key)
        return home.record(key) if home else None


def recall(found: Iterable[Found]) -> KeptDeclarations | None:
    """Return what the plugins that are on declare, if it is kept and no file has changed."""
    global _asked_at  # noqa: PLW0603 - the moment before plugins are loaded
    _asked_at = time.time()
    head = _head(found)
    for block in read(_NAME):
        first, *lines = block.split("\n")
        if first == head:
            return _read(lines)
    return None


def remember(found: Iterable[Found], declare: Callable[[], KeptDeclarations]) -> None:
    """Keep what the plugins that are on declare, which `declare` works out.

    Nothing is kept where a file is being edited, or where a name has more than one line.
    """
    # Before all the others are looked at: a plugin that is being written is often one file.
    own_files = [plugin.module for plugin in found if plugin.on and plugin.module.endswith(".py")]
    if any(map(_is_fresh, own_files)):
        return
    files = sorted(set(_files(found)))
    if any(map(_is_fresh, files)):
        return
    head = _head(found)
    rows: list[tuple[str, ...]] = [("file", path, _stamp(path)) for path in files]
    rows += _rows(declare())
    if not all(map(_is_one_line, rows)):
        return
    others = [block for block in read(_NAME) if block.partition("\n")[0] != head]
    lines = ["\t".join(row) for row in [*rows, (_END,)]]
    keep(_NAME, ["\n".join([head, *lines]), *others[: _SETS - 1]])


def _is_fresh(path: str) -> bool:
    """Whether a file may have been edited since it was loaded."""
    try:
        return os.stat(path).st_mtime > _asked_at - _FRESH
    except OSError:
        return True


def _is_one_line(row: Sequence[str]) -> bool:
    """Whether a row can be kept: a plugin may have any letter in its names."""
    return all(word.isprintable() for word in row)


def _head(found: Iterable[Found]) -> str:
    """Name on one line the places that code comes from, and the plugins that are on."""
    plugins = [
        "@".join((plugin.name, plugin.module, plugin.version, str(plugin.rank)))
        for plugin in found
        if plugin.on
    ]
    return "|".join([sys.version.split()[0], *sys.path, *plugins])


def _stamp(path: str) -> str:
    """Return a file's size and time; blank for one that is gone."""
    try:
        state = os.stat(path)
    except OSError:
        return ""
    return f"{state.st_size}@{state.st_mtime_ns}"


def _files(found: Iterable[Found]) -> Iterator[str]:
    """Yield the loaded files that declare: those of officeops, of plugins, and beside plugins."""
    packages, folders = {"officeops"}, []
    for plugin in found:
        packages.add(plugin.package)
        if plugin.module.endswith(".py"):
            folders.append(os.path.dirname(plugin.module) + os.sep)
    beside = tuple(folders)
    for name, module in list(sys.modules.items()):
        path = getattr(module, "__file__", None)
        if not path or name.startswith(_FRONT_ENDS):
            continue
        if name.partition(".")[0] in packages or path.startswith(beside):
            yield path


def _rows(declarations: KeptDeclarations) -> Iterator[tuple[str, ...]]:
    for hook in sorted(declarations.hooks):
        yield "hook", hook
    for owner, step in declarations.steps:
        yield "step", owner, step
    for table, signature in declarations.signatures.items():
        yield "signature", table, signature
    for noun, key in declarations.nouns.items():
        yield "noun", noun, key
    for key, home in declarations.homes.items():
        yield "home", key, home.module, home.name
    for watch in declarations.watches:
        yield "watch", watch.table, watch.promised, watch.column


def _read(lines: Iterable[str]) -> KeptDeclarations | None:
    """Read kept declarations; None where a file has changed since, or the text was altered."""
    rows: dict[str, list[list[str]]] = {}
    *lines, end = lines
    if end.strip() != _END:
        return None
    for line in lines:
        kind, *words = line.split("\t")
        rows.setdefault(kind, []).append(words)
    try:
        for path, stamp in rows["file"]:
            if _stamp(path) != stamp:
                return None
        return KeptDeclarations(
            frozenset(hook for (hook,) in rows["hook"]),
            tuple((owner, step) for owner, step in rows["step"]),
            dict(rows["signature"]),
            dict(rows["noun"]),
            {key: Home(module, name) for key, module, name in rows["home"]},
            tuple(Watch(*words) for words in rows.get("watch", ())),
        )
    except (KeyError, ValueError):
        return None
