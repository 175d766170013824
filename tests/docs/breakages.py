"""The reference of the ways in which plugins break, made from the plugins of the tests that break."""

from __future__ import annotations

from tests.docs.tables import plain, table
from tests.plugins.breakages import BREAKAGES
from tests.plugins.test_breakages import ON_SCREEN

_HEAD = """\
# Ways in which a plugin breaks

What an office does when the code of a plugin is at fault. Each line is a plugin of the tests that breaks so, and a command that meets
it; the lines marked *screen* are met on the screen as well. [Errors in your code](../how-to/write-a-plugin.md#errors-in-your-code) says what you see of it
as its author.
"""


def page() -> str:
    """Return the page of the breakages."""
    rows = []
    for number, broken in BREAKAGES.items():
        command = f"`officeops {' '.join(broken.command)}`"
        where = f"{command}, screen" if number in ON_SCREEN else command
        rows.append([str(number), plain(broken.what), where, str(broken.ends), plain(broken.found)])
    return f"{_HEAD}\n{table(['', 'the plugin has', 'met by', 'exit code', 'the office'], rows)}"
