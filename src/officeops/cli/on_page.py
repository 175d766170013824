"""Whether what a command prints goes on a page, in place of standard output."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from officeops.cli.collected import Collected

#: Where the context of a command keeps the page that takes what the command prints, if there is one.
PAGE: Final = "officeops.page"


def page() -> Collected | None:
    """Return the page that takes what the command prints; None where standard output does."""
    ctx = click.get_current_context(silent=True)
    return ctx.meta.get(PAGE) if ctx else None


def entitle(title: str, *under: str) -> None:
    """Give the page, if there is one, its title and the lines below it; blank ones are left out."""
    if on_page := page():
        on_page.title, on_page.under = title, tuple(filter(None, under))
