"""What the commands of a plugin's own use, beside click: the office, the output, options and exit codes.

Each name loads on first use. A command is declared with `officeops.Command`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.lazy_names import lazy_names

if TYPE_CHECKING:
    from officeops.cli.context import office_of, run_of
    from officeops.cli.days import needed_day
    from officeops.cli.group import Group, example
    from officeops.cli.on_page import entitle, page
    from officeops.cli.outcome import outcome_option, say_outcome
    from officeops.cli.output import print_rows, print_values, say
    from officeops.cli.output_options import output_options, page_options
    from officeops.cli.packet import PacketFile, packet_files, write_packet
    from officeops.cli.paragraphs import paragraph
    from officeops.cli.table import print_table
    from officeops.cli.verbs.import_maps import Maps
    from officeops.cli.verbs.text_verb import print_page
    from officeops.cli.whole_number import WholeNumber
    from officeops.model.exit_codes import PARTLY, marked
    from officeops.model.settings import Machine
    from officeops.office.sheets.booking import book_sheet, sheet_entries
    from officeops.office.sheets.drafts import DraftNote, draft_notes

_HOME = {
    "DraftNote": "office.sheets.drafts",
    "Group": "cli.group",
    "Machine": "model.settings",
    "Maps": "cli.verbs.import_maps",
    "PARTLY": "model.exit_codes",
    "PacketFile": "cli.packet",
    "WholeNumber": "cli.whole_number",
    "book_sheet": "office.sheets.booking",
    "draft_notes": "office.sheets.drafts",
    "entitle": "cli.on_page",
    "example": "cli.group",
    "marked": "model.exit_codes",
    "needed_day": "cli.days",
    "office_of": "cli.context",
    "outcome_option": "cli.outcome",
    "output_options": "cli.output_options",
    "packet_files": "cli.packet",
    "page": "cli.on_page",
    "page_options": "cli.output_options",
    "paragraph": "cli.paragraphs",
    "print_page": "cli.verbs.text_verb",
    "print_rows": "cli.output",
    "print_table": "cli.table",
    "print_values": "cli.output",
    "run_of": "cli.context",
    "say": "cli.output",
    "say_outcome": "cli.outcome",
    "sheet_entries": "office.sheets.booking",
    "write_packet": "cli.packet",
}

__all__ = [
    "PARTLY",
    "DraftNote",
    "Group",
    "Machine",
    "Maps",
    "PacketFile",
    "WholeNumber",
    "book_sheet",
    "draft_notes",
    "entitle",
    "example",
    "marked",
    "needed_day",
    "office_of",
    "outcome_option",
    "output_options",
    "packet_files",
    "page",
    "page_options",
    "paragraph",
    "print_page",
    "print_rows",
    "print_table",
    "print_values",
    "run_of",
    "say",
    "say_outcome",
    "sheet_entries",
    "write_packet",
]

__getattr__ = lazy_names(__name__, _HOME)
