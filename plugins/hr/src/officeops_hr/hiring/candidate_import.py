"""Candidates from a file: the export of a job site, a row each."""

from __future__ import annotations

from officeops import Field
from officeops.exchange import Importer, Row
from officeops_hr.people.names import in_order


def _text(name: str, label: str, *also: str) -> Field:
    return Field("text", default=None, label=label, also=also).named(name, "str")


class CandidateImport(Importer):
    """Reads names in two columns or with a comma. Stages of the site are not those of the office."""

    extra = (
        _text("first", "First name", "given name", "forename"),
        _text("last", "Last name", "surname", "family name"),
    )
    # One person may apply for two openings.
    keys = (("opening_id", "email"), ("opening_id", "name"))
    fills = ("name",)

    def check(self, rows: list[Row]) -> list[tuple[Row, str, str]]:
        """Put names together."""
        for row in rows:
            values = row.values
            if values["name"]:
                values["name"], _ = in_order(values["name"])
                continue
            # Job sites export the names in two columns.
            parts = (row.extra.get("first"), row.extra.get("last"))
            values["name"] = " ".join(filter(None, parts)) or None
        return []
