"""The floor of `item list`: click, pluggy and sqlite3, doing the same SQL."""

import sqlite3

import click
import pluggy

hookimpl = pluggy.HookimplMarker("floor")


@click.command()
@click.argument("file")
def main(file: str) -> None:
    """Print the items."""
    manager = pluggy.PluginManager("floor")
    manager.check_pending()
    db = sqlite3.connect(file)
    on_hand = "(SELECT ifnull(sum(s.quantity), 0) FROM inventory_stock s WHERE s.item_id = t.id)"
    sql = f"SELECT t.id, sku, name, category, reorder_point, order_up_to, {on_hand} FROM inventory_item t WHERE archived_at IS NULL ORDER BY name"
    for row in db.execute(sql).fetchall():
        click.echo("  ".join("" if value is None else str(value) for value in row))


main()
