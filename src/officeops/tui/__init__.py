"""The terminal interface. `run(office)` opens it.

Plugins build their own screens from these names. Each loads on first use: commands that never open
a screen import this module too.

`OfficeScreen` a screen with its breadcrumb, prompt line and key line · `LineScreen` one that is a
list of lines · `Line` a line of it · `Key` what a key does · `cut`, `pad` and `wrapped` measure
text in terminal cells · `Form` a dialog of fields.
"""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.tui.base.line_screen import LineScreen
    from officeops.tui.base.screen import OfficeScreen
    from officeops.tui.forms.form import Form
    from officeops.tui.terminal.cells import cut, pad, wrapped
    from officeops.tui.terminal.keys import Key
    from officeops.tui.widgets.lines import Line

_HOME = {
    "Form": "forms.form",
    "Key": "terminal.keys",
    "Line": "widgets.lines",
    "LineScreen": "base.line_screen",
    "OfficeScreen": "base.screen",
    "cut": "terminal.cells",
    "pad": "terminal.cells",
    "wrapped": "terminal.cells",
}

#: New objects between two searches for garbage: a screen that stays open makes many that refer to
#: each other, and a search of so many takes no longer than a key press.
_OBJECTS_BETWEEN_COLLECTIONS: Final = 20_000

__all__ = ["Form", "Key", "Line", "LineScreen", "OfficeScreen", "cut", "pad", "run", "wrapped"]


def run(office: Office, idle: int = 0) -> None:
    """Open the terminal interface, and return when it closes.

    It closes after `idle` minutes without a key; 0 is never. Raises UsageProblem if there is no
    terminal that can show it, or for an unknown theme in settings.
    """
    from officeops.tui.terminal.terminal_setup import chosen_theme, prepare, require_terminal

    require_terminal(os.environ)
    theme = chosen_theme(office.machine.own.theme, os.environ)
    prepare(theme, os.environ)
    # Textual reads the environment once, when it is imported: it must not be imported before this
    # line.
    from officeops.tui.app import OfficeApp

    # Once loaded it stays so, and needs no search.
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    OfficeApp(office, theme, idle).run(mouse=office.machine.own.mouse)


def __getattr__(name: str) -> object:
    """Load a public name from the module that holds it (PEP 562)."""
    if name not in _HOME:
        raise AttributeError(f"officeops.tui has no public name {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"officeops.tui.{_HOME[name]}"), name)
    globals()[name] = value
    return value
