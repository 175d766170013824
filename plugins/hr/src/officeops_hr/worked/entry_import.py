"""Time entries from a file."""

from __future__ import annotations

from officeops.exchange import Importer


class EntryImport(Importer):
    """Knows an entry by its person, day and start: nobody begins twice at one time."""

    keys = (("person_id", "day", "starts_at"),)
