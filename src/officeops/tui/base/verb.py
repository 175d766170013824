"""Verb: one thing that can be done to a record, with its meaning, words, parameters and how it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.error_words import told
from officeops.model.immutable import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from officeops.model.actions import Consent
    from officeops.model.fields import Field
    from officeops.office.office import Office


def _no_doubt(_office: Office, _record: object) -> None:
    return None


class Verb(Value):
    """Something done to a record: its name, command, meaning, words, parameters, and how it runs.

    `word` is its command, after a colon; the last part of the name is an earlier one, or the same.
    `reason(office, record)` returns why it cannot run now; `run(office, record, values)` runs it
    and returns the message to show.
    """

    name: str
    word: str
    means: str
    label: str
    help: str
    reason: Callable[[Office, Any], str | None]
    run: Callable[[Office, Any, Mapping[str, object]], str]
    fields: tuple[Field, ...] = ()
    danger: bool = False
    bulk: bool = False
    #: The parameter by which a person agrees to run it against a doubt.
    consent: Consent | None = None
    #: The screen that it opens in place of a form, as an action declares it.
    screen: str = ""
    #: Returns what speaks against it, which a person may overrule; None for nothing.
    doubt: Callable[[Office, Any], str | None] = _no_doubt

    #: Returns a sentence on what it would do with the values of its form, for the question.
    preview: Callable[[Office, Any, Mapping[str, Any]], str] | None = None

    @property
    def former_words(self) -> tuple[str, ...]:
        """The commands that it had before."""
        last = self.name.rpartition(".")[2]
        return () if last == self.word else (last,)

    def permission(self, record: type[Any]) -> str:
        """Return the permission to run it on a record type."""
        return self.name if "." in self.name else f"{record.meta.key}.{self.name}"

    def forbidden(self, office: Office, record: type[Any]) -> str:
        """Return why the acting person may not run it on a record type.

        The text is blank if they may run it.
        """
        return office.why_not(self.permission(record))

    def why_not(self, office: Office, record: object) -> str | None:
        """Return why it cannot run now, or None. A reason that fails is a reason."""
        forbidden = self.forbidden(office, type(record))
        if forbidden:
            return forbidden
        try:
            return self.reason(office, record)
        except Exception as error:  # noqa: BLE001 - a plugin's fault must not hide the record
            return f"its plugin cannot tell whether it may be, by a fault: {told(error)}"
