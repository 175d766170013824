"""Checklists: questions that are answered when a task is done, and the answers that were given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.about import About  # noqa: TC001 - two columns
from officeops.model.errors import Problem
from officeops.model.fields import choice, field, ref
from officeops.model.records import Record
from officeops.model.upheld import Upheld

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from officeops.model.office import Office

    #: A question as it was asked once: as an answer keeps it, or a unit of a plugin.
    Asked = Any


#: The types of questions: passed or failed, a number, a text, one of a few words, a measured value.
TYPES = ("pass_fail", "number", "text", "choice", "reading")
#: Those whose answers are numbers, with limits.
NUMBERS = ("number", "reading")


class Checklist(Record, key="core.checklist", group="Office", display="name"):
    """Questions to answer when a task is done, such as a log."""

    name: str = field(unique=True, also=("checklist",), example="Opening walk-through")
    note: str | None = field(
        kind="long_text", default=None, example="Before the first patient comes"
    )


class ChecklistItem(
    Record,
    key="core.checklist-item",
    group="Office",
    display="text",
    sort="checklist,position",
    # Answers are given by the text, so two of one text could never both be answered.
    unique_together=(("checklist_id", "text"),),
):
    """A question of a checklist, and the answers that fail."""

    checklist_id: int = ref("core.checklist", list_rank=1)
    text: str = field(
        example="Eyewash runs clear", list_rank=1, also=("checklist item", "question")
    )
    type: str = choice(*TYPES, default="pass_fail", list_rank=2)
    position: int = field(default=0, list_rank=6, help="Its place in the list")
    choices: str | None = field(default=None, example="clean, worn, torn", help="Of a choice")
    failing: str | None = field(default=None, example="torn", help="The choices that fail")
    unit: str | None = field(default=None, example="°F", list_rank=3)
    low: int | None = field(kind="decimal", scale=2, default=None, list_rank=3)
    high: int | None = field(kind="decimal", scale=2, default=None, list_rank=3)
    required: bool = field(default=True, list_rank=6)
    on_fail: str | None = field(
        default=None,
        example="core.task",
        list_rank=6,
        help="Key of the kind of record that a failed answer opens",
    )
    blocks: bool = field(
        default=False, list_rank=6, help="A failed answer blocks the thing until it passes"
    )

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse limits in the wrong order, a choice of nothing, and what nothing can open."""
        if self.low is not None and self.high is not None and self.low > self.high:
            yield Problem("is below the low limit", "high", code="wrong-order")
        if self.type == "choice" and not self.words:
            yield Problem("are needed, such as clean, worn, torn", "choices", code="needed")
        # A failing choice that nobody can give would never fail.
        for word in words_of(self.failing):
            if word not in self.words:
                yield Problem(f"has {word!r}, which is no choice", "failing", code="unknown-choice")
        # Refused now: on the day of the failure nobody would be there to read it.
        kind = office.records.get(self.on_fail or "")
        if self.on_fail and (kind is None or not _can_be_opened(kind)):
            why = f"{self.on_fail!r} is no kind of record that an answer can open; say core.task"
            yield Problem(why, "on_fail", code="unknown-choice")

    @property
    def words(self) -> list[str]:
        """The answers of a choice."""
        return words_of(self.choices)

    def to_ask_again(self, office: Office, asked: Asked) -> str:
        """Return the command by which it asks again what it asked once; blank where it does.

        Other limits are no other question, as long as a value is within both.
        """
        listed = office.get(Checklist, self.checklist_id)
        same = "checklist_id = ? AND text = ? AND id <> ?"
        twin = office.first(ChecklistItem, same, self.checklist_id, asked.text, self.id)
        # Somebody entered the question once more: two of one text cannot both be asked.
        if twin is not None:
            return f"officeops checklist-item archive '#{twin.id}'"
        for record in (self, listed):
            if record.archived_at:
                return f"officeops {record.meta.noun} unarchive '#{record.id}'"
        other = {
            name: getattr(asked, name) or ""
            for name in ("text", "type", "unit")
            if getattr(self, name) != getattr(asked, name)
        }
        if self.type in NUMBERS and not self._has_value_with(asked):
            other |= {name: _decimal(getattr(asked, name)) for name in ("low", "high")}
        if not other:
            return ""
        from shlex import join

        options = [word for name, value in other.items() for word in (f"--{name}", value)]
        return f"officeops checklist-item edit '#{self.id}' {join(options)}"

    def _has_value_with(self, asked: Asked) -> bool:
        """Whether a number is within its limits and within those of another question."""
        lows = [low for low in (self.low, asked.low) if low is not None]
        highs = [high for high in (self.high, asked.high) if high is not None]
        return not lows or not highs or max(lows) <= min(highs)


def _decimal(hundredths: int | None) -> str:
    return "" if hundredths is None else f"{hundredths / 100:g}"


class Answer(
    Record, key="core.answer", group="Office", display="text", sort="-id", actions_only=True
):
    """An answer to a question, with the limits of its day."""

    added_by = "officeops task complete"

    # What follows is copied from the item: it may have other limits tomorrow.
    task_id: int = ref("core.task", list_rank=1)
    item_id: int = ref("core.checklist-item", list_rank=7)
    text: str = field(list_rank=1)
    value: str = field(list_rank=1)
    failed: bool = field(list_rank=2)
    type: str = choice(*TYPES, list_rank=6)
    number: int | None = field(kind="decimal", scale=2, default=None, list_rank=7)
    unit: str | None = field(default=None, list_rank=3)
    low: int | None = field(kind="decimal", scale=2, default=None, list_rank=3)
    high: int | None = field(kind="decimal", scale=2, default=None, list_rank=3)
    blocks: bool = field(default=False, list_rank=4)
    opened_key: str | None = field(default=None, list_rank=7, help="What it opened")
    opened_id: int | None = field(default=None, list_rank=7, label="Opened #")
    about: About | None

    # What keeps a unit out of use is answered again, and not made undone by who gave the answer.
    upheld = Upheld("failed", (True,), needs="core.answer.take-back", only=("blocks",))


def _can_be_opened(kind: type[Record]) -> bool:
    """Whether a kind of record says how a failed answer opens one."""
    return any("open_for" in vars(base) for base in kind.__mro__ if base is not Record)


def words_of(text: str | None) -> list[str]:
    """List the words between commas, each once."""
    words = (word.strip() for word in (text or "").split(","))
    return list(dict.fromkeys(filter(None, words)))
