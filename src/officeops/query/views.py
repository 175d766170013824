"""Views: named filters and orders, declared by plugins or saved by people in `views.toml`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.declarations import View
from officeops.model.error_words import beginning_of, ended
from officeops.model.errors import Forbidden, NotFound, UsageProblem
from officeops.query.columns import chosen_columns

if TYPE_CHECKING:
    from officeops.model.office.registry import Registry
    from officeops.model.records import Record
    from officeops.model.settings import Machine
    from officeops.query.searched_office import SearchedOffice

FILE = "views.toml"


def views(
    plugins: Registry,
    machine: Machine,
    record: type[Record],
) -> list[View]:
    """Return the views of a kind of record: the plugins', then those saved on this machine."""
    keys = (record.meta.key, *record.meta.former_keys)
    known = [view for _, view in plugins.registered("views") if view.record in keys]
    file = machine.load(FILE)
    saved: dict[str, dict[str, object]] = {}
    # The latest key last: a view saved under it counts.
    for key in reversed(keys):
        tables = file.get(key, {})
        if isinstance(tables, dict):
            saved |= tables
    for name, table in saved.items():
        # A person may have edited the file by hand.
        if isinstance(table, dict):
            known.append(_saved(name, record.meta.key, table))
    return known


def view(
    office: SearchedOffice,
    record: type[Record],
    name: str,
) -> View:
    """Return a view by name. Raises NotFound naming those there are."""
    known = views(office.plugins, office.machine, record)
    for known_view in known:
        if known_view.name == name:
            refuse_lacking(office, record, known_view)
            return known_view
    names = ", ".join(known_view.name for known_view in known) or "none"
    raise NotFound(
        f"{record.meta.plural} have no view {name!r}; they have {names}.",
        code="not-found",
        facts={"kind": "view", "text": name},
    )


def refuse_lacking(
    office: SearchedOffice,
    record: type[Record],
    view: View,
) -> None:
    """Raise UsageProblem for a view of fields that its record has not, naming view and plugin."""
    query = office.query(record)
    try:
        query.where(view.where)
        list(query.order(view.sort))
        chosen_columns(office, record, ",".join(view.columns))
    except Forbidden:
        # A list leaves out the columns that a person may not see, and refuses the rest by itself.
        return
    except UsageProblem as wrong:
        code = wrong.problems[0].code if wrong.problems else wrong.code
        # A value that no row has yet is no fault of the view: its list says so.
        if code == "not-found":
            return
        raise UsageProblem(_failing(office, view, wrong), code=code) from wrong


def _failing(
    office: SearchedOffice,
    view: View,
    wrong: UsageProblem,
) -> str:
    """Say which view fails and why, within 80 columns, then its line and how to turn it off."""
    owners = [owner for owner, other in office.plugins.registered("views") if other == view]
    if not owners:
        return f"The view {view.name} saved on this machine fails: {wrong}"
    owner = owners[0]
    modules = office.plugins.modules(owner)
    places = (beginning_of(getattr(module, "views", None), owner) for module in modules)
    place = next(filter(None, places), "the plugin")
    return (
        f"The view {view.name} of {owner} fails: {ended(wrong)} It is in {place}; "
        f"`officeops plugins disable {owner}` turns it off."
    )


def save_view(
    office: SearchedOffice,
    record: type[Record],
    new: View,
) -> None:
    """Save a view on this machine, in place of a saved one of the same name.

    Raises UsageProblem for a plugin's name.
    """
    meta = record.meta
    if not new.name.replace("-", "").isidentifier():
        raise UsageProblem(
            f"{new.name!r} is not a name for a view; use letters, digits and dashes.",
            code="malformed",
        )
    keys = (meta.key, *meta.former_keys)
    for _, declared in office.plugins.registered("views"):
        if declared.record in keys and declared.name == new.name:
            raise UsageProblem(
                f"The view {new.name} of {meta.many} is a plugin's; choose another name.",
                code="exists",
            )
    query = office.query(record)
    if query.tells_sealed(new.where):
        raise UsageProblem(
            "That filter has a sealed value in it, which a saved view would keep in the open.",
            code="sealed",
        )
    # A filter or an order that cannot be read is refused here, and not at each use.
    query.where(new.where)
    list(query.order(new.sort))
    saved = office.machine.load(FILE)
    own = saved.setdefault(meta.key, {})
    own[new.name] = {"where": new.where, "sort": new.sort, "columns": list(new.columns)}
    office.machine.save(FILE, saved)


def _saved(
    name: str,
    key: str,
    table: dict[str, object],
) -> View:
    title = name.replace("-", " ").capitalize()
    where = str(table.get("where", ""))
    sort = str(table.get("sort", ""))
    columns = table.get("columns")
    if not isinstance(columns, list):
        columns = []
    return View(name, key, title, where, sort, tuple(map(str, columns)))
