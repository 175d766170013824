"""The floor of `item add`: one durable insert with its audit row."""

import json
import sqlite3

import click
import pluggy

hookimpl = pluggy.HookimplMarker("floor")


@click.command()
@click.argument("file")
@click.option("--sku", required=True)
@click.option("--name", required=True)
def main(file: str, sku: str, name: str) -> None:
    """Add an item."""
    manager = pluggy.PluginManager("floor")
    manager.check_pending()
    db = sqlite3.connect(file, isolation_level=None)
    db.execute("PRAGMA synchronous = FULL")
    db.execute("BEGIN IMMEDIATE")
    made = db.execute("INSERT INTO item (sku, name) VALUES (?, ?)", (sku, name)).lastrowid
    after = json.dumps({"sku": sku, "name": name})
    db.execute(
        "INSERT INTO audit (at, who, what, record, after) VALUES (datetime('now'), 'me', 'add', ?, ?)",
        (made, after),
    )
    db.execute("COMMIT")
    click.echo(f"Item {sku} added.")


main()
