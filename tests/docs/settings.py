"""The reference of settings: every key of officeops.toml, and every environment variable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.docs.tables import plain, table
from tests.docs.trial import plugins

from officeops.backup.config import BackupSettings
from officeops.exchange.datasets.dataset_settings import DatasetSettings
from officeops.model.settings import MachineTable
from officeops.office.attachment_settings import AttachmentSettings
from officeops.plugins.time_limits import LimitSettings
from officeops.ssh.config import AccessSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.settings_table import Settings

#: Keys that are tables of their own, and that have a section instead of a row.
_TABLES = {"plugins"}
#: The environment variables that the program reads.
VARIABLES: Final = {
    "OFFICEOPS_DB": "The office's file. `--db` comes first, then this, then `db` in officeops.toml.",
    "OFFICEOPS_KEY": "The key of the history. It comes before `history_key`.",
    "OFFICEOPS_SEAL": "The key of the sealed fields. It comes before `seal_key`.",
    "OFFICEOPS_PLUGINS": "The plugins to turn on, separated by commas: these and no others.",
    "OFFICEOPS_TODAY": "Another day in place of today, such as 2026-01-31: for reports on the past, and for tests.",
    "OFFICEOPS_DEBUG": "`1` prints the traceback of an unexpected error.",
    "OFFICEOPS_STRICT_PLUGINS": "`1` raises an error in a plugin at once, for its author.",
    "OFFICEOPS_ALLOW_NETWORK_FS": "`1` opens an office on a network file system. SQLite may lose data there.",
    "NO_COLOR": "Any value turns colors off.",
    "XDG_CONFIG_HOME": "The folder of your settings: officeops.toml is in `officeops` below it. `~/.config` by default.",
    "XDG_DATA_HOME": "The folder of your data: the office's file is in `officeops` below it. `~/.local/share` by default.",
}
_HEAD = """\
# Settings

Facts about the office, such as its name, time zone and default location, are in the office's file:
`officeops settings` shows them and `officeops settings edit` changes them. The settings of one machine are in
`officeops.toml`, in `~/.config/officeops/`, or in the file that `--config` names. The program reads that file and never
writes it. A key that does not exist, or a value that a key does not take, is an error that names the file and the key.
`config/officeops.toml` is a sample.
"""


def page() -> str:
    """Return the page of the settings."""
    parts = [_HEAD, _section("Top level", MachineTable)]
    for name, declared in (
        ("backup", BackupSettings),
        ("access", AccessSettings),
        ("limits", LimitSettings),
        ("attachments", AttachmentSettings),
        ("datasets", DatasetSettings),
    ):
        parts.append(_section(f"`[{name}]`", declared))
    for plugin, declared in plugins().registered("settings"):
        parts.append(_section(f"`[plugins.{plugin}]`", declared))
    rows = [[f"`{name}`", meaning] for name, meaning in VARIABLES.items()]
    parts.append(f"## Environment variables\n\n{table(['variable', 'meaning'], rows)}")
    return "\n".join(parts)


def _section(title: str, declared: type[Settings]) -> str:
    return f"## {title}\n\n{table(['key', 'type', 'default', 'meaning'], _rows(declared))}"


def _rows(declared: type[Settings]) -> Iterator[list[str]]:
    for name, (annotation, key) in declared.keys.items():
        if name in _TABLES:
            continue
        default = "" if key.default in ("", [], {}) else f"`{str(key.default).lower()}`"
        bounds = _bounds(key.minimum, key.maximum, key.choices)
        yield [f"`{name}`", f"{_TYPE_WORDS[annotation]}{bounds}", default, plain(key.help)]


_TYPE_WORDS = {
    "str": "text",
    "int": "whole number",
    "float": "number",
    "bool": "true or false",
    "Path": "path",
    "list[str]": "list of texts",
    "dict[str, str]": "table of texts",
}


def _bounds(minimum: float | None, maximum: float | None, choices: tuple[str, ...]) -> str:
    if choices:
        return f": {', '.join(choices)}"
    if minimum is not None and maximum is not None:
        return f", {minimum} to {maximum}"
    if minimum is not None:
        return f", {minimum} or more"
    return f", {maximum} or less" if maximum is not None else ""
