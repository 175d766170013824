"""Synonyms: words by which people look for a command whose name they do not know yet.

Words for kinds of record are declared with the records (`also`); these are for the office's commands
and for the verbs. The command line and the screens suggest by both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from officeops.model.records import Record

#: Other words for the office's commands.
COMMANDS: Final[dict[str, tuple[str, ...]]] = {
    "audit": ("history",),
    "buy": ("reorder",),
    "config": ("settings",),
    "configure": ("settings",),
    "dashboard": ("today",),
    "doctor": ("selfcheck",),
    "due": ("today",),
    "find": ("search",),
    "log": ("history",),
    "login": ("access",),
    "man": ("help",),
    "people": ("access", "who"),
    "permissions": ("access",),
    "preferences": ("settings",),
    "restore": ("backup",),
    "revert": ("undo",),
    "rollback": ("undo",),
    "save": ("backup",),
    "setup": ("init",),
    "start": ("init", "demo"),
    "stocktake": ("count",),
    "tasks": ("today",),
    "todo": ("today",),
    "tutorial": ("demo", "help"),
    "usage": ("help",),
    "users": ("access", "user"),
    "verify": ("selfcheck",),
}
#: Other words for the verbs of a record.
VERBS: Final[dict[str, tuple[str, ...]]] = {
    "audit": ("history",),
    "change": ("edit",),
    "create": ("add",),
    "delete": ("archive",),
    "display": ("show",),
    "download": ("export",),
    "dump": ("export",),
    "find": ("search",),
    "get": ("show",),
    "hide": ("archive",),
    "insert": ("add",),
    "load": ("import",),
    "log": ("history",),
    "ls": ("list",),
    "modify": ("edit",),
    "new": ("add",),
    "print": ("text", "list"),
    "remove": ("archive",),
    "restore": ("unarchive",),
    "rm": ("archive",),
    "set": ("edit",),
    "update": ("edit",),
    "upload": ("import",),
    "view": ("show",),
}


def meanings(records: Iterable[type[Record]], known: Collection[str]) -> dict[str, list[str]]:
    """Return other words for commands and nouns, with the known ones that they mean."""
    meant = {word: list(commands) for word, commands in COMMANDS.items()}
    for record in records:
        meta = record.meta
        for word in (*meta.also, *meta.former_nouns):
            meant.setdefault(word, []).append(meta.noun)
    return only_known(meant, known)


def only_known(meant: Mapping[str, Iterable[str]], known: Collection[str]) -> dict[str, list[str]]:
    """Return meanings without the words that are not known here."""
    return {word: [name for name in names if name in known] for word, names in meant.items()}
