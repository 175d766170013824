"""The digest of a command's words, by which the same line is known again under its request id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.store.typed_line import digest_of

if TYPE_CHECKING:
    import click

#: Options that ask for another form of the answer, not for other work.
_OF_THE_ANSWER: Final = frozenset({"as_json", "as_csv"})


def line_digest(command: click.Context) -> str:
    """Return the digest of a command's words, without those for sealed fields.

    Blank where the words do not say all: a file may have other content the next time.
    """
    words: dict[str, object] = {}
    for param in command.command.params:
        name, value = param.name or "", command.params.get(param.name or "")
        if value is None or name in _OF_THE_ANSWER or getattr(param, "sealed", False):
            continue
        if _reads_file(param, value):
            return ""
        words[name] = value
    return digest_of(command.command_path, words)


def _reads_file(param: click.Parameter, value: object) -> bool:
    if param.metavar == "FILE":
        return True
    words = value if isinstance(value, tuple) else (value,)
    return any(word == "-" or not isinstance(word, (str, int, float)) for word in words)
