"""Files of items for the tests of their import: how one is brought in, and how it comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from officeops.testing import Cli


def set_up(cli: Cli) -> None:
    """Add the locations and the vendor that the files name."""
    for name in ("Main", "Room 2"):
        cli("location", "add", "--name", name)
    cli("vendor", "add", "--name", "Osprey")


def bring(cli: Cli, noun: str, text: str, *words: str) -> dict[str, Any]:
    """Import a file, and return the outcome as JSON."""
    ran = cli(noun, "import", "-", "--json", *words, typed=text)
    assert ran.out, ran.err
    outcome: dict[str, Any] = ran.json
    return outcome


def stock(cli: Cli) -> dict[tuple[str, str, str], int]:
    """Return what is on hand by item, location and lot."""
    rows = cli("stock", "list", "--json").json
    return {(row["item"], row["location"], row["lot"] or ""): row["quantity"] for row in rows}


def terms(cli: Cli) -> list[tuple[str, int, str | None, int]]:
    """Return pack, size, price and rank of all terms, the first asked first."""
    packs = {pack["id"]: pack for pack in cli("pack", "list", "--json").json}
    found = []
    for each in cli("terms", "list", "--json").json:
        pack = packs.get(each["pack_id"], {"name": "", "size": 1})
        found.append((pack["name"], pack["size"], each["price"], each["rank"]))
    return sorted(found, key=lambda row: row[3])
