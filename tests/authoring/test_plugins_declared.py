"""Declarations whose arguments are in another order, or lead nowhere, are named before a plugin is on."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from officeops.model import declarations
from officeops.model.errors import Broken
from officeops.plugins.registered_checks import check_registered

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.testing import Cli

    Write = Callable[..., Path]

#: A good declaration of each kind: its hook, its class, its arguments in their order.
GOOD: dict[str, tuple[str, tuple[object, ...]]] = {
    "commands": ("Command", ("zapper", "zap:zapper", "Zap it.")),
    "screens": ("Screen", ("zap.screen", "Zap screen", "zap:ZapScreen")),
    "views": ("View", ("paid", "zap.ring", "Paid rings")),
    "permissions": ("Permission", ("zap.ring.twirl", "Twirl a ring.", "work")),
    "jobs": ("Job", ("tidy", print, "Tidy up.", "daily")),
    "reports": ("Report", ("rings", "Rings", print, "All rings.")),
}


def wrong_orders(hook: str) -> list[tuple[object, ...]]:
    """Each other order of a declaration's arguments."""
    _, good = GOOD[hook]
    return [order for order in permutations(good) if order != good]


@pytest.mark.parametrize("hook", GOOD)
def test_the_right_order_is_taken(hook: str) -> None:
    name, good = GOOD[hook]
    check_registered(hook, "zap", getattr(declarations, name)(*good))


@pytest.mark.parametrize("hook", GOOD)
def test_an_argument_in_the_place_of_the_one_that_leads_somewhere_is_named(hook: str) -> None:
    """Two names that are both free words cannot be told apart; what leads somewhere is never in another's place."""
    name, good = GOOD[hook]
    leading = {"commands": 1, "screens": 2, "views": 1, "permissions": 0, "jobs": 1, "reports": 2}[
        hook
    ]
    for order in wrong_orders(hook):
        if order[leading] != good[leading]:
            with pytest.raises(Broken, match=f"it is {name}"):
                check_registered(hook, "zap", getattr(declarations, name)(*order))


@pytest.mark.parametrize(
    ("hook", "code"),
    [
        ("views", 'View("zap.ring", "paid", "pay>0")'),
        ("screens", 'Screen("zapscreen", "zap:ZapScreen", "Zap screen")'),
        ("permissions", 'Permission("zap.ring.twirl", "manage")'),
        ("commands", 'Command("zapper", "Zap it.", "zap:zapper")'),
        ("views", 'View("paid", "zap.ring", "Paid rings")'),
        ("commands", 'Command("zapper", "zap:nothing", "Zap it.")'),
        ("screens", 'Screen("zap.screen", "Zap screen", "zap_nowhere:ZapScreen")'),
    ],
)
def test_enable_says_what_is_wrong_and_enables_nothing(
    write: Write, cli: Cli, hook: str, code: str
) -> None:
    write("zap", f"@hookimpl\ndef {hook}():\n    return [{code}]\n")
    ran = cli("plugins", "enable", "zap")
    assert ran.code == 1, ran
    assert "zap" in ran.err
    assert "nothing was enabled" in ran.err
    assert "off" in next(line for line in cli("plugins").out.splitlines() if line.startswith("zap"))


COMMAND = """
@hookimpl
def commands():
    return [Command("zapper", "zap:zapper", "Zap it.")]

def __getattr__(name):
    if name != "zapper":
        raise AttributeError(name)
    import click

    @click.command(help="Zap it.")
    def zapper():
        click.echo("zapped")

    return zapper
"""


def test_a_target_may_be_in_a_plugin_of_one_file(write: Write, cli: Cli) -> None:
    write("zap", COMMAND)
    enabled = cli("plugins", "enable", "zap")
    assert enabled.code == 0, enabled
    assert cli("zapper").out == "zapped\n"


def test_a_file_called_like_another_module_hides_it_from_nobody(write: Write, cli: Cli) -> None:
    write("calendar", "")
    assert cli("plugins", "enable", "calendar").code == 0
    import calendar

    assert hasattr(calendar, "monthrange")
