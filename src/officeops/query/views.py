"""Views: named filters and orders, declared by plugins or saved by people in `views.toml`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.declarations import View
from officeops.model.errors import NotFound, UsageProblem

if TYPE_CHECKING:
    from officeops.model.records import Record
    from officeops.model.registry import Registry
    from officeops.model.settings import Machine
    from officeops.query.searched_office import SearchedOffice

FILE = "views.toml"


def views(plugins: Registry, machine: Machine, record: type[Record]) -> list[View]:
    """Return the views of a kind of record: the plugins', then those saved on this machine."""
    keys = (record.meta.key, *record.meta.former_keys)
    known = [view for _, view in plugins.registered("views") if view.record in keys]
    file = machine.load(FILE)
    saved: dict[str, dict[str, object]] = {}
    # The latest key last: a view saved under it counts.
    for key in reversed(keys):
        tables = file.get(key, {})
        if isinstance(tables, dict):
            saved |= {name: table for name, table in tables.items() if isinstance(table, dict)}
    known += [_saved(name, record.meta.key, table) for name, table in saved.items()]
    return known


def view(office: SearchedOffice, record: type[Record], name: str) -> View:
    """Return a view by name. Raises NotFound naming those there are."""
    known = views(office.plugins, office.machine, record)
    for known_view in known:
        if known_view.name == name:
            return known_view
    names = ", ".join(known_view.name for known_view in known) or "none"
    raise NotFound(f"{record.meta.plural} have no view {name!r}; they have {names}.")


def save_view(office: SearchedOffice, record: type[Record], made: View) -> None:
    """Save a view on this machine, in place of a saved one of the same name.

    Raises UsageProblem for a plugin's name.
    """
    meta = record.meta
    if not made.name.replace("-", "").isidentifier():
        raise UsageProblem(
            f"{made.name!r} is not a name for a view; use letters, digits and dashes."
        )
    if any(
        known_view.name == made.name
        for _, known_view in office.plugins.registered("views")
        if known_view.record in (meta.key, *meta.former_keys)
    ):
        raise UsageProblem(
            f"The view {made.name} of {meta.plural.lower()} is a plugin's; choose another name."
        )
    if office.query(record).tells_sealed(made.where):
        raise UsageProblem(
            "That filter has a sealed value in it, which a saved view would keep in the open."
        )
    office.query(record).where(made.where)
    list(office.query(record).order(made.sort))
    saved = office.machine.load(FILE)
    saved.setdefault(meta.key, {})[made.name] = {
        "where": made.where,
        "sort": made.sort,
        "columns": list(made.columns),
    }
    office.machine.save(FILE, saved)


def _saved(name: str, key: str, table: dict[str, object]) -> View:
    columns = table.get("columns", [])
    return View(
        name,
        key,
        name.replace("-", " ").capitalize(),
        str(table.get("where", "")),
        str(table.get("sort", "")),
        tuple(map(str, columns)) if isinstance(columns, list) else (),
    )
