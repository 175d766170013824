"""Rows from a file that hold from a day on, or from somebody's first day."""

from __future__ import annotations

from officeops.exchange import Importer


class SinceImport(Importer):
    """Recognizes the row of a person and a day, also in a list that has no days."""

    keys = (("person_id", "starts_on"),)
    # A list without the column says: from the first day. So a corrected one finds its rows again.
    fills = ("starts_on",)
