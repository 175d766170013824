"""Usable records: those whose plugin has the tables that it declares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.errors import Broken

if TYPE_CHECKING:
    from collections.abc import Mapping

    from officeops.model.meta import Meta
    from officeops.model.records import Record
    from officeops.plugins.manager import Plugins


def must_be_usable(meta: Meta, records: Mapping[str, type[Record]], plugins: Plugins) -> None:
    """Raise Broken for a record of a refused plugin: its table may be missing, or lack a column."""
    if meta.key in records:
        return
    if why := plugins.why_refused(meta.plugin):
        raise Broken(f"The plugin {meta.plugin} is not in order: {why.rstrip('.')}.")
