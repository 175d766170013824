"""The terminal interface. `run(office)` opens it.

Plugins build their own screens from these names. Each loads on first use: commands that never open
a screen import this module too.

`OfficeScreen` a screen with its breadcrumb, prompt line and key line · `LineScreen` one that is a
list of lines · `Line` a line of it · `SheetScreen` one of an `officeops.EntrySheet` · `Key` what a key does · `cut`, `pad` and `wrapped` measure
text in terminal cells · `Form` a dialog of fields · `new_key` and `record_keys` the keys of a
kind of record.
"""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING, Final

from officeops.lazy_names import lazy_names

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.tui.base.line_screen import LineScreen
    from officeops.tui.base.record_actions import record_keys
    from officeops.tui.base.record_forms import new_key
    from officeops.tui.base.screen import OfficeScreen
    from officeops.tui.forms.form import Form
    from officeops.tui.sheets.sheet_screen import SheetScreen
    from officeops.tui.terminal.cells import cut, pad, wrapped
    from officeops.tui.terminal.keys import Key
    from officeops.tui.terminal.scans import Scan
    from officeops.tui.widgets.lines import Line
    from officeops.tui.widgets.rows import Span

_HOME = {
    "Form": "tui.forms.form",
    "Key": "tui.terminal.keys",
    "Line": "tui.widgets.lines",
    "LineScreen": "tui.base.line_screen",
    "OfficeScreen": "tui.base.screen",
    "SheetScreen": "tui.sheets.sheet_screen",
    "Scan": "tui.terminal.scans",
    "Span": "tui.widgets.rows",
    "cut": "tui.terminal.cells",
    "new_key": "tui.base.record_forms",
    "pad": "tui.terminal.cells",
    "record_keys": "tui.base.record_actions",
    "wrapped": "tui.terminal.cells",
}

#: New objects between two searches for garbage: a screen that stays open makes many that refer to
#: each other, and a search of so many takes no longer than a key press.
_OBJECTS_BETWEEN_COLLECTIONS: Final = 20_000

__all__ = [
    "Form",
    "Key",
    "Line",
    "LineScreen",
    "OfficeScreen",
    "Scan",
    "SheetScreen",
    "Span",
    "cut",
    "new_key",
    "pad",
    "record_keys",
    "run",
    "wrapped",
]


def run(
    office: Office,
    idle: int = 0,
    longest: int = 0,
) -> None:
    """Open the terminal interface, and return when it closes.

    It closes after `idle` minutes without a key, and after `longest` hours; 0 is never. Raises UsageProblem if there is no
    terminal that can show it, or for an unknown theme in settings.
    """
    from officeops.tui.terminal.terminal_setup import chosen_theme, prepare, require_terminal
    from officeops.values.window_size import settled

    require_terminal(os.environ)
    settled(sys.stdout.fileno())
    theme = chosen_theme(office.machine.own.theme, os.environ)
    prepare(theme, os.environ)
    # Textual reads the environment once, when it is imported: it must not be imported before this
    # line.
    from officeops.tui.app import OfficeApp

    # Once loaded it stays so, and needs no search.
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    OfficeApp(office, theme, idle, longest).run(mouse=office.machine.own.mouse)


__getattr__ = lazy_names(__name__, _HOME)
