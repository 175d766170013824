"""Twins: two files that differ only in rows out of a person's reach, and what each answers the person."""

from __future__ import annotations

import re
import shlex
import shutil
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.access.scope_tools import REACH, USERS, kind

from officeops.cli import run as run_line
from officeops.cli.context import Run
from officeops.core.attachment_record import Attachment
from officeops.core.note_record import Note
from officeops.core.records import DueNote
from officeops.core.tag_record import Tag
from officeops.store.triggers import guards_of
from officeops.testing import Ran, _streams, _text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from officeops.office.office import Office

#: Noun → what an add takes, an edit changes, and a file to import; a person's own row is made by them.
NOUNS = {
    "person": ("--name New", "--name Other", "name\nAda\nQqa\nNew\n"),
    "leave": ("--person {} --day 2027-01-01 --why sea", "--why lake", "person,day,why\nAda,2027-01-01,x\nQqa,2027-01-01,x\n"),
    "leave-day": ("--leave '#{}' --day 2027-01-01", "--day 2027-01-02", "leave,day\n#1,2027-01-01\n"),
    "review": ("--person {} --words good", "--words bad", "person,words\nAda,x\n"),
    "note": ("--about-key crew.leave --about-id {} --text hm", "--text oh", "about_key,about_id,text\ncrew.leave,1,x\n"),
    "shift": ("--day 2027-01-01 --person {}", "--day 2027-01-01", "day,person\n2027-01-01,Ada\n"),
    "desk": ("--name third --person {}", "--person Ben", "name,person\nthird,Ada\n"),
    "booking": ("--person {} --desk first --day 2027-01-01", "--desk second", "person,desk,day\nAda,first,2027-01-01\n"),
}  # fmt: skip
#: The tables of what hangs on records.
HUNG = ("core_attachment", "core_note", "core_tag")


def hidden(name: str) -> list[str]:
    return [other for other in USERS if other not in REACH[name]]


@contextmanager
def altered(office: Office, path: Path) -> Iterator[sqlite3.Connection]:
    """Yield a copy of an office's file, without the triggers of its records; they come back."""
    office.store.checkpoint()
    for ending in ("", ".key"):
        shutil.copy(f"{office.path}{ending}", f"{path}{ending}")
    db = sqlite3.connect(path, isolation_level=None)
    db.create_function("officeops_fold", 1, lambda text: text.decode().lower())
    kinds = [DueNote, Attachment, Note, Tag, *(kind(office, key) for key in NOUNS)]
    triggers = [trigger for one in kinds for trigger in guards_of(one.meta)]
    for trigger, _ in triggers:
        db.execute(f"DROP TRIGGER {trigger}")
    yield db
    for _, sql in triggers:
        db.execute(sql)
    db.close()


def twin(office: Office, path: Path, name: str) -> None:
    """Copy an office's file with other contents of the rows that a person does not reach."""
    with altered(office, path) as db:
        if name == "max":
            _other_reviews(db)
        else:
            _other_rows(db, name)


def _other_reviews(db: sqlite3.Connection) -> None:
    """Change what a manager does not reach: what is said of other people."""
    db.execute("UPDATE crew_review SET words = 'qq' || id, archived_at = '2026-11-01' WHERE id < 6")
    db.execute("UPDATE core_change SET after = replace(after, ' is good', ' is fine') WHERE record = 'crew_review' AND record_id < 6")  # fmt: skip
    db.execute("INSERT INTO crew_review_search (crew_review_search) VALUES ('rebuild')")


def _other_rows(db: sqlite3.Connection, name: str) -> None:
    """Change words, days, states and numbers of uses."""
    for other in hidden(name):
        # A word of the same length, as the demo's widths of columns go by what is shown.
        for old, new in ((other, f"qq{other[0]}"), (other.title(), f"Qq{other[0]}")):
            for table, column in (
                ("crew_person", "name"), ("crew_leave", "why"), ("crew_leave", "number"), ("crew_review", "words"),
                ("crew_note", "text"), ("core_action", "arguments"), ("core_action", "outcome"),
                ("core_note", "text"), ("core_note", "owner"), ("core_tag", "word"), ("core_tag_same", "folded"),
                ("core_attachment", "name"),
            ):  # fmt: skip
                db.execute(f"UPDATE {table} SET {column} = replace({column}, ?, ?)", (old, new))
            db.execute(
                f"UPDATE core_change SET after = replace(after, ?, ?) WHERE record LIKE 'crew%' OR record IN {HUNG}",
                (old, new),
            )
    for table in ("crew_person", "crew_leave", "crew_review", "crew_note", *HUNG):
        db.execute(f"INSERT INTO {table}_search ({table}_search) VALUES ('rebuild')")
    for table, column in (("crew_person", "name"), ("crew_leave", "number")):
        db.execute(f"UPDATE {table}_same SET folded = (SELECT lower({column}) FROM {table} t WHERE t.id = {table}_same.id) WHERE identity = '{column}'")  # fmt: skip
    others = ", ".join(f"'{other}'" for other in hidden(name))
    later = "':2026-11-02', ':2026-12-03'"
    notes = f"(SELECT id FROM core_due_note WHERE person IN ({others}))"
    db.execute(f"UPDATE core_change SET after = replace(after, {later}) WHERE record = 'core_due_note' AND record_id IN {notes}")  # fmt: skip
    db.execute(f"UPDATE core_due_note SET due_key = replace(due_key, {later}) WHERE id IN {notes}")
    reached = ", ".join(f"'{one.title()}'" for one in REACH[name])
    theirs = f"person_id NOT IN (SELECT id FROM crew_person WHERE name IN ({reached}))"
    db.execute(
        f"UPDATE crew_leave SET day = '2026-10-0' || (1 + id % 2), state = 'granted', papers = NULL WHERE {theirs}"
    )
    db.execute(f"UPDATE crew_leave SET archived_at = '2026-11-01' WHERE {theirs} AND id % 2")
    db.execute(f"UPDATE crew_booking SET desk_id = 3 - desk_id WHERE {theirs}")


class Pair:
    """An office and its twin, and what one person is answered on each."""

    def __init__(self, folder: Path, office: Office, name: str) -> None:
        self.folder, self.name, self.office = folder, name, office
        self.files = [folder / f"{name}-a.db", folder / f"{name}-b.db"]
        with altered(office, self.files[0]):
            pass
        twin(office, self.files[1], name)

    def run(self, words: str, typed: str = "") -> list[Ran]:
        """Run a command line as the person on a copy of each file."""
        answers = []
        for number, file in enumerate(self.files):
            copy = self.folder / f"copy-{number}" / "office.db"
            shutil.rmtree(copy.parent, ignore_errors=True)
            copy.parent.mkdir()
            for ending in ("", ".key"):
                shutil.copy(f"{file}{ending}", f"{copy}{ending}")
            one = Run(str(copy))
            one.user = self.name
            with _streams(typed.encode()) as (out, err):
                code = run_line(shlex.split(words), one)
            one.close()
            told = (_text(out), _text(err))
            answers.append(Ran(code, *(_plain(text, str(copy.parent)) for text in told)))
        return answers

    def tells(self, words: str, typed: str = "") -> bool:
        """Whether a command line's answers tell the twins apart."""
        one, other = self.run(words, typed)
        assert "Traceback" not in one.err, words
        return (one.code, one.out, one.err) != (other.code, other.out, other.err)


def _plain(text: str, folder: str) -> str:
    """Return an answer without what differs from run to run: the folder, seconds, and room on the disk."""
    return re.sub(r"[\d.,]+ (s|GB|MB|hours)\b", "N", text.replace(folder, "DIR"))
