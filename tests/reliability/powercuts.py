"""Power cuts: what writers did to their files is recorded, and every disk that a cut could have left is made up from it.

Of the writes since a file's last sync each may be there, missing, or torn at a sector of 512 bytes, in any combination and order. What
was synced is there. A file that was unlinked may be there still, until its folder is synced. Every such disk must open, be whole, and have what was acknowledged
before the cut.
"""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from tests.reliability.practice import Acknowledged, Verdict, judge, opened
from tests.reliability.processes import told, worker
from tests.reliability.shims import preloading

from officeops.model.immutable import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

SECTOR = 512
#: Where the recorded office lies; a sync of it makes for good what was unlinked in it.
FOLDER = "live"
#: Locks and shared memory do not outlive a power cut; what writers were told stands in the record itself.
NOT_ON_DISK = (".gate", ".line", "-shm", ".acks")


class Operation(Value):
    """One thing done to a file: w(rite) at `offset`, s(ync), t(runcate) to `offset`, u(nlink), r(ename) to the name in `data`."""

    kind: str
    name: str
    offset: int
    data: bytes


class Disk:
    """One file as a power cut may leave it."""

    def __init__(self) -> None:
        self.synced: bytearray | None = None
        self.pending: list[Operation] = []
        self.ghost: bytearray | None = None

    def take(self, operation: Operation) -> None:
        """Let one operation happen."""
        if operation.kind == "s":
            self.synced, self.pending, self.ghost = self._after(self.pending), [], None
        elif operation.kind == "u":
            self.ghost = self._after(self.pending)
            self.synced, self.pending = None, []
        else:
            self.pending.append(operation)

    def cut(self, draw: random.Random) -> bytearray | None:
        """Return the contents after a power cut; None where there is no file."""
        if self.ghost is not None and draw.random() < 0.5:
            return self.ghost
        fate = draw.choice(["drop", "keep", "mix", "tear"])
        if fate == "drop":
            return None if self.synced is None else bytearray(self.synced)
        if fate == "keep":
            return self._after(self.pending)
        some = [each for each in self.pending if draw.random() < 0.5]
        return self._after(
            [part for each in some for part in (_torn(each, draw) if fate == "tear" else [each])]
        )

    def _after(self, operations: list[Operation]) -> bytearray | None:
        if self.synced is None and not operations:
            return None
        found = bytearray(self.synced or b"")
        for each in operations:
            if each.kind == "t":
                found = found[: each.offset].ljust(each.offset, b"\0")
            else:
                found += bytes(max(0, each.offset - len(found)))
                found[each.offset : each.offset + len(each.data)] = each.data
        return found


def _torn(operation: Operation, draw: random.Random) -> Iterator[Operation]:
    if operation.kind != "w":
        yield operation
        return
    for at in range(0, len(operation.data), SECTOR):
        if draw.random() < 0.5:
            yield Operation(
                "w", operation.name, operation.offset + at, operation.data[at : at + SECTOR]
            )


def record(folder: Path, seed: int, saves: int, sync: str) -> list[Operation]:
    """Start an office and write in it, in several processes one after the other; return what they did to its files."""
    live = folder / FOLDER
    live.mkdir()
    env = preloading("record", RECORD_PREFIX=live / "office.db", RECORD_LOG=folder / "record")
    told(worker("make", live / "office.db", env))
    for turn in range(3):
        options = {
            "seed": seed + turn,
            "acks": live / "office.db.acks",
            "saves": saves // 3,
            "seconds": 600,
            "sync": sync,
        }
        told(worker("write", live / "office.db", env, **options), timeout=600)
    return list(_read(folder / "record"))


def _read(file: Path) -> Iterator[Operation]:
    with file.open("rb") as log:
        while head := log.readline():
            kind, name, offset, length = head.decode().split()
            data = log.read(int(length)) if kind in "wr" else b""
            yield Operation(kind, Path(name).name, int(offset), data)


class Cuts(Value):
    """How many cuts were made up, and the verdicts on those that were not survived, each with what replays it."""

    cuts: int
    acknowledged: int
    bad: list[str]


def power_cuts(folder: Path, seed: int, *, saves: int, cuts: int, sync: str = "FULL") -> Cuts:
    """Record writers, cut the power at random moments of the record, and judge every disk."""
    operations, draw, bad = record(folder, seed, saves, sync), random.Random(seed), list[str]()
    moments = sorted(draw.randint(1, len(operations)) for _ in range(cuts))
    disks: dict[str, Disk] = {}
    acks, done = bytearray(), 0
    for moment in moments:
        for each in operations[done:moment]:
            _happen(disks, acks, each)
        done = moment
        verdict = _judge(folder / "cut", disks, acks, draw)
        if not verdict.good:
            bad.append(
                f"seed {seed}, saves {saves}, cut before operation {moment}: lost {verdict.lost[:3]}, wrong {verdict.wrong[:3]}"
            )
    return Cuts(cuts, len(acks.splitlines()), bad)


def _happen(disks: dict[str, Disk], acks: bytearray, operation: Operation) -> None:
    if operation.name.endswith(".acks"):
        acks += operation.data
    elif operation.name == FOLDER:
        for disk in disks.values():
            disk.ghost = None
    elif operation.kind == "r":
        disks[Path(operation.data.decode()).name] = disks.pop(operation.name, Disk())
    elif not operation.name.endswith(NOT_ON_DISK):
        disks.setdefault(operation.name, Disk()).take(operation)


def _judge(folder: Path, disks: dict[str, Disk], acks: bytearray, draw: random.Random) -> Verdict:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, disk in disks.items():
        contents = disk.cut(draw)
        if contents is not None:
            (folder / name).write_bytes(contents)
    told_so_far = [line.split() for line in acks.decode().splitlines()]
    try:
        opened(folder / "office.db", create=True).close()
        return judge(
            folder / "office.db", [Acknowledged(r, v, int(i), int(n)) for r, v, i, n in told_so_far]
        )
    except Exception as error:  # noqa: BLE001 - whatever keeps the office from opening is what is looked for
        return Verdict(len(told_so_far), [], [f"does not open: {type(error).__name__}: {error}"])
