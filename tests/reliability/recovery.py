"""Recovery under attack: kills inside restore, backup, upgrade and rotation, and files that are damaged at random."""

from __future__ import annotations

import lzma
import os
import random
import shutil
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from officeops.cli import run
from officeops.history.verify import verify
from officeops.model.immutable import Value
from officeops.office.office import open_office
from officeops.sealing.key_rotation import PIECE
from officeops.testing import Cli

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

#: The offices of released versions.
KEPT: Final = Path(__file__).parents[1] / "kept"
#: A page of SQLite.
DISK_PAGE: Final = 4096
#: People with a sealed number: more than are sealed again at once when the seal's key changes.
SEALED: Final = PIECE + 20
#: The words by which every message that meets damage names a way out.
WAYS_OUT: Final = ("officeops backup restore", "officeops selfcheck", "officeops init")


class Practice(Value):
    """An office with a backup and a later item, to be copied for each attack."""

    folder: Path

    @property
    def path(self) -> Path:
        """Its file."""
        return self.folder / "office.db"

    def copied(self, to: Path) -> Practice:
        """Copy all of it into a folder of that name, which is emptied first."""
        shutil.rmtree(to, ignore_errors=True)
        shutil.copytree(self.folder, to)
        return Practice(to)

    def line(self, *words: str) -> tuple[int, str]:
        """Run a command line on it; return its exit code, and all that it said."""
        ran = Cli(Path(__file__))("--db", str(self.path), *words)
        return ran.code, ran.out + ran.err

    def items(self) -> list[str]:
        """Return the items on its shelves."""
        with closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)) as db:
            return [sku for (sku,) in db.execute("SELECT sku FROM inventory_item ORDER BY id")]

    def wrong(self) -> list[str]:
        """Return what is wrong with its history or its pages."""
        with open_office(self.path) as office:
            return [str(finding) for finding in verify(office)]


def practice(folder: Path) -> Practice:
    """Make the office: BEFORE is in its backup, AFTER is not."""
    folder.mkdir(parents=True)
    new = Practice(folder)
    assert new.line("init", "--name", "Maple Street")[0] == 0
    for number in range(12):
        assert new.line("item", "add", "--sku", f"BEFORE-{number}", "--name", "Gloves")[0] == 0
    people = new.folder / "people.csv"
    rows = (f"Ann {number},212-55-{1000 + number}\n" for number in range(SEALED))
    people.write_text("name,ssn\n" + "".join(rows))
    assert new.line("person", "import", str(people))[0] == 0
    people.unlink()
    assert new.line("backup")[0] == 0
    assert new.line("item", "add", "--sku", "AFTER", "--name", "Gowns")[0] == 0
    return new


def killed(
    place: Practice,
    words: Sequence[str],
    delay: float,
) -> bool:
    """Run a line in a process of its own and kill it after `delay` seconds; return whether it was."""
    child = os.fork()
    if not child:
        # Nothing of the parent's may run or be flushed here.
        null = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(null, stream)
        os._exit(run(["--db", str(place.path), *words]))
    deadline = time.monotonic() + delay
    while time.monotonic() < deadline:
        if os.waitpid(child, os.WNOHANG)[0]:
            return False
        time.sleep(0.0005)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Damage a file as disks, copies and people do."""
    way = chance.randrange(6)
    pages = len(content) // DISK_PAGE
    if way == 0:
        return content[: chance.randrange(len(content))]
    if way == 1:
        return chance.randbytes(100) + content[100:]
    changed = bytearray(content)
    if way == 2:
        for _ in range(chance.randrange(1, 9)):
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    elif way == 3:
        start = chance.randrange(1, pages) * DISK_PAGE
        changed[start : start + DISK_PAGE] = bytes(DISK_PAGE)
    elif way == 4:
        for _ in range(chance.randrange(1, 5)):
            start = chance.randrange(len(changed) - 300)
            changed[start : start + 300] = chance.randbytes(300)
    else:
        # Pages that changed places, as after a repair of the file system.
        one, other = (chance.randrange(1, pages) * DISK_PAGE for _ in range(2))
        page = changed[one : one + DISK_PAGE]
        changed[one : one + DISK_PAGE] = changed[other : other + DISK_PAGE]
        changed[other : other + DISK_PAGE] = page
    return bytes(changed)


def try_damage(whole: Practice, to: Path, seed: int) -> tuple[bool, list[str]]:
    """Damage a copy, use it, and bring it back; return whether it was restored, and what went wrong."""
    place = whole.copied(to)
    chance = random.Random(seed)
    content = damaged(place.path.read_bytes(), chance)
    place.path.write_bytes(content)
    wrong = []
    sound = _integrity(place.path)
    for words in (
        ["item", "list"],
        ["history", "verify"],
        ["selfcheck"],
        ["item", "add", "--sku", "NEW", "--name", "New"],
        ["backup"],
    ):
        code, said = place.line(*words)
        line = f"seed {seed}: {' '.join(words[:2])}: {said[:300]}"
        if (
            "fault in officeops" in said
            or "Traceback" in said
            or (code and not any(way in said for way in WAYS_OUT))
            or (words[0] == "history" and not code and not sound)
        ):
            wrong.append(line)
    code, said = place.line("backup", "restore")
    restored = "is restored from" in said
    if "restored" not in said or "BEFORE-0" not in place.items():
        wrong.append(f"seed {seed}: restore: {said[:300]}")
    if restored and not code and place.wrong():
        wrong.append(f"seed {seed}: {place.wrong()[:2]}")
    return restored, wrong


def _integrity(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
            return bool(db.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok")
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return False


class Kill(Value):
    """One operation to kill: how an office is prepared for it, its line, and how to judge what is left."""

    prepared: Callable[[Practice], Sequence[str]]
    wrong: Callable[[Practice, Practice], list[str]]


class Attempt(Value):
    """What came of one kill: whether it hit the running line, how long that ran, and what is wrong."""

    was_killed: bool
    seconds: float
    wrong: list[str]


def attempt(
    kill: Kill,
    whole: Practice,
    to: Path,
    delay: float = 60.0,
) -> Attempt:
    """Run the line on a copy of a whole office, kill it after `delay` seconds, and judge the copy."""
    place = whole.copied(to)
    words = kill.prepared(place)
    begun = time.monotonic()
    was_killed = killed(place, words, delay)
    seconds = time.monotonic() - begun
    return Attempt(was_killed, seconds, kill.wrong(whole, place))


def _live_restored(whole: Practice, place: Practice) -> list[str]:
    """The office is as before, or as in the backup with its restore recorded."""
    before, after = whole.items(), place.items()
    if after not in (before, before[:-1]):
        return [f"items are {after}"]
    return place.wrong()


def _ruined_head(content: bytes) -> bytes:
    return b"\xff" * 100 + content[100:]


def _damaged_place(place: Practice) -> Sequence[str]:
    place.path.write_bytes(_ruined_head(place.path.read_bytes()))
    return ["backup", "restore"]


def _restored_in_place(whole: Practice, place: Practice) -> list[str]:
    """Called again, the office is there, and all that was there is aside, once."""
    damage = _ruined_head(whole.path.read_bytes())
    # Where it was done already, this is a restore beside a sound office.
    code, said = place.line("backup", "restore")
    aside = [file for file in place.folder.glob("*.aside-*.db") if file.read_bytes() == damage]
    if code or len(aside) != 1:
        return [f"{code}: {said[:200]}; {len(aside)} aside"]
    return place.wrong() or ([] if "AFTER" not in place.items() else ["AFTER is there"])


def _backed_up(_: Practice, place: Practice) -> list[str]:
    """The office is as before, and the latest backup, old or new, is whole."""
    code, said = place.line("backup", "verify")
    if code:
        return [said[:200]]
    code, said = place.line("backup")
    left = [*place.folder.rglob("*.part"), *place.folder.rglob("*-journal")]
    return place.wrong() or ([said[:200]] if code else []) or list(map(str, left))


def _old_office(place: Practice) -> Sequence[str]:
    old = KEPT / "office-0.1.0.db"
    place.path.write_bytes(lzma.decompress(Path(f"{old}.xz").read_bytes()))
    shutil.copy(f"{old}.key", f"{place.path}.key")
    return ["item", "list"]


def _rotated(_: Practice, place: Practice) -> list[str]:
    """Every sealed value opens, with the old key or the new one."""
    code, said = place.line("selfcheck")
    bad = [line for line in said.splitlines() if line.startswith("problem") and "seal" in line]
    return bad or ([said[:200]] if code > 1 else []) or place.wrong()


def _first(place: Practice) -> str:
    return str(min((place.folder / "backups").glob("office-*.db")))


#: Each operation that is killed.
KILLS: Final[dict[str, Kill]] = {
    "live restore": Kill(
        lambda place: ["backup", "restore", _first(place), "--live", "--yes"],
        _live_restored,
    ),
    "restore into place": Kill(_damaged_place, _restored_in_place),
    "backup": Kill(lambda _: ["backup"], _backed_up),
    "upgrade": Kill(_old_office, lambda _, place: place.wrong()),
    "rotation": Kill(lambda _: ["seal", "rotate"], _rotated),
}
