"""Offices open for one of their users, in each mode of the guard."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager, nullcontext, suppress
from typing import TYPE_CHECKING, Any

from tests.access.access_tools import login

from officeops.model.errors import OfficeError
from officeops.office.office import Office

if TYPE_CHECKING:
    from collections.abc import Iterator


def open_for(path: str, like: Office, role: str) -> Office:
    return Office(path, like.plugins, like.machine, user=login(role))


class _Back(Exception):
    pass


@contextmanager
def acting(office: Office) -> Iterator[None]:
    """Open an action of the person, as they may, and roll it back."""
    with suppress(_Back), office.acting("staff.person.call"):
        yield
        raise _Back


@contextmanager
def mode_of(office: Office, mode: str) -> Iterator[None]:
    with (
        nullcontext()
        if mode == "direct"
        else office.trusted()
        if mode == "trusted"
        else acting(office)
    ):
        yield


def answer(office: Office, sql: str) -> Any:  # noqa: ANN401 - rows, or the words of a refusal
    try:
        return office.store.db.execute(sql).fetchall()
    except (sqlite3.DatabaseError, OfficeError) as error:
        return f"{type(error).__name__}: {error}"


def dump_of(path: object) -> list[str]:
    """Return all that is in a file."""
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return list(db.iterdump())
    finally:
        db.close()
