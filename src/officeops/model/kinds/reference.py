"""References to records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.kinds.number import Whole
from officeops.values.text import line

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.model.kinds.facts import Facts
    from officeops.values.conventions import Conventions


class Reference(Whole):
    """The id of a record of another kind. The office finds it by any word that names it."""

    name = "reference"
    editor = "reference"
    hint = "type a part of its name, down chooses"
    can_be_sealed = False
    takes = frozenset({"target", "within", "where", "archived", "fixed", "indexed", "required_for"})
    noun = "the id of a record"

    def reader(
        self,
        facts: Facts,
        ways: Conventions,
        *,
        order: str = "",
    ) -> Callable[[Any], Any]:
        """Return a function that reads the words for a record: the office looks it up."""
        return line
