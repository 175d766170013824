"""The views of a list: turning through them, and saving its filter and order as one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from officeops.model.declarations import View
from officeops.query.views import save_view
from officeops.tui.base.command_line import views_of
from officeops.tui.terminal.keys import Key
from officeops.values.convert import safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.tui.screens.browser import Browser


def view_keys(browser: Browser) -> Iterator[Key]:
    """Yield the keys that turn through a list's views and save one."""
    none, nothing = partial(_no_views, browser), partial(_nothing_to_save, browser)
    words = "Save this filter and order as a view; `:save NAME` does at once"
    yield Key(("]",), "view", partial(step, browser, 1), "Next view", 8, reason=none)
    yield Key(("[",), "view before", partial(step, browser, -1), "Previous view", 9, reason=none)
    yield Key(
        ("V", ":save"),
        "save view",
        partial(read_name, browser),
        words,
        9,
        reason=nothing,
        take=partial(save, browser),
    )


def _no_views(browser: Browser) -> str | None:
    return (
        None
        if views_of(browser.office, browser.record)
        else f"{browser.record.meta.plural.lower()} have no views"
    )


def _nothing_to_save(browser: Browser) -> str | None:
    query = browser.state.query
    return (
        None
        if query.where or query.sort
        else "there is nothing to save; / filters and t sorts first"
    )


def step(browser: Browser, by: int) -> None:
    """Turn to the next view; after the last comes all."""
    ring = [None, *views_of(browser.office, browser.record)]
    at = ring.index(browser.state.view) if browser.state.view in ring else 0
    browser.state.show(ring[(at + by) % len(ring)])
    browser.changed(from_top=True)


# -- saving ---------------------------------------------------------------------------------------------


def read_name(browser: Browser) -> None:
    """Ask what to call the view."""
    now = browser.state.view.name if browser.state.view else ""
    browser.ask_for(
        "Save this filter and order as the view: ", _name, partial(save, browser), value=now
    )


def save(browser: Browser, text: str) -> None:
    """Save the filter and order as a view of this machine; over another of that name only after a `y`.

    Raises UsageProblem for a name that is none, or a plugin's.
    """
    state, name = browser.state, _name(text) or ""
    columns = state.view.columns if state.view else ()
    made = View(name, state.record, "", state.query.where, state.query.sort, columns)
    declared = [view for _, view in browser.office.plugins.registered("views")]
    before = next((each for each in _saved_as(browser, name) if each not in declared), None)
    if before and before.replace(title="") != made:
        browser.ask(f"There is a view {safe(name)}. Save over it?", partial(_save, browser, made))
    else:
        _save(browser, made)


def _name(text: str) -> str | None:
    """Return a view's name: words become one, joined by dashes."""
    return "-".join(text.split()) or None


def _saved_as(browser: Browser, name: str) -> list[View]:
    return [each for each in views_of(browser.office, browser.record) if each.name == name]


def _save(browser: Browser, made: View) -> None:
    save_view(browser.office, browser.record, made)
    browser.state.view = _saved_as(browser, made.name)[0]
    browser.state.filter = browser.state.sort = ""
    browser.show_bars()
    browser.say(
        f"Saved: `:{browser.record.meta.noun} {made.name}` and ] lead to it, and --view on the command line."
    )
