"""Phone numbers, as people dial them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.kinds.text import Text
from officeops.values.text import untidy

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.model.kinds.facts import Facts
    from officeops.values.conventions import Conventions


class PhoneNumber(Text):
    """A phone number: formatted where it can be read as one, and as it was typed where not."""

    name = "phone"
    hint = "a phone number: 202-555-0111 ext. 4; with + for other countries"
    example = "202-555-0111"
    noun = "a phone number"
    respells = True

    def reader(
        self,
        facts: Facts,
        ways: Conventions,
        *,
        order: str = "",
    ) -> Callable[[Any], Any]:
        """Return a function that reads numbers."""
        # The numbers of the world are large (50 ms): they are loaded only when one is typed.
        from officeops.values.phone_numbers import phone_text

        as_text = super().reader(facts, ways, order=order)

        def read(value: object) -> str | None:
            text: str | None = as_text(value)
            # What cannot be shown is refused as it is; formatting would drop it in silence.
            if text is None or untidy(text, several_lines=False):
                return text
            return phone_text(text)

        return read
