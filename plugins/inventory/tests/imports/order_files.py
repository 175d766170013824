"""Files of orders for the tests of their import: how one is brought in, and how it comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from officeops.testing import Cli

HEAD = "order,item,packs,pack_size,price,received,received on\n"


def set_up(cli: Cli) -> None:
    """Add an item with stock, and the orders whose lines the files have."""
    cli("location", "add", "--name", "Main")
    cli("vendor", "add", "--name", "Osprey", "--code", "V1")
    cli("item", "import", "-", typed="sku,name,on hand,reorder point,order up to\nG,Gel,5,10,20\n")
    orders = "reference,vendor,status,ordered on\n70,V1,closed,2022-04-15\n71,V1,sent,2026-03-01\n72,V1,closed,2022-05-01\n"
    cli("order", "import", "-", typed=orders)


def bring(cli: Cli, text: str, *words: str) -> dict[str, Any]:
    """Import order lines, and return the outcome as JSON."""
    ran = cli("line", "import", "-", "--json", *words, typed=text)
    assert ran.out, ran.err
    outcome: dict[str, Any] = ran.json
    return outcome


def on_hand(cli: Cli) -> int:
    """Return what there is of the item."""
    quantity: int = cli("item", "show", "G", "--json").json["on_hand"]
    return quantity


def statuses(cli: Cli) -> dict[str, str]:
    """Return each order's state by its number elsewhere."""
    return {order["reference"]: order["status"] for order in cli("order", "list", "--json").json}
