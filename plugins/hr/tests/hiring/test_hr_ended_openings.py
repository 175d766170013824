"""A filled or closed opening takes no candidates, and a candidate who was decided on no interviews, by no road."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plugins.hr.tests.hiring.conftest import Hiring

    from officeops.testing import Cli, Ran

_FILE = "name,opening\nBo Lund,JO-1\n"


def test_an_opening_that_was_filled_takes_nobody_until_it_is_posted_again(
    hiring: Hiring, cli: Cli
) -> None:
    declined = hiring.apply()
    assert cli("candidate", "withdraw", declined.human_key).code == 0
    assert cli("opening", "fill", "JO-1").code == 0
    for ran in roads(cli):
        assert ran.code == 1
        assert "the opening JO-1 Aide is filled" in ran.err
    again = cli("candidate", "reconsider", declined.human_key)
    assert "officeops opening post JO-1" in again.err
    assert cli("opening", "post", "JO-1").code == 0
    assert [ran.code for ran in roads(cli)] == [0, 0]


def roads(cli: Cli) -> list[Ran]:
    """Add a candidate by options, and another by a file."""
    added = cli("candidate", "add", "--name", "Ana Diaz", "--opening", "JO-1")
    return [added, cli("candidate", "import", "-", typed=_FILE)]


def test_a_candidate_who_was_turned_down_is_not_interviewed(hiring: Hiring, cli: Cli) -> None:
    candidate = hiring.apply()
    assert cli("candidate", "withdraw", candidate.human_key).code == 0
    asked = ("--candidate", candidate.human_key, "--at", "2026-03-04 10:00", "--kit", "Aides")
    assert "is withdrawn; name another" in cli("interview", "add", *asked).err


def test_nobody_is_taken_a_step_on_for_an_opening_that_ended(hiring: Hiring, cli: Cli) -> None:
    candidate = hiring.apply().human_key
    role = ("--title", "Clerk", "--role", "MA")
    assert cli("opening", "add", *role).code == 0
    assert cli("opening", "close", "JO-2", "--why-closed", "No money").code == 0
    assert "is closed" in cli("candidate", "edit", candidate, "--opening", "JO-2").err
    assert cli("opening", "fill", "JO-1").code == 0
    for step in ("screen", "interview"):
        assert "officeops opening post JO-1" in cli("candidate", step, candidate).err
