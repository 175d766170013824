"""Interviews from a file."""

from __future__ import annotations

from officeops.exchange import Importer


class InterviewImport(Importer):
    """Knows an interview by its candidate and time: a candidate may have several."""

    keys = (("candidate_id", "at"),)
