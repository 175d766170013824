"""Why a word of a plugin means nothing now: the plugin is off, or it is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.plugins.discovery import Found
    from officeops.plugins.manager import Plugins

#: Asks a file whether it has a table.
HAS_TABLE: Final = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"


def why_missing(
    plugins: Plugins,
    word: str,
    has_table: Callable[[str], bool],
) -> str:
    """Return the reason, by the plugin's name, or by a table that it has for such records; or blank.

    A plugin that is off declares nothing, so its table is the one trace of its nouns.
    """
    for plugin in plugins.found:
        state = _state(plugins, plugin)
        if not state:
            continue
        if plugin.name == word:
            return f"The plugin {word} is {state}."
        table = f"{plugin.name}_{word}".replace("-", "_")
        if word.replace("-", "").isalnum() and has_table(table):
            return f"{word} belongs to the plugin {plugin.name}, which is {state}."
    return ""


def _state(plugins: Plugins, plugin: Found) -> str:
    """Return in words why a plugin does nothing; blank for one in order."""
    if refusal := plugins.why_refused(plugin.name):
        return f"not in order: {refusal}".rstrip(".")
    return "" if plugin.on else f"off: {plugin.why_off}".rstrip(".")
