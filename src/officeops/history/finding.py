"""Finding: one place in the history, or in a record, that was altered; and accepted findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops.history.finding_text import sentence
from officeops.model.errors import UsageProblem
from officeops.model.immutable import Value

if TYPE_CHECKING:
    from collections.abc import Mapping

    #: What a finding is accepted by.
    Mark = tuple[str | int, ...]


class Finding(Value):
    """One thing that is not as it was written.

    `code` says which, and never changes: `history accept` stores it, and scripts read it. `action`,
    `record` (a key, or a table's name while its plugin is off) and `record_id` say what it is
    about, where it is about one; `facts` what else its sentence needs.

    `mark` is what it is accepted by: the fault, its place and a digest of it, so that nothing else
    has the same. Without one it cannot be accepted.
    """

    code: str
    action: int | None = None
    record: str = ""
    record_id: int | None = None
    facts: Mapping[str, Any] = {}
    mark: Mark = ()
    #: Whether the acting person may know that there is such a finding, and nothing else of it.
    is_withheld: bool = False

    @property
    def kind(self) -> str:
        """Its subject: action, attachment, change, record, trigger, key, anchor, end, file; "more" for the rest."""
        word = self.code.partition("-")[0]
        return _KINDS.get(self.code) or _KINDS.get(word, word)

    @property
    def message(self) -> str:
        """The sentence that people read."""
        if self.is_withheld:
            return f"{CODES[self.code]} You may not see which."
        row = f"{self.record} #{self.record_id}"
        about = {"action": self.action, "record": self.record, "record_id": self.record_id}
        about["row"] = row
        return sentence(self.code, {**about, **self.facts})

    def __str__(self) -> str:
        return self.message


#: The kind of a finding, by its code or the code's first word, where that word is another.
_KINDS: Final = {
    "actions": "action",
    "blob": "attachment",
    "file": "file",
    "part": "file",
    "changes": "change",
    "layout": "change",
    "table": "record",
    "key-first-unsaid": "action",
}

#: Each code with what it means. A code never changes: acceptances and scripts have it.
CODES: Final = {
    "action-altered": "An action, one of its changes or the action before it was altered.",
    "action-destroyed-again": (
        "An action has its arguments or outcome again, which a purge had destroyed."
    ),
    "action-unlinked": "An action has no link in the chain: another program wrote it.",
    "actions-missing": "Actions were deleted.",
    "anchor-cut": (
        "The history ends before an anchor: its end was cut off, or an older copy was restored."
    ),
    "anchor-other": "The action of an anchor is another one now.",
    "attachment-altered": "The bytes of an attached file were altered.",
    "attachment-lost": "The bytes of an attached file are gone.",
    "attachment-unopened": "A sealed file cannot be verified: its key is not here.",
    "blob-altered": "Bytes that no attachment has were altered.",
    "change-destroyed-again": "A change has its contents again, which a purge had destroyed.",
    "change-misplaced": "A change names another action than the one it was written in.",
    "change-orphaned": "Changes belong to no action.",
    "changes-missing": "Changes were deleted.",
    "end-cut": "Actions or changes were deleted from the end, or added to it.",
    "file-damaged": "SQLite finds pages or indexes of the file damaged.",
    "key-back": "A former key is named again after another had taken over.",
    "key-first-unsaid": "An action does not say that it is the first under its key.",
    "key-lost": "The key of some actions is not here, so nobody can verify them.",
    "key-unused": "The key that is here has sealed nothing of this history.",
    "layout-altered": "The list of columns that some changes need is missing or was altered.",
    "more": "There are more findings than are shown.",
    "part-unread": "A part of the history cannot be read.",
    "record-altered": "A record was altered by another program.",
    "record-change-altered": "A recorded change of a record was altered, or one before it.",
    "record-contents-again": "The history has the contents of a destroyed record again.",
    "record-destroyed-again": "A destroyed record is there again.",
    "record-gone": "A record was deleted by another program.",
    "record-unknown": "A record was added by another program.",
    "record-unreadable": "A record has text that cannot be read.",
    "record-version": "A record has a version that its saves cannot have made.",
    "table-gone": "A table that has a history is not there.",
    "table-unread": "A table cannot be compared with its history.",
    "trigger-altered": "A trigger that keeps the history was altered.",
    "trigger-foreign": "A trigger is not one of officeops.",
    "trigger-missing": "A trigger that keeps the history is missing.",
}


class Acceptance(Value):
    """One acceptance of findings: its person, time and reason. `marks` are those of the findings."""

    actor: str
    at: str
    because: str
    marks: frozenset[Mark]

    def __str__(self) -> str:
        return f"accepted by {self.actor} on {self.at[:10]}" + (
            f" because {self.because}" if self.because else ""
        )


class Examined(Value):
    """The faults of a history, and those that an owner accepted."""

    problems: list[Finding]
    accepted: list[tuple[Finding, Acceptance]]


class Anchor(Value):
    """The end of a history at some moment, kept out of reach of anyone who alters the file.

    As text it is `ID:HEX INSTANT`: the last action, its link, and when that was; the instant is for
    people alone.
    """

    action: int
    link: str
    at: str = ""

    def __str__(self) -> str:
        return f"{self.action}:{self.link} {self.at}".rstrip()

    @classmethod
    def read(cls, text: str) -> Anchor:
        """Read an anchor as it is printed. Raises UsageProblem."""
        place, _, at = text.strip().partition(" ")
        number, _, link = place.partition(":")
        link = link.lower()
        if not (
            number.isascii()
            and number.isdecimal()
            and len(number) < 19
            and len(link) == 64
            and not link.strip("0123456789abcdef")
        ):
            shown = text.strip()[:80]
            raise UsageProblem(
                f"{shown!r} is no anchor. One is ID:HEX, as `officeops history anchor` prints it.",
                code="malformed",
            )
        return cls(int(number), link, at.strip())
