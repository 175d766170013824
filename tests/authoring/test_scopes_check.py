"""What is wrong with a scope is found before the plugin is used, and `plugins show` lists whose rows there are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from officeops.authoring.check import problems

if TYPE_CHECKING:
    from officeops.authoring.checks import Finding
    from officeops.testing import Cli, OfficeFactory

#: The words of these kinds are another plugin's.
CREW = (
    (Path(__file__).parents[1] / "access" / "scope_plugin.py")
    .read_text()
    .replace('key="crew.person",', 'key="crew.person", noun="member",')
    .replace('key="crew.leave",', 'key="crew.leave", noun="absence",')
    .replace('key="crew.review",', 'key="crew.review", noun="appraisal",')
    .replace('key="crew.shift",', 'key="crew.shift", noun="duty",')
)


def found(folder: Path, *changes: tuple[str, str]) -> list[Finding]:
    """Return the problems of the plugin with some texts replaced."""
    text = CREW
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    file = folder / "crew.py"
    file.write_text(text)
    return problems(str(file))


@pytest.mark.usefixtures("officeops_home")
def test_the_plugin_of_the_tests_is_in_order(tmp_path: Path) -> None:
    assert [problem for problem in found(tmp_path) if "docstring" not in problem] == []


WRONG = {
    "a step that is no reference": (("leave_id.person_id", "day.person_id"), "day"),
    "a column that is none": (('PEOPLE.by("person_id", all="manage"),\n):\n    """A time', 'PEOPLE.by("who", all="manage"),\n):\n    """A time'), "who"),
    "a guarded key": (('PEOPLE.by("id", all="manage")', 'PEOPLE.by("pay", all="manage")'), "guarded"),
    "a level that is none": (('PEOPLE.by("id", all="manage")', 'PEOPLE.by("id", all="boss")'), "boss"),
    "all below team": (('PEOPLE.by("id", all="manage")', 'PEOPLE.by("id", all="read")'), "below"),
    "SQL that is none": (("SELECT id FROM crew_person WHERE user_id = ?", "SELECT id FROM crew_people WHERE user_id = ?"), "crew_people"),
    "SQL without a place for the user": (("WHERE user_id = ?", "WHERE user_id = 1"), "one `?`"),
    "SQL with two columns": (("SELECT id FROM crew_person WHERE user_id", "SELECT id, name FROM crew_person WHERE user_id"), "2 columns"),
    "a computed field of rows that may be out of reach": (
        ('    person_id: int | None = ref("crew.person", default=None, list_rank=2)\n', '    person_id: int | None = ref("crew.person", default=None, list_rank=2)\n    computed = (computed("off", "(SELECT count(*) FROM crew_leave l WHERE l.day = t.day)", kind="number"),)\n'),
        "crew.leave",
    ),
    "a computed field of rows of other levels": (
        ("crew_leave_day d WHERE d.leave_id = t.id", "crew_review d WHERE d.person_id = t.person_id"), "crew.review",
    ),
}  # fmt: skip


@pytest.mark.usefixtures("officeops_home")
@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_with_a_scope_is_named(tmp_path: Path, what: str) -> None:
    change, word = WRONG[what]
    assert any(word in problem for problem in found(tmp_path, change))


def test_plugins_show_lists_scopes_and_actions_that_write_beyond(
    office_factory: OfficeFactory, cli: Cli
) -> None:
    office_factory(files={"crew": CREW})
    ran = cli("plugins", "show", "crew", "--json")
    rows = {row["name"]: (row["what"], row["team"], row["all"]) for row in ran.json}
    assert rows["crew.leave"] == ("record", "lead", "manage")
    assert rows["crew.review"] == ("record", "lead", "sensitive")
    assert rows["crew.note"] == ("record", None, None)
    assert rows["crew.leave.swap"] == ("action", None, None)
    assert "crew.leave.grant" not in rows
    assert "crew.shift" not in rows
    assert cli("plugins", "show", "nobody").code == 1
