"""A question as a unit was asked it when it went down, whatever the checklist asks since."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from officeops import ChecklistItem, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from officeops import Office

_COLUMNS: Final = ("id", "text", "type", "unit", "low", "high", "failing")


class AskedQuestion(Value):
    """A question of that day; limits in hundredths, as a checklist keeps them."""

    id: int
    text: str
    type: str
    unit: str | None
    low: int | None
    high: int | None
    failing: str | None

    @classmethod
    def of(cls, item: ChecklistItem) -> AskedQuestion:
        """Return the question that a checklist asks now."""
        return cls(*[getattr(item, name) for name in _COLUMNS])

    def is_passed_by(self, answer: Mapping[str, Any]) -> bool:
        """Whether an answer passes: to this question, by its limits and by those of the answer's day."""
        if answer["failed"] or any(answer[name] != getattr(self, name) for name in _SAME):
            return False
        number = answer["number"]
        # Of a question that takes no number its limits say nothing.
        if number is not None:
            is_low = self.low is not None and number < self.low
            is_high = self.high is not None and number > self.high
            if is_low or is_high:
                return False
        failing = [word.strip() for word in (self.failing or "").split(",")]
        return answer["value"] not in failing

    def in_words(self) -> str:
        """Return the question with the numbers that pass it, which the checklist may not ask any more."""
        low = None if self.low is None else f"{self.low / 100:g}"
        high = None if self.high is None else f"{self.high / 100:g}"
        if low is None and high is None:
            return repr(self.text)
        if high is None:
            return f"{self.text!r} ({low} or more)"
        if low is None:
            return f"{self.text!r} (up to {high})"
        return f"{self.text!r} ({low} to {high})"

    def cure(self, office: Office) -> str:
        """Return the command after which the checklist asks this question; blank where it does."""
        item = office.get(ChecklistItem, self.id)
        return item.to_ask_again(office, self)


#: The words of a question: an answer to other words is no answer to it.
_SAME: Final = ("text", "type", "unit")


def in_text(items: Iterable[ChecklistItem]) -> str | None:
    """Return questions as a unit keeps them; None without any."""
    asked = [AskedQuestion.of(item) for item in sorted(items, key=lambda item: item.id)]
    rows = [[getattr(question, name) for name in _COLUMNS] for question in asked]
    return json.dumps(rows, ensure_ascii=False) if rows else None


def read(office: Office, text: str | None) -> list[AskedQuestion]:
    """Read the questions that a unit keeps."""
    if not text or text.startswith("["):
        return [AskedQuestion(*row) for row in json.loads(text or "[]")]
    # Kept by number alone until their words were kept as well.
    items = [office.get(ChecklistItem, int(number)) for number in text.split()]
    return [AskedQuestion.of(item) for item in items]
