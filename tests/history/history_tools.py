"""Shared by the tests of the history: an office that is copied, not made, and a hand that writes past it."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from officeops.model.text_folding import folded
from officeops.office.crud import archive_record, unarchive_record
from officeops.office.office import open_office
from officeops_vendors.model import Document, Vendor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office.office import Office

#: What people do, as data: hypothesis makes the sequences.
WORDS = st.text("abcxyz é'\"\\{}%", min_size=1, max_size=8).map(str.strip).filter(bool)
DEEDS = st.one_of(
    st.tuples(st.just("add"), WORDS),
    st.tuples(st.just("edit"), st.integers(0, 9), WORDS),
    st.tuples(st.just("archive"), st.integers(0, 9)),
    st.tuples(st.just("document"), st.integers(0, 9)),
    st.tuples(st.just("bulk"), st.integers(0, 5)),
    st.tuples(st.just("nothing")),
    st.tuples(st.just("fails"), WORDS),
)


def template(folder: Path) -> Path:
    """Make a new, empty office to copy."""
    with open_office(folder / "office.db", create=True, actor="tester", only=["vendors"]) as made:
        return Path(made.path)


def copy(source: Path, target: Path) -> Path:
    """Copy an office that nobody has open, with its key."""
    for ending in ("", ".key"):
        shutil.copyfile(f"{source}{ending}", f"{target}{ending}")
    return target


def opened(path: Path) -> Office:
    return open_office(path, actor="tester", only=["vendors"])


def do(office: Office, deed: tuple[Any, ...]) -> None:
    """Do one of DEEDS, each as an action of its own; what it needs and is not there is made."""
    what, *rest = deed
    vendors = [
        *office.some(Vendor, [row[0] for row in office.rows("SELECT id FROM vendors_vendor")])
    ]
    if not vendors and what in {"edit", "archive", "document"}:
        what, rest = "add", ["first"]
    if what == "archive":
        vendor = vendors[rest[0] % len(vendors)]
        if not vendor.archived_at or _is_free(office, vendor.name):
            (unarchive_record if vendor.archived_at else archive_record)(office, vendor)
        return
    try:
        with office.acting(
            f"test.{what}",
            {"given": rest},
            request=f"request {office.value('SELECT max(id) FROM core_action')}",
        ) as outcome:
            outcome.append(what)
            _write(office, what, rest, vendors)
    except ZeroDivisionError:
        pass


def _is_free(office: Office, name: str) -> bool:
    """Whether no live vendor has a name: two may not be called the same."""
    return all(folded(vendor.name) != folded(name) for vendor in office.all(Vendor))


def _own_name(office: Office, name: str) -> str:
    return name if _is_free(office, name) else f"{name} {office.last_id(Vendor) + 1}"


def _write(office: Office, what: str, rest: list[Any], vendors: list[Vendor]) -> None:
    if what in {"add", "fails"}:
        office.add(Vendor(name=_own_name(office, rest[0])))
    if what == "fails":
        raise ZeroDivisionError
    if what == "edit":
        vendor = vendors[rest[0] % len(vendors)]
        same = folded(vendor.name) == folded(rest[1])
        office.edit(vendor, name=rest[1] if same else _own_name(office, rest[1]), website="555")
    # A new document is of a vendor that is not archived.
    live = [vendor for vendor in vendors if not vendor.archived_at]
    if what == "document" and live:
        office.add(Document(vendor_id=live[rest[0] % len(live)].id, kind="baa"))
    if what == "bulk":
        office.store.defer()
        first = office.last_id(Vendor) + 1
        office.add_many(Vendor, [{"name": f"Bulk {first + n}"} for n in range(rest[0])])
        office.write_deferred()


@contextmanager
def raw(path: Path, *, quiet: bool = True) -> Iterator[sqlite3.Connection]:
    """Open the file as an intruder would. `quiet` takes the triggers away meanwhile and puts them back, word for word."""
    db = sqlite3.connect(path, isolation_level=None)
    triggers = (
        db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        if quiet
        else []
    )
    for name, _ in triggers:
        db.execute(f"DROP TRIGGER {name}")
    yield db
    for _, sql in triggers:
        db.execute(sql)
    db.close()
