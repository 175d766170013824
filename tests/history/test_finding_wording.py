"""Findings have a code that stays; their sentences are made in one place, and acceptances of former words still hold."""

from __future__ import annotations

import string
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.history.history_tools import raw

from officeops.history.finding import CODES, Finding
from officeops.history.finding_text import _SENTENCES
from officeops.history.former_marks import current
from officeops.history.verify import verify
from officeops.history.verify_accepted import VERB
from officeops.office.crud import add_record
from officeops_vendors.model import Vendor

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli

pytestmark = pytest.mark.officeops("vendors", "inventory")

#: The words that officeops 0.2.0.dev0 stored, and what is made of them.
FORMER = {
    "is gone, and the history does not say why.": ("record-gone",),
    "is there, but the history does not know it.": ("record-unknown",),
    "was destroyed, but is there again.": ("record-destroyed-again",),
    "was destroyed, but its contents are in the history again.": ("record-contents-again",),
    "has the version 1,234, which its recorded saves cannot have made.": ("record-version", 1234),
    "has the version -5, which its recorded saves cannot have made.": ("record-version", -5),
    "was altered outside the history: change 7 adds what was there.": (
        "record-change-altered",
        "adds-existing",
        7,
    ),
    "was altered outside the history: change 1,007 changes what was not there.": (
        "record-change-altered",
        "changes-missing",
        1007,
    ),
    "was altered outside the history: change 7 found another name, website than the change before it had left.": (
        "record-change-altered",
        "finds-other",
        7,
        "name, website",
    ),
    "is not as recorded: name, website altered outside the history.": (
        "record-altered",
        "name, website",
    ),
    "is not as recorded: it has text that cannot be read, put there outside the history.": (
        "record-unreadable",
    ),
    "The history tells of vendors_vendor, but there is no such table.": ("table-gone",),
}


@pytest.mark.parametrize("words", FORMER)
def test_a_mark_of_former_words_is_read_as_the_one_of_today(words: str) -> None:
    assert current(["record", "vendors_vendor", 1, words]) == (
        "record",
        "vendors_vendor",
        1,
        *FORMER[words],
    )


@pytest.mark.parametrize(
    "mark", [["key", "abc", 1, 2, "", "ff"], ["record", "t", 1, "record-version", 5], []]
)
def test_a_mark_of_today_stays_as_it_is(mark: list[str | int]) -> None:
    assert current(mark) == tuple(mark)


#: What is done to the file, with the words by which it was accepted then.
DONE = {
    "a version": (
        "UPDATE vendors_vendor SET version = 9",
        [
            "record",
            "vendors_vendor",
            1,
            "has the version 9, which its recorded saves cannot have made.",
        ],
    ),
    "a change": (
        "UPDATE core_change SET before = json_set(before, '$.website', '7') WHERE id = {last}",
        [
            "record",
            "vendors_vendor",
            1,
            "was altered outside the history: change {last} found another website than the change before it had left.",
        ],
    ),
}


@pytest.mark.parametrize("name", DONE)
def test_an_acceptance_by_former_words_is_honored(office: Office, name: str) -> None:
    add_record(office, Vendor, {"name": "Acme", "website": "1"})
    with office.acting("test"):
        office.edit(office.get(Vendor, 1), website="2")
    last = office.value("SELECT max(id) FROM core_change")
    sql, former = DONE[name]
    with raw(Path(office.path)) as db:
        db.execute(sql.format(last=last))
    found = [finding for finding in verify(office) if finding.kind == "record"]
    assert found
    words = str(former[-1]).format(last=f"{last:,}")
    with office.acting(VERB, {"because": "known", "found": [[*former[:-1], words]]}):
        pass
    assert [finding for finding in verify(office) if finding.kind == "record"] == []


def test_every_code_has_its_sentence_and_every_sentence_its_kind() -> None:
    assert CODES.keys() == _SENTENCES.keys()
    kinds = {
        "action",
        "attachment",
        "change",
        "record",
        "trigger",
        "key",
        "anchor",
        "end",
        "file",
        "more",
    }
    assert {Finding(code).kind for code in _SENTENCES} == kinds
    facts = {
        name
        for text in _SENTENCES.values()
        if isinstance(text, str)
        for _, name, _, _ in string.Formatter().parse(text)
        if name
    }
    assert facts <= {
        "action", "actor", "at", "belongs", "change", "changes", "counted", "error", "given", "last", "layout", "link",
        "most", "path", "record", "record_id", "subject", "digest", "trigger", "verb", "version", "row", "part",
    }  # fmt: skip


def test_scripts_read_the_code_of_a_finding(cli: Cli, office: Office) -> None:
    add_record(office, Vendor, {"name": "Acme"})
    with raw(Path(office.path)) as db:
        db.execute("UPDATE vendors_vendor SET website = '555'")
    [finding] = cli("history", "verify", "--json").json
    assert (finding["code"], finding["facts"]) == (
        "record-altered",
        {"columns": ["website"], "was": {"website": None}, "is": {"website": "555"}},
    )
    codes = {row["code"] for row in cli("selfcheck", "--json").json}
    assert {"record-altered", "pages-damaged", "backup-missing"} <= codes
