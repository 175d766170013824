"""Text of one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from officeops.model.errors import Reason
from officeops.model.kinds.kind import Kind
from officeops.values.scanned.refusal import SEPARATOR, SHOWN_SEPARATOR
from officeops.values.text import all_tidy, as_text, line, paragraph, untidy

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from officeops.model.kinds.facts import Facts
    from officeops.values.conventions import Conventions


class Text(Kind):
    """A line of text, kept as people write it, with single blanks."""

    name = "text"
    is_text = True
    takes = frozenset({"search"})
    takes_any_text = True
    #: Whether a text may have several lines.
    several_lines: ClassVar[bool] = False

    def reader(
        self,
        facts: Facts,
        ways: Conventions,
        *,
        order: str = "",
    ) -> Callable[[Any], Any]:
        """Return a function that reads texts; one that a scan may fill keeps GS1's separator."""
        return _scanned if facts.scan else super().reader(facts, ways, order=order)

    def tidied(self, value: Any) -> Any:
        try:
            return paragraph(value) if self.several_lines else line(value)
        except ValueError:
            return value  # it is refused as it is

    def beyond(
        self,
        value: Any,
        facts: Facts,
        ways: Conventions,
    ) -> Reason | None:
        fault = untidy(value, several_lines=self.several_lines)
        return Reason(fault, code="malformed") if fault else None

    def all_fit(self, column: Sequence[Any], facts: Facts) -> bool:
        texts = [text for text in column if text]
        return super().all_fit(texts, facts) and all_tidy(texts)

    def untidy_sql(self, column: str) -> str:
        return f"officeops_untidy({column}, {int(self.several_lines)})"


def _scanned(value: object) -> str | None:
    # Scripts and files have the character itself, which no screen shows; without it, a code means
    # something else.
    return line(as_text(value).replace(SEPARATOR, SHOWN_SEPARATOR))
