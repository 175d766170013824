"""The author's page on lifecycles: its plugin runs, and its arguments are the arguments."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from officeops import Transition
from officeops.model.exit_codes import DONE, REFUSED
from officeops.office.office import Office, open_office
from officeops.testing import check_plugin, write_plugin

if TYPE_CHECKING:
    from officeops.testing import Cli

PAGE = (Path(__file__).parents[2] / "docs/how-to/give-records-a-lifecycle.md").read_text()


def test_the_plugin_of_the_page_does_what_it_says(cli: Cli, officeops_home: Path) -> None:
    found = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert found
    file = write_plugin(officeops_home, "leave", found[1])
    lines = re.findall(r"^    officeops (.*)$", PAGE, re.MULTILINE)
    ran = [cli(*shlex.split(line)) for line in lines]
    assert [one.code for one in ran] == [DONE] * (len(lines) - 1) + [REFUSED], ran
    assert "asked by" in ran[-1].err
    with open_office(cli.path) as office:
        boss = Office(office.path, office.plugins, office.machine, actor="boss")
        actions = {action.verb: action for action in boss.actions(boss.record("time-off"))}
        request = boss.get(boss.record("time-off"), 1)
        assert "away" in boss.do(actions["approve"], request)
        assert [event.verb for event in boss.events(request)] == ["add", "submit", "approve"]
        boss.close()
    check_plugin(str(file))


def test_every_argument_of_a_transition_is_on_the_page() -> None:
    for name in Transition._names[4:]:
        assert f"`{name}" in PAGE, name
