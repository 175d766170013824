"""The author's page on tasks: its lines and its plugin run, and its arguments are the arguments."""

from __future__ import annotations

import inspect
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from officeops import Schedule
from officeops.core.task_record import LIFE
from officeops.model.exit_codes import DONE
from officeops.testing import check_plugin, write_plugin

if TYPE_CHECKING:
    from officeops.testing import Cli

PAGE = (Path(__file__).parents[2] / "docs/how-to/plan-tasks.md").read_text()


def test_the_plugin_of_the_page_does_as_the_page_says(cli: Cli, officeops_home: Path) -> None:
    found = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert found
    file = write_plugin(officeops_home, "upkeep", found[1])
    lines = re.findall(r"^    officeops (.*)$", PAGE, re.MULTILINE)
    ran = [cli(*shlex.split(line)) for line in lines]
    assert [one.code for one in ran] == [DONE] * len(lines), ran
    assert any("Spore test: Autoclave" in one.out for one in ran)
    failed = cli("answer", "list", "--where", "failed=yes", "--json").json
    assert [(row["text"], row["value"]) for row in failed] == [("Refrigerator", "47")]
    assert cli("undo").code == DONE
    assert not cli("answer", "list", "--json").json
    check_plugin(str(file))


def test_every_argument_and_state_is_on_the_page() -> None:
    for name in inspect.signature(Schedule.__init__).parameters.keys() - {"self"}:
        assert f"`{name}" in PAGE, name
    for state in LIFE.states:
        assert f"| {state} |" in PAGE, state
