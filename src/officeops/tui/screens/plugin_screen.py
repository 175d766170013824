"""Plugins' screens: building the one a plugin declares, with the permission it needs."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from officeops.access.permissions import opening
from officeops.model.errors import Broken
from officeops.tui.base.screen import OfficeScreen
from officeops.tui.widgets.error_text import sentence

if TYPE_CHECKING:
    from textual.screen import Screen as TextualScreen

    from officeops.model.declarations import Screen
    from officeops.office.office import Office


def plugin_screen(office: Office, declared: Screen) -> TextualScreen[None]:
    """Return a new screen of a plugin.

    Raises Forbidden, and Broken if the plugin fails to build it.
    """
    permission = opening(_plugin_of(office, declared), declared)
    office.allow(permission)
    module, _, name = declared.target.partition(":")
    try:
        screen: TextualScreen[None] = getattr(import_module(module), name)(office)
    except Exception as error:
        title, why = repr(declared.title), sentence(error)
        raise Broken(f"The screen {title} cannot be opened: {why}") from error
    if isinstance(screen, OfficeScreen):
        screen.require(permission)
    return screen


def _plugin_of(office: Office, declared: Screen) -> str:
    for plugin, screen in office.plugins.registered("screens"):
        if screen is declared:
            return plugin
    return ""
