"""An office with the plugin of people and phones, and its commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.children.children_tools import BOOKS
from tests.without_shipped import shipped, two_plugins

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory

__all__ = ["shipped", "two_plugins"]


@pytest.fixture
def books(write: Callable[..., Path], office_factory: OfficeFactory) -> Office:
    write("books", BOOKS)
    return office_factory("books")


@pytest.fixture
def person(books: Office, cli: Cli) -> Callable[..., Any]:
    """Run `officeops person …`, or `officeops undo`, and return what it did."""
    assert books

    def run(*words: str, code: int = 0, typed: str = "") -> Any:  # noqa: ANN401 - a command's end
        line = words if words[0] in {"undo", "redo", "history", "search"} else ("person", *words)
        ran = cli(*line, env={"OFFICEOPS_PLUGINS": "books"}, typed=typed)
        assert ran.code == code, ran.err + ran.out
        return ran

    return run


@pytest.fixture
def ann(person: Callable[..., Any]) -> Callable[..., Any]:
    """The commands, with a person who has two phones and an address."""
    phones = ("--phone", "work=555-0101", "--phone", "mobile=555-0102; note=ask for Dana")
    person("add", "--name", "Ann", *phones, "--address", "12 Elm Street")
    return person
