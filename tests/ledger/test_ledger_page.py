"""The author's page on ledgers: its plugin runs, and its arguments are the arguments."""

from __future__ import annotations

import inspect
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from officeops import Ledger
from officeops.model.exit_codes import DONE, REFUSED
from officeops.testing import check_plugin, write_plugin

if TYPE_CHECKING:
    from officeops.testing import Cli

PAGE = (Path(__file__).parents[2] / "docs/how-to/keep-a-ledger.md").read_text()


def test_the_plugin_of_the_page_does_what_it_says(cli: Cli, officeops_home: Path) -> None:
    found = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert found
    file = write_plugin(officeops_home, "hours", found[1])
    lines = re.findall(r"^    officeops (.*)$", PAGE, re.MULTILINE)
    ran = [cli(*shlex.split(line)) for line in lines]
    assert [one.code for one in ran] == [DONE] * (len(lines) - 1) + [REFUSED], ran
    assert "32 hours" in ran[-3].err
    assert "40" in cli("employee", "take", "J. Ortiz", "--hours", "41", "--json").err
    assert cli("undo").code == DONE
    check_plugin(str(file))


def test_every_argument_and_method_of_a_ledger_is_on_the_page() -> None:
    for name in inspect.signature(Ledger.__init__).parameters.keys() - {"self"}:
        assert f"`{name}" in PAGE, name
    for name in ("post", "take", "transfer", "reverse", "balance", "portions"):
        assert f"`{name}(" in PAGE, name
