"""Shells: how the words that complete a line reach a shell whole, with their blanks and commas.

Click's own scripts are for words without any, such as options; names of records have both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from click.shell_completion import BashComplete, FishComplete, add_completion_class

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

#: What a shell takes as it is, besides letters and digits.
_PLAIN: Final = frozenset("_-./:=@%+,")


class Bash(BashComplete):
    """Bash, which puts a word into the line as it gets it: what it would read otherwise is escaped."""

    source_template = BashComplete.source_template.replace(
        "read type value", "read -r type value"
    ).replace("+=($value)", '+=("$value")')

    def format_completion(self, item: CompletionItem[Any]) -> str:
        """Return a word with a backslash before each letter that bash would not take as it is."""
        word = "".join(
            letter if letter.isalnum() or letter in _PLAIN else f"\\{letter}"
            for letter in item.value
        )
        return f"{item.type},{word}"


class Fish(FishComplete):
    """Fish, which escapes a word by itself."""

    source_template = FishComplete.source_template.replace(
        'string split ","', 'string split --max 1 ","'
    )


def use_own() -> None:
    """Let click know these shells in place of its own."""
    add_completion_class(Bash)
    add_completion_class(Fish)
