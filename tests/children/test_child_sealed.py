"""A sealed value of a child is shown nowhere, on no road, and a file that comes again adds none twice."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.children.children_tools import BOOKS

from officeops.tui.testing import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.testing import Cli, OfficeFactory

SEALED = BOOKS.replace(
    "number: str = field(search=True)\n    note: str | None = field(default=None)",
    "number: str = field(search=True)\n    note: str | None = field(default=None, sealed=True)",
)
ON = {"OFFICEOPS_PLUGINS": "books"}


def test_it_is_typed_kept_and_never_shown(
    write: Callable[..., Path], office_factory: OfficeFactory, cli: Cli
) -> None:
    write("books", SEALED)
    office = office_factory("books")
    ran = cli("person", "add", "--name", "Ann", "--phone", "1; note=-", env=ON, typed="zygomorph\n")
    assert ran.code == 0, ran.err
    typed = 'name,phone\nAnn,"2; note=quincunx"\n'
    for _ in range(2):
        assert cli("person", "import", "-", "--update", env=ON, typed=typed).code == 0
    with Terminal(office) as terminal:
        terminal.press(":").type("person Ann").press("enter", "e", "tab", "tab", "n", "tab")
        terminal.type("3").press("tab").type("xylotomy").press("ctrl+s")
        assert terminal.line("+ work  3  ••••")
        terminal.press("ctrl+s")
    shown = cli("person", "show", "Ann", "--json", env=ON).json["phones"]
    assert [(row["number"], row["note"]) for row in shown] == [
        ("1", "••••"),
        ("2", "••••"),
        ("3", "••••"),
    ]
    said = cli("person", "export", "-", env=ON).out + cli("history", "--json", env=ON).out
    kept = Path(office.path).read_bytes()
    for secret in ("zygomorph", "quincunx", "xylotomy"):
        assert secret not in said
        assert secret.encode() not in kept
