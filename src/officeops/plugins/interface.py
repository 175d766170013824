"""What changed in the plugin interface since its first version.

A plugin of an earlier interface is refused with what changed of what it uses, so that its author
need not guess. Its tables stay as they are.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from officeops.plugins import INTERFACE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.plugins.discovery import Found


class Change(NamedTuple):
    """A change of the interface: how a source shows that it is concerned, and what it does now."""

    used: str
    now: str


#: From interface 1 to 2, in the order of docs/how-to/write-a-plugin.md.
CHANGES: Final = (
    Change(r"\bLife\b", "Life is called Lifecycle"),
    Change(r"\bMove\(", "Move is called Transition"),
    Change(r"""\bkey=["'].["']""", 'an action names its meaning, as in means="use", and no letter'),
    Change(
        r"\.now\(\)", "office.now() is a datetime in UTC; `.isoformat()` makes the text of before"
    ),
    Change(r"date\('now'", "computed SQL asks office_today() for the day, and not date('now')"),
    Change(
        r"^def (?:due|search|check|validate)\b(?s:.)*\boffice\.(?:do|acting|add|edit)\(",
        "a hook that is asked writes nothing; changed() and demo() write in actions of their own",
    ),
    Change(r"\bfrom officeops\.", "only the modules of docs/reference/public-names.md are public"),
)


def of_another(api: object, plugin: Found) -> str:
    """Say why a plugin of another interface is refused, and what its author has to do."""
    why = f"it is written for plugin interface {api}; this officeops speaks {INTERFACE}"
    if api != 1:
        return why
    changes = _concerning("\n".join(_sources(plugin)))
    if not changes:
        return f"{why}. Nothing that it uses has changed: write api={INTERFACE} into its PLUGIN"
    return f"{why}. Of what it uses, this has changed: {changes}"


def after_failing(plugin: Found) -> str:
    """Say what may have kept a plugin of an earlier interface from being imported; else nothing."""
    source = "\n".join(_sources(plugin))
    if re.search(rf"\bapi *= *{INTERFACE}\b", source):
        return ""
    changes = _concerning(source)
    return f"In plugin interface {INTERFACE} this has changed: {changes}" if changes else ""


def _concerning(source: str) -> str:
    """List what changed of the things that a source uses."""
    changes = [change.now for change in CHANGES if re.search(change.used, source, re.MULTILINE)]
    return "; ".join(changes)


def _sources(plugin: Found) -> Iterator[str]:
    """Yield the text of each file of a plugin."""
    for path in _files(plugin):
        with open(path, encoding="utf-8", errors="replace") as file:
            yield file.read()


def _files(plugin: Found) -> Iterator[str]:
    if plugin.module.endswith(".py"):
        yield plugin.module
        return
    from importlib.util import find_spec

    spec = find_spec(plugin.package)
    for folder in (spec.submodule_search_locations if spec else None) or ():
        for above, _, names in os.walk(folder):
            yield from (os.path.join(above, name) for name in names if name.endswith(".py"))
