"""The list of a job site comes in: it has the role where the office has the title of a posting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops_hr.hiring.opening import Opening

if TYPE_CHECKING:
    from pathlib import Path

    from plugins.hr.tests.hiring.conftest import Hiring

    from officeops.testing import Cli

FILE = "Candidate name,Job title,Email address\nRosa Vega,Receptionist,rosa@mail.example\n"


def _opening(hiring: Hiring, title: str, code: str) -> Opening:
    office = hiring.office
    role = office.value("SELECT id FROM hr_job_role WHERE code = ?", code)
    with office.acting("test.opening"):
        return office.add(Opening(title=title, role_id=role))


def test_a_posting_is_found_by_a_word_for_its_role_where_one_alone_is_open(
    hiring: Hiring, cli: Cli, tmp_path: Path
) -> None:
    first = _opening(hiring, "Front office, full time", "FD")
    file = tmp_path / "indeed.csv"
    file.write_text(FILE)
    ran = cli("candidate", "import", str(file))
    assert (ran.code, "1 added" in ran.err) == (0, True), ran.err
    assert cli("candidate", "list", "--json").json[0]["opening_id"] == first.id
    second = _opening(hiring, "Front office, evenings", "FD")
    ran = cli("candidate", "add", "--name", "Bo Lee", "--opening", "PSR")
    assert ran.code != 0
    for opening in (first, second):
        assert f"{opening.human_key} {opening.title}" in ran.err
    closing = ("opening", "close", first.human_key, "--why-closed", "No budget")
    assert cli(*closing).code == 0
    assert cli("candidate", "add", "--name", "Bo Lee", "--opening", "PSR").code == 0


def test_a_candidate_is_found_by_name_and_named(hiring: Hiring, cli: Cli) -> None:
    candidate = hiring.apply("Lena Fischer")
    [found] = cli("search", "fischer", "--json").json
    assert found["key"] == candidate.human_key
    assert found["name"].startswith("Lena Fischer of JO-1 ")


def test_a_search_for_a_whole_name_has_who_has_it_first(hiring: Hiring, cli: Cli) -> None:
    hiring.hire(hiring.offered(hiring.apply("Lena Fischer")))
    found = cli("search", "lena fischer", "--json").json
    assert {row["noun"] for row in found[:2]} == {"candidate", "person"}
    assert "task" in {row["noun"] for row in found[2:]}
