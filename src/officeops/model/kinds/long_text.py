"""Text of several lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.kinds.text import Text
from officeops.values.text import paragraph, safe

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.model.kinds.facts import Facts
    from officeops.values.conventions import Conventions


class LongText(Text):
    """Text with its line ends, such as a note."""

    name = "long_text"
    editor = "text"
    repeats = True
    several_lines = True

    def reader(
        self,
        facts: Facts,
        ways: Conventions,
        *,
        order: str = "",
    ) -> Callable[[Any], Any]:
        return paragraph

    def typed(
        self,
        value: Any,
        facts: Facts,
        ways: Conventions,
    ) -> str:
        return "\n".join(map(safe, str(value).split("\n")))
