"""KeptDraft: a screen's way to the draft of its sheet, which says where nothing can be kept."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from officeops.model.errors import OfficeError
from officeops.office.sheets.drafts import SheetDrafts
from officeops.tui.widgets.error_text import sentence
from officeops.tui.widgets.office_time import clock_time
from officeops.values.text import safe
from officeops.values.wording import count

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.office.sheets.entries import SheetEntries


class KeptDraft:
    """Keeps the rows that were typed, and takes up those that were typed before."""

    def __init__(self, office: Office, entries: SheetEntries) -> None:
        self._office, self._entries = office, entries
        self._drafts = SheetDrafts(office, entries.sheet)
        #: Why rows are not kept, as a sentence; blank while they are.
        self.why_not = ""
        self._is_taken, self._has_others = False, False

    def keep(self) -> bool:
        """Keep the rows that the file has in another way. Return False where that fails for the first time."""
        entries = self._entries
        if not entries.unkept:
            return True
        try:
            request = self._drafts.keep(entries.request, entries.to_keep())
        except (OfficeError, sqlite3.Error, OSError) as error:
            # Said for the first row alone; the status goes on saying it.
            is_new = not self.why_not
            self.why_not = sentence(error)
            return not is_new
        entries.kept(request)
        self.why_not = ""
        return True

    def take(self) -> str:
        """Take the file's draft, and return what the person has to know about it; mostly nothing."""
        # Said once: a screen reads again whenever anybody writes.
        is_first, self._is_taken = not self._is_taken, True
        draft = self._drafts.own()
        if not self._entries.take_draft(draft):
            return "What you typed here was booked or discarded in another window."
        if not (is_first and draft):
            return ""
        rows = count(len(draft.rows), self._entries.sheet.noun)
        at = clock_time(self._office, draft.typed_at)
        words = f"{rows} typed at {at}, not booked; :discard discards it."
        if draft.lost:
            cells = count(draft.lost, "sealed cell")
            words = f"{words} {cells} cannot be opened: the key is not here."
        return words

    def discard(self) -> None:
        """Discard the draft, and the texts on the screen."""
        self._drafts.discard()
        self._entries.forget()

    @property
    def may_discard_others(self) -> bool:
        """Whether there are drafts of other people here that this person may discard."""
        return self._has_others and self._office.may("core.draft.discard")

    def discard_others(self) -> str:
        """Discard other people's drafts of this very sheet, and return what to say."""
        people = self._drafts.discard_others()
        return safe(f"Discarded what {', '.join(people)} typed.")

    def others(self) -> list[str]:
        """Return a sentence on each other person's draft of this very sheet."""
        sheet = self._entries.sheet
        sentences = []
        for note in self._drafts.others():
            rows = count(note.rows, sheet.noun)
            at = clock_time(self._office, note.typed_at)
            sentences.append(f"{safe(note.person)} typed {rows} here, not booked: {at}.")
        self._has_others = bool(sentences)
        return sentences
