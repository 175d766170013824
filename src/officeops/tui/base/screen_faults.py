"""Faults of screens: an error of a plugin's code on a screen, by the plugin's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.error_words import place_of
from officeops.model.errors import PluginFault

if TYPE_CHECKING:
    from officeops.plugins.manager import Plugins


def blamed(plugins: Plugins, error: Exception) -> Exception:
    """Return a fault of a plugin's code as that plugin's, with its line and the way to turn it off.

    Other errors come back as they are.
    """
    from officeops.plugins.blame import is_a_fault

    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    running = plugins.of_frame(trace.tb_frame) if trace is not None else None
    if running is None or not is_a_fault(error):
        return error
    plugin, function = running
    line = place_of(error, plugin)
    where = f"{line}; " if line else ""
    off = f"{where}`officeops plugins disable {plugin}` turns it off"
    return PluginFault(plugin, f"{function}() of a screen", error, off)
