"""One-to-one: what a leader and a person talked about, private to the leader or shared with the person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from officeops import DateOrder, Problem, Reason, action, choice, field, ref
from officeops_hr.supervision.scope import NOTES
from officeops_hr.supervision.written import Written

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import Action, Office


class OneToOne(
    Written,
    key="hr.one-to-one",
    label="One-to-one",
    plural="One-to-ones",
    display="topic",
    sort="-held_on,-id",
    also=("1:1", "1-1", "check-in"),
    scope=NOTES.by("id"),
):
    """A talk with a person, and what you come back to.

    A private note is yours alone; a shared one the person and their leaders read as well. HR
    reaches both, and each reading of the text is recorded. Nothing about health belongs here.
    """

    short_options: ClassVar = {"follow_up": "follow_up_on"}
    #: The words of the command line without an option are the topic.
    bare_word = "topic"
    identity = (("person_id", "held_on", "topic"),)
    importer = "officeops_hr.supervision.imports:OneToOneImport"
    date_orders = (DateOrder(("held_on", "follow_up_on"), to_come=("follow_up_on",)),)

    # The person and the topic come first: a note is five keys between two talks.
    person_id: int = ref("hr.person", indexed=False, list_rank=1, also=("employee",))
    topic: str = field(search=True, list_rank=1, example="Rooming times")
    sharing: str = choice(
        "private", "shared", default="private", list_rank=2, help="Whether the person reads it too"
    )
    # Sealed, so that each reading by somebody else leaves a trace.
    text: str | None = field(
        kind="long_text",
        default=None,
        sealed=True,
        guard="hr.one-to-one",
        hidden=True,
        also=("note", "notes"),
    )
    held_on: date = field(default=lambda office: office.today, list_rank=1, label="Held")
    follow_up_on: date | None = field(
        default=None, list_rank=3, label="Follow up", help="The day on which Today reminds you"
    )
    followed_up_on: date | None = field(default=None, managed=True, hidden=True)

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse changes by others than the writer, and a talk of a day to come."""
        yield from super().check(office)
        if self.held_on > office.today:
            yield Problem(
                "is a day to come; enter the talk once it was held", "held_on", code="out-of-range"
            )
        # Who may reach a note may not change the words of another person.
        if self.id and not self.is_writers(office):
            yield Problem(
                "is another person's note; only its writer changes it", code="not-allowed-here"
            )

    def keep(self, office: Office) -> str | None:
        """Keep a note from being archived by others than its writer and HR."""
        # Somebody has to see to the notes of a writer who has left.
        if self.is_writers(office) or office.may("hr.one-to-one.view-all"):
            return None
        return Reason("only its writer archives it", code="not-allowed-here")


def _has_no_follow_up(office: Office, note: OneToOne) -> str | None:
    if not note.is_writers(office):
        return Reason("only its writer follows it up", code="not-allowed-here")
    # Once is enough; another day is another note.
    if note.follow_up_on and not note.followed_up_on:
        return None
    return Reason("there is nothing to follow up", code="nothing-to-do")


@action("hr.one-to-one.follow-up", means="do", unless=_has_no_follow_up)
def follow_up(office: Office, note: OneToOne) -> str:
    """Say that you came back to it."""
    office.edit(note, managed=True, followed_up_on=office.today)
    return "Followed up."


ACTIONS: Final[list[Action[..., Any]]] = [follow_up]
