"""One key, pressed alone and twice, on any screen: what it wrote though nobody said yes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.tui.base.common_keys import LISTS, MOVING
from officeops.tui.base.screen import OfficeScreen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office.office import Office
    from officeops.tui.testing import Terminal


def written(office: Office) -> list[str]:
    """Return the actions since, except for marking as seen, which asks nobody."""
    rows = office.rows("SELECT verb FROM core_action ORDER BY id")
    return [verb for (verb,) in rows if verb != "core.due.seen"]


def every_key_alone(
    terminal: Terminal, office: Office, way: tuple[str, ...]
) -> Iterator[tuple[str, list[str]]]:
    """Press each key of a screen twice, and yield what each wrote. `way` leads to the screen."""
    names = _keys_there(terminal, way)
    arrived = terminal.app.screen, terminal.lines
    for name in names:
        if not _is_back(terminal, *arrived):
            _home(terminal)
            terminal.press(*way)
            arrived = terminal.app.screen, terminal.lines
        before = len(written(office))
        # The key that asks is no answer.
        terminal.press(name, name)
        yield name, written(office)[before:]


def _is_back(terminal: Terminal, screen: object, lines: list[str]) -> bool:
    """Leave what a key has opened, and return whether the screen is as it was: most keys open one thing, or nothing."""
    for _ in range(2):
        if terminal.app.screen is screen and terminal.lines == lines:
            return True
        terminal.press("y" if "Leave and lose" in terminal.prompt else "escape")
    return terminal.app.screen is screen and terminal.lines == lines


def _home(terminal: Terminal) -> None:
    for _ in range(20):
        if (
            type(terminal.app.screen).__name__ == "Today"
            and "This is the first screen" in terminal.prompt
        ):
            return
        terminal.press("y" if "Leave and lose" in terminal.prompt else "escape")
    raise AssertionError(terminal.text)


def _keys_there(terminal: Terminal, way: tuple[str, ...]) -> list[str]:
    _home(terminal)
    terminal.press(*way)
    screen = terminal.app.screen
    assert isinstance(screen, OfficeScreen)
    # What only moves, or goes to another list, has its own tests.
    keys = [key for key in screen.all_keys() if key.group not in {MOVING, LISTS}]
    return [name for key in keys for name in key.names[:1] if len(name) == 1 and name != "q"]
