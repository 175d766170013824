"""Meanings: what people call a command who do not know its name yet.

Words for kinds of record stand with the records (`also`); these are of the office's commands and of the verbs.
"""

from __future__ import annotations

from typing import Final

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
#: Other words for what is done with a record.
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
