"""The author's page on whose rows people reach: its plugin runs, and people see what it says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from officeops.model.errors import NotFound, Refused
from officeops.model.exit_codes import DONE
from officeops.office.crud import add_record
from officeops.office.office import Office, open_office
from officeops.testing import check_plugin, write_plugin

if TYPE_CHECKING:
    from officeops.testing import Cli

PAGE = (Path(__file__).parents[2] / "docs/how-to/say-whose-rows.md").read_text()


def test_the_plugin_of_the_page_does_what_it_says(cli: Cli, officeops_home: Path) -> None:
    found = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert found
    file = write_plugin(officeops_home, "away", found[1])
    lines = re.findall(r"^    officeops (.*)$", PAGE, re.MULTILINE)
    ran = [cli(*shlex.split(line)) for line in lines]
    assert [one.code for one in ran] == [DONE] * len(lines), ran
    with open_office(cli.path) as office:
        seen = {}
        for name in ("ada", "ben"):
            person = Office(office.path, office.plugins, office.machine, user=name)
            leave = person.record("leave")
            seen[name] = (
                [row.id for row in person.all(leave)],
                person.value("SELECT count(*) FROM away_remark"),
            )
            if name == "ben":
                with pytest.raises(NotFound):
                    person.find(leave, "#1")
                values = {"person_id": 1, "day": office.today, "why": "Hers"}
                with pytest.raises(Refused, match="Ben Cho"):
                    add_record(person, leave, values)
                swap = next(action for action in person.actions(leave) if action.verb == "swap")
                person.do(swap, person.get(leave, 2), other=1)
            person.close()
        assert seen == {"ada": ([1, 2], 1), "ben": ([2], 0)}
        assert office.value("SELECT day FROM away_leave WHERE id = 1") == "2027-03-02"
    check_plugin(str(file))


def test_each_word_of_the_page_is_one_of_the_program() -> None:
    from officeops.access.roles import LEVELS

    for word in (
        *LEVELS,
        "view-team",
        "view-all",
        "in_team",
        "in_reach",
        "about_key",
        "plugins show",
    ):
        assert word in PAGE
