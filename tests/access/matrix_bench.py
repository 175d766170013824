"""The office in which the access matrix runs every command, copied for each of them."""

from __future__ import annotations

import shlex
import shutil
import sqlite3
from typing import TYPE_CHECKING

from tests.access.access_tools import login
from tests.access.matrix_commands import KEY

from officeops.access.actions import admit
from officeops.access.role_actions import make_role
from officeops.cli import run as run_line
from officeops.cli.context import Run
from officeops.testing import Ran, _streams, _text

if TYPE_CHECKING:
    from pathlib import Path

ROLES = ("owner", "manager", "clerk", "read-only", "nobody")


class Bench:
    """An office that is copied for each command, and the command lines that are run on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.base = Run(str(folder / "base.db"))
        self.copies = 0

    def begin(self, beginning: str) -> None:
        """Run the lines of all that is done before anything is asked."""
        for words in filter(None, beginning.splitlines()):
            self.must("base.db", words)
        self.base.close()

    def admit(self) -> None:
        """Give logins to the roles of the table, and let a plugin hold a lot."""
        office = self.base.office()
        make_role(office, "nobody", [])
        make_role(office, "own-one", ["core.who.view"])
        # The table is of what a role may do, whoever's rows it is done to.
        scopes = {kind.meta.key: kind.meta.scope for kind in office.records.values()}
        # Of a lock nobody reaches all rows; its team is those that are open.
        further = [
            f"{key}.view-{'team' if scoped.scope.lock else 'all'}"
            for key, scoped in scopes.items()
            if scoped
        ]
        make_role(office, "all-rows", further)
        for role in ROLES:
            admit(office, login(role), [role, "all-rows"])
        admit(office, "spare", ["clerk"], [KEY.format("A")])
        # Plugins hold lots, and no command does.
        hold = office.records["inventory.lot-hold"]
        with office.acting("test.hold"):
            office.add(
                hold(lot_id=2, location_id=1, reason="warm", for_key="core.location", for_id=1)
            )
        keys = [each.due.key for each in office.due_items(snoozed=True)]
        self.due = keys[0]
        self.base.close()

    def run(self, file: str, words: str, user: str = "", typed: str = "") -> Ran:
        """Run a command line as a user, or as the file's owner."""
        one = Run(str(self.folder / file))
        one.user = user
        if self.base._plugins is not None:
            one.share(self.base)
        said = [
            each.replace("{due}", self.due).replace("{snoozed}", self.due)
            for each in shlex.split(words)
        ]
        with _streams(typed.encode()) as (out, err):
            code = run_line(said, one)
        one.close()
        return Ran(code, _text(out), _text(err))

    due = ""

    def must(self, file: str, words: str) -> None:
        """Run a command line that makes ready for others."""
        ran = self.run(file, words)
        assert ran.code in {0, 3}, f"{words}: {ran.err}"

    def copy(self, of: str = "base.db") -> str:
        """Copy an office with its key, and return the file's name."""
        self.copies += 1
        made = f"copy-{self.copies}.db"
        assert not (
            self.folder / f"{of}-wal"
        ).exists()  # nobody has it open, so the file is all there is
        for ending in ("", ".key", ".seal"):
            shutil.copy(self.folder / f"{of}{ending}", self.folder / f"{made}{ending}")
        return made

    def same(self, one: str, other: str) -> bool:
        """Whether two files hold the same, byte by byte or at least row by row."""
        return (self.folder / one).read_bytes() == (self.folder / other).read_bytes() or self.dump(
            one
        ) == self.dump(other)

    def dump(self, file: str) -> list[str]:
        """Return all that is in a file."""
        db = sqlite3.connect(self.folder / file)
        try:
            return list(db.iterdump())
        finally:
            db.close()
