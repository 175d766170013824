"""Error codes: programs know what went wrong by a word, and never by the sentence."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from officeops import Problem, Refused
from officeops.backup.manifest import Damaged
from officeops.exchange.formats.unreadable import Unreadable
from officeops.exchange.formats.writing import Unwritable
from officeops.model.errors import OfficeError, TimeUp
from officeops.sealing.keyring import NoKey
from officeops.sealing.seal import Altered
from officeops.store.migration_boundary import Trespass
from officeops.store.migrations import MigrationFailed
from officeops.store.office_files import Replaced
from officeops.store.table_versions import Moved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from officeops.testing import Cli

#: Imported so that they are among the subclasses.
ELSEWHERE = (
    Unreadable,
    Unwritable,
    NoKey,
    Altered,
    Damaged,
    MigrationFailed,
    Replaced,
    Moved,
    TimeUp,
    Trespass,
)


def kinds(of: type[OfficeError] = OfficeError) -> Iterator[type[OfficeError]]:
    """Yield every kind of error that officeops itself raises."""
    for kind in of.__subclasses__():
        if kind.__module__.startswith("officeops."):
            yield kind
        yield from kinds(kind)


def test_every_kind_of_error_has_a_code_of_its_own() -> None:
    own = [kind for kind in kinds() if "code" in vars(kind)]
    codes = [kind.code for kind in own]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", code) for code in codes)
    assert {kind.__name__ for kind in kinds()} == {kind.__name__ for kind in own}


@pytest.mark.parametrize(
    ("line", "code", "exit_code"),
    [
        ("item show nothing --json", "not-found", 1),
        ("item list --json colour=red", "usage", 2),
        ("item list --json --nonsense", "usage", 2),
        ("nothing --json", "usage", 2),
    ],
)
def test_json_errors_carry_the_code(cli: Cli, line: str, code: str, exit_code: int) -> None:
    answer = cli(*line.split())
    assert (answer.code, answer.out) == (exit_code, "")
    error = json.loads(answer.err)["error"]
    assert error["code"] == code
    assert error["message"]


def test_a_refusal_tells_each_field_with_its_problem(
    cli: Cli, write: Callable[..., object]
) -> None:
    write(
        "keys",
        """
        @action("keys.lose")
        def lose(office: Office) -> str:
            \"\"\"Lose a key.\"\"\"
            raise Refused([Problem("is not in the cabinet", "number", code="missing")], "Key 7")


        @hookimpl
        def actions() -> list[Action]:
            return [lose]
        """,
    )
    answer = cli("lose", "--json", env={"OFFICEOPS_PLUGINS": "keys"})
    assert answer.code == 1, answer.err
    assert json.loads(answer.err)["error"] == {
        "code": "refused",
        "message": "Key 7: number: is not in the cabinet",
        "problems": [
            {
                "code": "missing",
                "field": "number",
                "message": "is not in the cabinet",
                "facts": {},
            }
        ],
    }
    assert (
        cli("lose", env={"OFFICEOPS_PLUGINS": "keys"}).err
        == "officeops: Key 7: number: is not in the cabinet\n"
    )


def test_facts_of_any_type_leave_the_error_whole(cli: Cli, write: Callable[..., object]) -> None:
    write(
        "keys",
        """
        from datetime import date
        from math import inf


        @action("keys.lose")
        def lose(office: Office) -> str:
            \"\"\"Lose a key.\"\"\"
            facts = {"day": date(2026, 3, 2), "days": [inf, 1], "who": None}
            raise Refused([Problem("is out", facts=facts), Problem("is lost", facts=7)])


        @hookimpl
        def actions() -> list[Action]:
            return [lose]
        """,
    )
    answer = cli("lose", "--json", env={"OFFICEOPS_PLUGINS": "keys"})
    problems = json.loads(answer.err)["error"]["problems"]
    assert [problem["facts"] for problem in problems] == [
        {"day": "2026-03-02", "days": ["inf", 1], "who": None},
        {},
    ]


def test_a_problem_without_a_code_has_none() -> None:
    assert Problem("is wrong") == Problem("is wrong", "", "")
    assert Refused("no").problems[0].code == ""
