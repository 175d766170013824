"""The page of a record, asked of the plugin that declares it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.declarations import named
from officeops.model.page import PageSection

if TYPE_CHECKING:
    from officeops.model.office import Office
    from officeops.model.records import Record


def page_of(office: Office, record: Record) -> list[PageSection]:
    """Return the sections of a record's page; none where its kind has no page.

    Raises PluginFault and TimeUp for code that fails, and Forbidden where it reads too much.
    """
    if not record.page:
        return []
    with office.answering(record.meta.plugin, f"the page of {record.meta.key}", then=""):
        sections = list(named(record.page)(office, record))
        for section in sections:
            if not isinstance(section, PageSection):
                raise TypeError(f"{section!r} is no PageSection")
    return sections
