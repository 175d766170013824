"""The terminal interface. `run(office)` opens it.

For screens of their own, plugins stand on these names; they load on first use, since this module is imported
by commands that never open a screen:

`OfficeScreen` a screen with its breadcrumb, prompt line and key line · `LineScreen` one that is a list of lines ·
`Line` a line of it · `Key` what a key does · `cut`, `pad` and `wrapped` measure text in terminal cells ·
`Form` a dialog of fields.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.tui.base.line_screen import LineScreen
    from officeops.tui.base.screen import OfficeScreen
    from officeops.tui.forms.form_state import Form
    from officeops.tui.terminal.cells import cut, pad, wrapped
    from officeops.tui.terminal.keys import Key
    from officeops.tui.widgets.lines import Line

_HOME = {
    "Form": "forms.form_state",
    "Key": "terminal.keys",
    "Line": "widgets.lines",
    "LineScreen": "base.line_screen",
    "OfficeScreen": "base.screen",
    "cut": "terminal.cells",
    "pad": "terminal.cells",
    "wrapped": "terminal.cells",
}

__all__ = ["Form", "Key", "Line", "LineScreen", "OfficeScreen", "cut", "pad", "run", "wrapped"]


def run(office: Office, idle: int = 0) -> None:
    """Open the terminal interface and come back when it is left, or after `idle` minutes without a key; 0 waits for ever.

    Raises UsageProblem where there is no terminal that could show it, or the theme in settings is unknown.
    """
    from officeops.tui.terminal.terminal_setup import chosen_theme, prepare, require_terminal

    require_terminal(os.environ)
    theme = chosen_theme(office.machine.own.theme, os.environ)
    prepare(theme, os.environ)
    # Textual reads the environment once, when it is imported: only now may it be.
    from officeops.tui.app import OfficeApp

    OfficeApp(office, theme, idle).run(mouse=office.machine.own.mouse)


def __getattr__(name: str) -> object:
    """Load a public name from the module that holds it (PEP 562)."""
    if name not in _HOME:
        raise AttributeError(f"officeops.tui has no public name {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"officeops.tui.{_HOME[name]}"), name)
    globals()[name] = value
    return value
