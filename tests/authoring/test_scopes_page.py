"""The author's page on whose rows people reach: its plugin runs, and people see what it says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from officeops.authoring.check import problems
from officeops.model.errors import Forbidden, NotFound, Refused
from officeops.model.exit_codes import DONE
from officeops.office.crud import add_record, edit_record
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
            leave = person.record("absence")
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


def test_nobody_makes_the_rows_of_others_theirs(cli: Cli, officeops_home: Path) -> None:
    """The page's plugin without its permission: everybody who works may edit people, and so logins and leads."""
    found = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert found
    text = found[1].replace('"manage")]', '"work")]')
    file = write_plugin(officeops_home, "away", text)
    for line in re.findall(r"^    officeops (.*)$", PAGE, re.MULTILINE):
        assert cli(*shlex.split(line)).code == DONE, line
    named = problems(str(file))
    assert len(named) == 2
    assert all(word in " ".join(named) for word in ("user_id", "lead_id", "away.person.edit"))
    with open_office(cli.path) as office:
        users = dict(office.rows("SELECT login, id FROM core_user"))
        for name, changed in (("ben", {"user_id": users["ben"]}), ("ada", {"lead_id": 1})):
            person = Office(office.path, office.plugins, office.machine, user=name)
            kind = person.record("colleague")
            # Another person's record, one of the person's own making, and what decides nothing.
            other = add_record(office, kind, {"name": f"Not {name}"})
            with pytest.raises(Forbidden) as refused:
                edit_record(person, person.get(kind, other.id), changed)
            assert refused.value.problems[0].code == "beyond-reach"
            add_record(person, kind, {"name": f"New {name}", **changed})
            edit_record(person, person.get(kind, other.id), {"name": f"Other {name}"})
            person.close()


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
