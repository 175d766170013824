"""Text of one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from officeops.model.errors import Reason
from officeops.model.kinds.kind import Kind
from officeops.values.text import all_tidy, line, paragraph, untidy

if TYPE_CHECKING:
    from collections.abc import Sequence

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
