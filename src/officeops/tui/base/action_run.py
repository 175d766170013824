"""ActionRun: an action on the records chosen for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.core.next_task import foreseen
from officeops.model.error_words import told
from officeops.model.errors import OfficeError
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from officeops.model.records import Record
    from officeops.office.office import Office
    from officeops.tui.base.verb import Verb


class ActionRun:
    """An action that is about to run.

    Calling it runs the action and returns the message to show.
    """

    def __init__(
        self,
        office: Office,
        verb: Verb,
        chosen: Sequence[Record | None],
    ) -> None:
        self.verb = verb
        self.chosen = chosen
        self.title = safe(_title(verb.label, _subject(office, chosen)))
        #: What follows by itself, for one record: when a task that floats is due again.
        self.foreseen = foreseen(office, verb.name, chosen[0]) if len(chosen) == 1 else ""
        self._doubts = _doubts(office, verb, chosen)

    @property
    def question(self) -> str:
        """The question before the run; blank if the form is question enough."""
        verb = self.verb
        if not (verb.danger or self._doubts or len(self.chosen) > 1 or not verb.fields):
            return ""
        return self.plain_question

    @property
    def plain_question(self) -> str:
        """The question of an action that asks for nothing else."""
        question = f"{self.title}?"
        if self.foreseen:
            question += f" {self.foreseen}"
        if self._doubts:
            first = self._doubts[0]
            question += safe(f" {first[:1].upper()}{first[1:]}.")
        if len(self._doubts) > 1:
            question += f" So have {len(self._doubts) - 1} more."
        return question

    def preview(self, office: Office, values: Mapping[str, object]) -> str:
        """Return what the action would do with the values of its form. Raises as the run would."""
        verb = self.verb
        return safe(verb.preview(office, self.chosen[0], values)) if verb.preview else ""

    def __call__(self, office: Office, values: Mapping[str, object]) -> str:
        """Run the action on each record in turn.

        Of several records, a refused one does not stop the others.
        """
        values = dict(values)
        if self.verb.consent and self._doubts:
            # The person was asked, and said yes.
            values[self.verb.consent.param] = True
        if len(self.chosen) == 1:
            return self.verb.run(office, self.chosen[0], values)
        # One refused record must not undo the others: the message counts them, and names each with
        # its refusal.
        refusals = []
        for record in self.chosen:
            try:
                self.verb.run(office, record, values)
            except OfficeError as error:
                name = office.name(record) if record else self.verb.label
                refusals.append(safe(f"{name}: {told(error)}"))
        done = len(self.chosen) - len(refusals)
        message = f"{self.verb.label}: {done} of {len(self.chosen)} done."
        return " ".join([message, *refusals])


def _doubts(
    office: Office,
    verb: Verb,
    chosen: Sequence[Record | None],
) -> list[str]:
    """Return what speaks against the action, by record.

    The person may run it all the same, after a question.
    """
    doubts = []
    for record in chosen:
        doubt = verb.doubt(office, record) if verb.consent else None
        if doubt:
            doubts.append(doubt)
    return doubts


def _title(label: str, subject: str) -> str:
    """Return an action and what it is about: `Use item GLV-M`, but `Grant role: user ann`."""
    if not subject:
        return label
    # A label that has its own noun takes no second one behind it.
    return f"{label}: {subject}" if " " in label else f"{label} {subject}"


def _subject(office: Office, chosen: Sequence[Record | None]) -> str:
    first = chosen[0]
    if len(chosen) > 1:
        return f"{len(chosen)} marked"
    return f"{first.meta.one} {office.name(first)}" if first else ""
