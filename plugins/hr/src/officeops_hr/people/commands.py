"""The commands about people beside those of their records."""

from __future__ import annotations

from typing import Final

from officeops import Command

_PERSON: Final = "hr.person"
_OVERVIEW: Final = "officeops_hr.overview"
COMMANDS: Final = [
    Command("me", f"{_OVERVIEW}.own_page:me", "Show what the office keeps about you."),
    Command(
        "directory",
        f"{_OVERVIEW}.staff_directory:directory",
        "Print who works here, with their number at work and email.",
        of=_PERSON,
    ),
    Command(
        "chart",
        f"{_OVERVIEW}.org_chart:chart",
        "List who reports to whom.",
        of=_PERSON,
    ),
    Command(
        "emergency-sheet",
        f"{_OVERVIEW}.emergency_sheet:emergency_sheet",
        "Print whom to call for each person; the history says who printed it.",
        of=_PERSON,
    ),
    Command(
        "references",
        f"{_OVERVIEW}.references_command:references_of",
        "List the open records that name a person, to hand over when they leave.",
        of=_PERSON,
    ),
    Command(
        "packet",
        f"{_OVERVIEW}.packet_command:packet",
        "List what payers ask of a provider, and copy the documents.",
        of=_PERSON,
    ),
]
