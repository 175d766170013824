"""The office under attack, and what must be true of it afterwards."""

from __future__ import annotations

import sqlite3
from collections import Counter
from typing import TYPE_CHECKING, Any

from officeops.core.records import Location
from officeops.history.verify import verify
from officeops.model.immutable import Value
from officeops.office.office import open_office
from officeops_inventory import invariants
from officeops_inventory.model import Item
from officeops_inventory.stock import ledger

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from officeops.office.office import Office

#: Base units of each item there are in the beginning; more than any attack uses.
STOCK = 1_000_000


class Acknowledged(Value):
    """One save that was acknowledged: under which request, what it did to which item, and by how much or to what."""

    request: str
    verb: str
    item: int
    value: int


class Verdict(Value):
    """What was found: acknowledged saves, those of them that are not there, and everything else that is not in order."""

    acknowledged: int
    lost: list[str]
    wrong: list[str]

    @property
    def good(self) -> bool:
        """Whether nothing was lost and nothing is wrong."""
        return not self.lost and not self.wrong


def opened(file: Path, actor: str = "tester", *, create: bool = False) -> Office:
    """Open the office with its inventory alone."""
    return open_office(file, create=create, actor=actor, only=["inventory"])


def make(file: Path, items: int = 50) -> None:
    """Start an office with stock."""
    with opened(file, create=True) as office, office.acting("test.start"):
        place = office.add(Location(name="Main"))
        for number in range(items):
            item = office.add(Item(sku=f"S-{number}", name=f"Supply {number}"))
            ledger.move(office, item.id, "receive", STOCK, place.id)


def read_acks(files: Iterable[Path]) -> list[Acknowledged]:
    """Read what writers were told was saved. A line that a kill cut short was not told to anyone."""
    found = []
    for file in files:
        for line in file.read_text().splitlines(keepends=True) if file.exists() else ():
            if line.endswith("\n"):
                request, verb, item, value = line.split()
                found.append(Acknowledged(request, verb, int(item), int(value)))
    return found


def judge(file: Path, acks: Iterable[Acknowledged]) -> Verdict:
    """Compare the office with what its writers were told, in every way there is."""
    told = list(acks)
    wrong = _sqlite(file)
    if wrong:
        return Verdict(len(told), [], wrong)
    with opened(file) as office:
        there = dict(office.rows("SELECT request, id FROM core_action WHERE request IS NOT NULL"))
        lost = [ack.request for ack in told if ack.request not in there]
        wrong += [str(problem) for problem in invariants.problems(office)]
        wrong += [str(finding) for finding in verify(office)]
        wrong += [*_twice(told), *_edits(office, told, there), *_deltas(office)]
    return Verdict(len(told), lost, wrong)


def _sqlite(file: Path) -> list[str]:
    db = sqlite3.connect(file)
    try:
        found = [str(row[0]) for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
        return found + [f"dangling: {row}" for row in db.execute("PRAGMA foreign_key_check")]
    except sqlite3.DatabaseError as error:
        return [f"SQLite: {error}"]
    finally:
        db.close()


def _twice(told: Iterable[Acknowledged]) -> list[str]:
    return [
        f"{request} was acknowledged {n} times"
        for request, n in Counter(a.request for a in told).items()
        if n > 1
    ]


def _edits(office: Office, told: Iterable[Acknowledged], there: dict[str, int]) -> list[str]:
    """Every edit that was acknowledged stands in the history; every version is one more than the edits of its record."""
    changes: dict[int, list[tuple[int, int]]] = {}
    sql = (
        "SELECT record_id, action_id, json_extract(CAST(after AS TEXT), '$.reorder_point') FROM core_change "
        "WHERE record = 'inventory_item' AND before IS NOT NULL ORDER BY id"
    )
    for item, action, value in office.rows(sql):
        changes.setdefault(item, []).append((action, value))
    wrong = []
    for item, version, value in office.rows(
        "SELECT id, version, reorder_point FROM inventory_item"
    ):
        mine = changes.get(item, [])
        if version != 1 + len(mine) or (mine and mine[-1][1] != value):
            wrong.append(
                f"item {item} has version {version} and {value} after {len(mine)} edits, the last {mine[-1:]}"
            )
    kept = {(item, action, value) for item, each in changes.items() for action, value in each}
    return wrong + [
        f"the edit {ack.request} is not in the history"
        for ack in told
        if ack.verb == "edit"
        and ack.request in there
        and (ack.item, there[ack.request], ack.value) not in kept
    ]


def _deltas(office: Office) -> list[str]:
    """What is on hand is what there was, less what every recorded use took."""
    uses: Counter[int] = Counter()
    sql = "SELECT json_extract(CAST(arguments AS TEXT), '$.of[0]'), json_extract(CAST(arguments AS TEXT), '$.quantity') FROM core_action WHERE verb = 'inventory.item.use'"
    for item, quantity in office.rows(sql):
        uses[int(item.partition(":")[2])] += quantity
    return [
        f"item {item}: {there} on hand, {STOCK - uses[item]} expected"
        for item, there in office.rows(
            "SELECT item_id, sum(quantity) FROM inventory_stock GROUP BY item_id"
        )
        if there != STOCK - uses[item]
    ]


def explain(verdict: Verdict, **more: Any) -> str:  # noqa: ANN401 - whatever helps to replay it
    """Return a verdict as a line for whoever reads a failed test."""
    return f"{verdict.acknowledged} acknowledged, lost {verdict.lost[:5]}, wrong {verdict.wrong[:5]}, {more}"
