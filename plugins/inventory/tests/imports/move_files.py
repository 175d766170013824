"""Files of moves for the tests of their import: how one is brought in, and how it comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from officeops.testing import Cli

GROWN = "item,kind,quantity,location,day\nG,receive,100,Main,2026-02-01\nG,use,10,Main,2026-02-02\n"
MORE = "G,use,5,Main,2026-02-03\n"


def set_up(cli: Cli) -> None:
    """Add the item and the locations that the files name."""
    cli("item", "add", "--sku", "G", "--name", "Gel")
    for name in ("Main", "Room 2"):
        cli("location", "add", "--name", name)


def bring(cli: Cli, text: str, *words: str) -> dict[str, Any]:
    """Import moves, and return the outcome as JSON."""
    ran = cli("move", "import", "-", "--json", *words, typed=text)
    assert ran.out, ran.err
    outcome: dict[str, Any] = ran.json
    return outcome


def on_hand(cli: Cli, sku: str = "G") -> int:
    """Return what there is of an item."""
    quantity: int = cli("item", "show", sku, "--json").json["on_hand"]
    return quantity


def reasons(outcome: dict[str, Any]) -> list[str]:
    """Return why rows were refused."""
    return [bad["reason"] for bad in outcome["bad"]]
