"""The office-wide commands: what each runs, its help, its group, and who may run it from where.

Each is declared here once. The command line, the help, what runs over SSH, which words no noun may
take, and what the drill and the demo print, are all read from here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.model.immutable import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.plugins.manager import Plugins

#: The headings of `officeops --help`, in the order people need them.
GROUPS: Final = ("Today", "Supplies", "Vendors", "Equipment", "People", "Office", "Administration")
#: Where a plugin's records and commands are shown that names no group.
OTHER: Final = "More"


class OfficeCommand(Value):
    """An office-wide command.

    `target` is `module:attribute` of its click command, and `permission` is needed once it opens
    the office. `remote` are the words after it that run over SSH, with "" for the command alone;
    none of it runs where that is empty. An `overview` prints an answer and changes nothing: a drill
    runs it on the restored file, and the demo shows it.
    """

    name: str
    target: str
    help: str
    group: str
    permission: str = ""
    remote: frozenset[str] = frozenset()
    overview: bool = False


#: The verbs that every noun may have (`cli.noun` builds them); no action of a record is called so.
VERBS: Final = frozenset(
    {
        "list",
        "show",
        "text",
        "search",
        "history",
        "export",
        "add",
        "edit",
        "archive",
        "unarchive",
        "import",
    }
)
#: The core's actions on the office as a whole, which are commands too; no noun takes their names
#: either, nor `admit`, the former name of `add-user`.
ACTIONS: Final = frozenset(
    {"add-document-types", "add-user", "admit", "hold", "set-hours", "write-tasks"}
)

#: The command alone, for `remote`.
_ALONE: Final = frozenset({""})

COMMANDS: Final[dict[str, OfficeCommand]] = {
    command.name: command
    for command in (
        OfficeCommand(
            "today",
            "officeops.cli.commands.today:today",
            "What needs doing.",
            "Today",
            "core.today.view",
            frozenset({"", "seen", "snooze", "unsnooze"}),
            overview=True,
        ),
        OfficeCommand(
            "huddle",
            "officeops.cli.commands.huddle:huddle",
            "The morning's page: shortages, deliveries, lots not to use.",
            "Today",
            "core.huddle.view",
            _ALONE,
        ),
        OfficeCommand(
            "inspect",
            "officeops.cli.commands.inspect:inspect",
            "What an inspector asks, and what there is to show.",
            "Office",
            "core.inspect.view",
            _ALONE,
        ),
        OfficeCommand(
            "search",
            "officeops.cli.commands.search:search",
            "Find records of any kind.",
            "Today",
            remote=_ALONE,
        ),
        OfficeCommand(
            "duplicates",
            "officeops.cli.commands.duplicates:duplicates",
            "Records that may be one.",
            "Office",
            remote=_ALONE,
        ),
        OfficeCommand(
            "undo",
            "officeops.cli.commands.undo:undo",
            "Undo your last action, or a named one.",
            "Today",
            "core.undo",
            _ALONE,
        ),
        OfficeCommand(
            "redo",
            "officeops.cli.commands.undo:redo",
            "Redo the action that you undid last, or a named one.",
            "Today",
            "core.redo",
            _ALONE,
        ),
        OfficeCommand(
            "history",
            "officeops.cli.commands.history:history",
            "Who changed what, and when.",
            "Today",
            "core.history.view",
            frozenset({"", "verify", "anchor", "reads"}),
        ),
        OfficeCommand(
            "report",
            "officeops.cli.commands.jobs:report",
            "Print a report.",
            "Office",
            remote=_ALONE,
        ),
        OfficeCommand(
            "settings",
            "officeops.cli.commands.settings:settings",
            "Facts of the office, and settings of this machine.",
            "Office",
            "core.settings.view",
            _ALONE,
        ),
        OfficeCommand(
            "who",
            "officeops.cli.commands.who:who",
            "List the people who are on now.",
            "Office",
            "core.who.view",
            _ALONE,
        ),
        OfficeCommand(
            "dataset",
            "officeops.cli.commands.dataset:dataset",
            "Load reference lists, and look into them.",
            "Administration",
            "core.dataset-load.view",
            frozenset({"list", "load", "show"}),
        ),
        OfficeCommand(
            "job",
            "officeops.cli.commands.jobs:job",
            "Run a job, from cron or by hand.",
            "Administration",
            remote=_ALONE,
        ),
        OfficeCommand(
            "backup",
            "officeops.cli.commands.backup:backup",
            "Make, check, rehearse and restore backups.",
            "Administration",
            "core.backup",
            frozenset({"list"}),
        ),
        OfficeCommand(
            "salvage",
            "officeops.cli.commands.salvage:salvage",
            "Read what a damaged office still has into a new one.",
            "Administration",
        ),
        OfficeCommand(
            "selfcheck",
            "officeops.cli.commands.selfcheck:selfcheck",
            "Check the office, its file and this machine.",
            "Administration",
            "core.selfcheck.view",
            _ALONE,
        ),
        OfficeCommand(
            "access",
            "officeops.cli.commands.access:access",
            "Users, roles, permissions and PINs.",
            "Administration",
            # The group asks for a permission itself: one's own PIN takes another.
            "",
            frozenset(
                {
                    "add",
                    "list",
                    "show",
                    "roles",
                    "role",
                    "grant",
                    "revoke",
                    "deactivate",
                    "until",
                    "away",
                    "back",
                    "share",
                    "unshare",
                    "pin",
                    "clear-pin",
                }
            ),
        ),
        OfficeCommand(
            "plugins",
            "officeops.cli.commands.plugins:plugins",
            "List, enable, disable and write plugins.",
            "Administration",
            "core.plugins.view",
            frozenset({"", "permissions"}),
        ),
        OfficeCommand(
            "purge",
            "officeops.cli.commands.purge:purge",
            "Destroy records past their retention.",
            "Administration",
            "core.purge",
            _ALONE,
        ),
        OfficeCommand(
            "seal",
            "officeops.cli.commands.seal:seal",
            "The key of the sealed fields.",
            "Administration",
            remote=frozenset({"readings"}),
        ),
        OfficeCommand(
            "init",
            "officeops.cli.commands.init:init",
            "Start an office in a new file.",
            "Administration",
        ),
        OfficeCommand(
            "demo",
            "officeops.cli.commands.demo:demo",
            "Look at a made-up practice in a scratch file.",
            "Administration",
        ),
        OfficeCommand(
            "completion",
            "officeops.cli.commands.completion:completion",
            "Print the shell's completion script.",
            "Administration",
        ),
        OfficeCommand(
            "help",
            "officeops.cli.commands.help:help_",
            "Explain a command, with examples.",
            "Administration",
            remote=_ALONE,
        ),
    )
}


def overviews(plugins: Plugins) -> Iterator[str]:
    """Yield the commands that print an overview and change nothing, the core's first."""
    yield from (command.name for command in COMMANDS.values() if command.overview)
    for _, command in plugins.registered("commands"):
        if command.overview and not command.of:
            yield command.name
