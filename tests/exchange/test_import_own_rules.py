"""A rule that compares a record with others never finds the record itself, nor says a column's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.exchange.import_tools import bring, counts

from officeops.model.exit_codes import DONE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.testing import Cli

#: Its `check` compares each field with all other rows; its guard refuses by a reference's column.
CODE = """
from officeops.exchange import Importer

class Badge(Record, key="log.badge", noun="log-badge", display="number"):
    "A badge."
    number: str = field(unique=True)

class Visit(Record, key="log.visit", noun="log-visit", display="name"):
    "A visit."
    name: str = field()
    host: str = field()
    badge_id: int | None = ref("log.badge", default=None)
    importer = "log:VisitImport"

    def check(self, office):
        for column in ("name", "host", "badge_id"):
            where = f"{column} = ? AND id <> ?"
            for other in office.all(Visit, where, getattr(self, column), self.id):
                yield Problem(f"is that of {other.name}", column)

class VisitImport(Importer):
    keys = (("name",),)

@hookimpl
def records(): return [Badge, Visit]

@hookimpl
def validate(office, change):
    if change.record == "log.visit" and change.after.get("host") == "Nobody":
        yield Problem("is worn", "badge_id")

@action("log.fill")
def fill(office: Office) -> str:
    "Add many."
    office.add_many(Visit, [{"name": "Many", "host": "Nobody"}])
    return ""

@action("log.visit.give")
def give(office: Office, visit: Visit, badge_id: int = ref("log.badge")) -> str:
    "Give another badge."
    office.edit(visit, badge_id=badge_id)
    return ""

@action("log.sweep")
def sweep(office: Office) -> str:
    "Write by SQL."
    office.rows("UPDATE log_visit SET host = 'Nobody', version = version + 1 WHERE name = 'Bo'")
    return ""

@hookimpl
def actions(): return [fill, give, sweep]

@hookimpl
def migrations():
    from importlib import import_module
    missing_sql = import_module("officeops.store.missing_migrations").missing_sql
    return [Migration("0001", missing_sql([kind.meta for kind in records()], {}))]
"""
ROWS = "name,host,badge\nAnn,Wu,B-1\nBo,Chen,B-2\n"


@pytest.fixture
def visits(cli: Cli, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """An office with two visits, each with a badge."""
    write("log", CODE)
    monkeypatch.setenv("OFFICEOPS_PLUGINS", "log")
    for number in ("B-1", "B-2"):
        assert cli("log-badge", "add", "--number", number).code == DONE
    assert counts(bring(cli, "log-visit", ROWS)) == (2, 0, 0)
    return cli


def test_an_export_comes_in_again_whatever_a_rule_compares(visits: Cli) -> None:
    again = bring(visits, "log-visit", visits("log-visit", "export", "-").out)
    assert (counts(again), again["bad"], again["differing"]) == ((0, 0, 2), [], [])


def test_a_changed_row_is_asked_with_its_own_id_and_a_new_one_with_none(visits: Cli) -> None:
    text = ROWS.replace("Chen", "Li")
    assert counts(bring(visits, "log-visit", text, "--update")) == (0, 1, 1)
    # Its own badge is no objection, another's is.
    taken = bring(visits, "log-visit", "name,host,badge\nBo,Li,B-1\nCy,Fox,B-2\n", "--update")
    why = [(row["line"], row["column"], row["reason"]) for row in taken["bad"]]
    assert why == [(2, "badge", "is that of Ann"), (3, "badge", "is that of Bo")]


#: Roads to a problem of the reference, each with the file that it reads.
ROADS = [
    ("log-visit add --name Cy --host Nobody", ""),
    ("log-visit add --name Cy --host Fox --badge B-1", ""),
    ("log-visit edit Bo --host Nobody", ""),
    ("log-visit import -", "name,host\nCy,Nobody\n"),
    ("log-visit import - --update", "name,host\nBo,Nobody\n"),
    ("log-visit give Bo --badge B-1", ""),
    ("fill", ""),
]


def test_a_problem_of_a_reference_says_the_word_that_people_have_for_it(visits: Cli) -> None:
    for words, typed in ROADS:
        for ending in ([], ["--json"]):
            ran = visits(*words.split(), *ending, typed=typed)
            said = ran.out + ran.err
            assert ran.code != DONE, words
            assert "badge" in said.lower(), words
            assert "badge_id" not in said, words
    # SQL is held to the rules of the fields alone, as the page on plugins says.
    assert visits("sweep").code == DONE
