"""For each check, a plugin whose actions or other declarations are at fault, and the beginning of its sentence."""

from __future__ import annotations

from typing import Final

from tests.authoring.small_plugins import acting, rest

#: A function with keys of a screen.
KEYS: Final = "def keys():\n    from officeops.tui import Key\n    return [{keys}]"
#: By check: the code after PLUGIN, and how its sentence begins. `{file}` is the plugin's file.
FAULTS: Final[dict[str, list[tuple[str, str]]]] = {
    "action-parameters": [
        (
            acting(", sides: list[str]"),
            "{file}: actions: The plugin keys failed in the parameters of the action keys.key.turn (TypeError: sides: list[str]",
        ),
    ],
    "action-help": [
        (
            acting(doc="pass"),
            "{file}: keys.key.turn: its function has no docstring, which is its help",
        )
    ],
    "action-record": [
        (acting(name="keys.lock.turn"), "{file}: keys.lock.turn: there is no record keys.lock")
    ],
    "action-takes-record": [
        (
            acting().replace("office: Office, key: Key", "office: Office, tag: str"),
            "{file}: keys.key.turn: it is about a record of keys.key, which comes after the office, and tag is there",
        ),
        (
            acting().replace("office: Office, key: Key", "office: Office"),
            "{file}: keys.key.turn: it is about a record of keys.key, which comes after the office, and it takes nothing",
        ),
    ],
    "action-word": [
        (
            acting(name="keys.key.edit"),
            "{file}: keys.key.edit: officeops has a verb edit of its own; call it something else",
        ),
    ],
    "action-once": [
        (
            acting().replace("[turn]", "[turn, turn]"),
            "{file}: actions: there are two called keys.key.turn",
        ),
    ],
    "action-meaning": [
        (
            acting(words=', means="twist"'),
            "{file}: keys.key.turn: its meaning 'twist' is not known; choose another",
        ),
    ],
    "action-letter": [
        (
            acting(words=', means="use"')
            .replace(
                "@hookimpl\ndef actions",
                "@action('keys.key.copy', means='use')\ndef copy(office: Office, key: Key) -> str:\n    'Copy.'\n\n"
                "@hookimpl\ndef actions",
            )
            .replace("[turn]", "[copy, turn]"),
            "{file}: keys.key.turn: its meaning 'use' has the letter 'i', which is that of keys.key.copy",
        ),
    ],
    "command-help": [
        (
            rest("commands", 'Command("look", "officeops.cli.commands.search:search", "Look.")'),
            "{file}: command look: it is registered with the help 'Look.', but officeops.cli.commands.search:search begins with",
        ),
        (
            rest("commands", 'Command("look", "officeops.cli.commands.search:search", "")'),
            "{file}: command look: it has no help",
        ),
    ],
    "command-word": [
        (
            rest(
                "commands",
                'Command("today", "officeops.cli.commands.today:today", "What needs doing, worst first: people at risk, the law, money, and the rest.")',
            ),
            "{file}: command today: the word is officeops' own; call it something else",
        ),
    ],
    "command-target": [
        (
            rest("commands", 'Command("look", "officeops.cli.commands.search:nothing", "Look.")'),
            "{file}: command look: officeops.cli.commands.search has no nothing",
        ),
    ],
    "screen-key": [
        (
            rest(
                "screens",
                'Screen("keys.board", "Board", "officeops.core.records:Location", means="edit-it")',
            ),
            "{file}: screen keys.board: its meaning 'edit-it' opens no screen; choose one of",
        ),
        (
            rest(
                "screens",
                'Screen("keys.board", "Board", "officeops.core.records:Location", means="undo")',
            ),
            "{file}: screen keys.board: its meaning 'undo' opens no screen; choose one of",
        ),
    ],
    "key-letter": [
        (
            KEYS.format(keys='Key(("k",), "kick", print)'),
            "{file}: line 9: its key 'k' is a letter; name a meaning",
        ),
    ],
    "key-meaning": [
        (
            KEYS.format(keys='Key((":kick",), "kick", print, means="undo")'),
            "{file}: line 9: no key of a plugin means 'undo'; the meanings are",
        ),
    ],
    "key-once": [
        (
            KEYS.format(
                keys='Key((), "a", print, means="do"),\n        Key((), "b", print, means="do")'
            ),
            "{file}: line 10: the letter 'd' (do) is that of line 9",
        ),
    ],
    "screen-target": [
        (
            rest("screens", 'Screen("keys.board", "Board", "nowhere.board:Board")'),
            "{file}: screen keys.board: nowhere.board:Board cannot be imported",
        ),
    ],
    "view-record": [
        (
            rest("views", 'View("late", "keys.key", "Late")'),
            "{file}: view late of keys.key: there is no such record",
        ),
    ],
    "view-fields": [
        (
            rest("views", 'View("late", "core.location", "Late", where="lost=1")'),
            "{file}: view late of core.location: it cannot be shown: Locations have no field 'lost'",
        ),
        (
            rest("views", 'View("late", "core.location", "Late", columns=("lost",))'),
            "{file}: view late of core.location: it cannot be shown: Locations have no field 'lost'",
        ),
    ],
    "screen-word": [
        (
            rest("screens", 'Screen("keys.vendor", "Board", "officeops:Office")'),
            "{file}: screen keys.vendor: :vendor opens the list of vendors; end its id with another word",
        ),
        (
            rest("screens", 'Screen("keys.today", "Board", "officeops:Office")'),
            "{file}: screen keys.today: :today opens a screen of officeops; end its id with another word",
        ),
    ],
    "job-help": [
        (
            rest("jobs", "job('nightly')(lambda office: [])"),
            "{file}: nightly: its function has no docstring",
        ),
    ],
    "format-records": [
        (
            rest("formats", "Format('tags', ('.tag',), ('keys.tag',), ('tag',), 'json:load')"),
            "{file}: format tags: there is no record keys.tag",
        ),
    ],
    "format-target": [
        (
            rest("formats", "Format('tags', ('.tag',), ('core.tag',), ('tag',), 'json:read')"),
            "{file}: format tags: json has no read",
        ),
        (
            rest("datasets", "Dataset('keys.makers', 'Makers', ('name',), read='json:read')"),
            "{file}: dataset keys.makers: json has no read",
        ),
    ],
    "permission-name": [
        (
            rest("permissions", "Permission('locks.turn', 'Turn locks.')"),
            "{file}: permissions: the permission locks.turn does not begin with",
        ),
    ],
    "name-free": [
        (
            rest("datasets", "Dataset('locks.makers', 'Makers', ('name',))"),
            "{file}: datasets: the dataset locks.makers does not begin with",
        ),
        (
            rest("views", "View('expiring', 'inventory.lot', 'Low')"),
            "{file}: views: the view expiring of inventory.lot is of inventory already",
        ),
    ],
    "role-reach": [
        (
            rest("roles", "Role('porter', ('locks.*',), 'Opens doors.')"),
            "{file}: role porter: its pattern 'locks.*' gives nothing",
        ),
    ],
}
