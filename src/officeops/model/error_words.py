"""The words of errors for people: one line each, whatever a plugin's `__str__` does."""

from __future__ import annotations

from contextlib import nullcontext
from errno import EDQUOT, ENOSPC
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from contextlib import AbstractContextManager


#: The way back from a damaged or missing office.
RESTORE: Final = (
    "`officeops backup restore` brings it back from the latest backup and keeps all that is there."
)
#: What SQLite's errors mean to people, by the beginning of their names; the first that fits.
_OF_THE_FILE: Final = {
    # FTS5 reports it where a searched row was altered outside officeops: only the index is wrong.
    "SQLITE_CORRUPT_VTAB": "A search index does not match its records, which were altered outside "
    "officeops. `officeops selfcheck --full --fix` makes it again.",
    # Short, since a screen has 80 columns. An index alone is repaired by selfcheck.
    "SQLITE_CORRUPT": "The file is damaged. See `officeops selfcheck`, or `officeops backup "
    "restore`.",
    "SQLITE_NOTADB": "The file is damaged. `officeops backup restore` brings it back.",
    "SQLITE_FULL": "The disk is full. Make room; saved changes are kept.",
    "SQLITE_IOERR": "The disk could not read or write the office's file (`dmesg` says why). Saved "
    "changes are kept.",
    "SQLITE_BUSY": "Another program keeps the office's file locked, such as the sqlite3 shell. End "
    "that first.",
}
_NO_ROOM: Final = frozenset({ENOSPC, EDQUOT})


def damage(error: Exception) -> str:
    """Explain an error of a damaged file, or of its disk, with the remedy; blank for any other."""
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        return _OF_THE_FILE["SQLITE_FULL"]
    name = str(getattr(error, "sqlite_errorname", ""))
    # Python reads the texts of SQLite, and those of a damaged file may be none.
    if isinstance(error, UnicodeDecodeError):
        name = "SQLITE_CORRUPT"
    for beginning, sentence in _OF_THE_FILE.items():
        if name.startswith(beginning):
            return sentence
    return ""


_discreet = False
#: Makes the context in which a plugin's code may take its time over words.
_limit: Callable[[], AbstractContextManager[object]] = nullcontext


def limit_words(limit: Callable[[], AbstractContextManager[object]]) -> None:
    """From now on, read the words of errors and values inside such a context.

    A plugin's `__str__` may never end, so the time that its guards have is the limit of it too.
    """
    global _limit  # noqa: PLW0603 - errors are read where no plugins and no office are at hand
    _limit = limit


def discreet(*, on: bool = True) -> None:
    """From now on, show of an unexpected error its kind alone.

    For a process that has opened a sealed value, or works for a person who may not see everything:
    the text of an error in a plugin's code may repeat the values it worked with, and is printed,
    mailed by cron and shown on screens.
    """
    global _discreet  # noqa: PLW0603 - it is true of the whole process
    _discreet = on


def told(error: BaseException) -> str:
    """Put an error into words for people: its sentence, or, of an unexpected one, kind and text.

    The words are one line, and never fail: an error of a plugin's code may have any `__str__`.
    """
    kind = one_line(type(error).__name__)
    if getattr(type(error), "is_sentence", False):
        return text_of(error) or kind
    text = "" if _discreet else text_of(error)
    return f"{kind}: {text}" if text else kind


def ended(words: object) -> str:
    """End words as a sentence: with one full stop, whether they had one or not."""
    return f"{str(words).rstrip('.')}."


def text_of(value: object) -> str:
    """Give the text of a value from a plugin's code, in one line; blank where it has none.

    Its `__str__` may raise anything, return no text, never end, or lead to a `__repr__` that does.
    """
    return _asked(str, value)


def repr_of(value: object) -> str:
    """Show a value from a plugin's code as Python writes it; its kind alone where that fails.

    A person who may not see everything gets the kind as well: the value may be one of those. So
    does everybody of an object that Python writes as its address, which says nothing.
    """
    shown = "" if _discreet else _asked(repr, value)
    if shown and " at 0x" not in shown:
        return shown
    return f"a value of the type {one_line(type(value).__name__)}"


def _asked(question: Callable[[object], str], value: object) -> str:
    try:
        with _limit():
            return one_line(question(value))
    except BaseException as why:
        if _ends_the_command(why):
            raise
        # Nothing else of it may hide the error that is to be named.
        return ""


def _ends_the_command(error: BaseException) -> bool:
    """Whether an error is Ctrl-C or a signal, which no words may swallow."""
    return isinstance(error, KeyboardInterrupt) or getattr(type(error), "is_stop", False)


def one_line(text: str) -> str:
    """Put a plugin's text on one line, and write halves of characters as escapes.

    A line break would let it write lines in the name of officeops, and half a character (a lone
    surrogate, as in a file name that is not UTF-8) cannot be written at all.
    """
    if text.isprintable():
        return text
    parts = [part.strip() for part in text.splitlines()]
    line = " ".join(filter(None, parts))
    return line.encode(errors="backslashreplace").decode()


def trace_of(error: BaseException) -> str:
    """Write the traceback of an error, for the author of the code."""
    from traceback import format_exception, format_tb

    if not _discreet:
        try:
            with _limit():
                return "".join(format_exception(error))
        except BaseException as why:
            # Where its notes or attributes fail, the place alone is shown, below.
            if _ends_the_command(why):
                raise
    return "".join(
        ["Traceback (most recent call last):\n", *format_tb(error.__traceback__), told(error), "\n"]
    )


def place_in(trace: str, plugin: str) -> str:
    """Return the file and line of a traceback that are the plugin's own: keys.py, line 5; or blank.

    It is the last one in a file or folder that has the plugin's name.
    """
    if not trace:
        return ""
    import re

    frames = re.findall(r'^ *File "(.+)", line (\d+)', trace, re.MULTILINE)
    return _last_place(frames, plugin)


def place_of(error: BaseException, plugin: str) -> str:
    """Return the same of an error, without a look at any file: keys.py, line 5; or blank."""
    frames = []
    trace = error.__traceback__
    while trace is not None:
        frames.append((trace.tb_frame.f_code.co_filename, str(trace.tb_lineno)))
        trace = trace.tb_next
    return _last_place(frames, plugin)


def beginning_of(function: object, plugin: str) -> str:
    """Return the file and line where a plugin's function begins: keys.py, line 5; or blank.

    It is the place of an answer of the wrong type, which no line of the plugin raised.
    """
    code = getattr(function, "__code__", None)
    frames = [(code.co_filename, str(code.co_firstlineno))] if code else []
    return _last_place(frames, plugin)


def declared_in(
    owner: type,
    declaration: str,
    plugin: str,
) -> str:
    """Return the file and line of a declaration in a class of a plugin: keys.py, line 5; or blank.

    `declaration` is a pattern of its text. The file is read: nothing else knows the line.
    """
    import re
    import sys
    from pathlib import Path

    file = str(getattr(sys.modules.get(owner.__module__), "__file__", None) or "")
    try:
        text = Path(file).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    place = re.search(rf"^class {owner.__name__}\b(?:.|\n)*?({declaration})", text, re.MULTILINE)
    if place is None:
        return ""
    number = text.count("\n", 0, place.start(1)) + 1
    return _last_place([(file, str(number))], plugin)


def begun_in(function: object, trace: str) -> str:
    """Put the line of a function into the traceback of its wrong answer, which has none of it."""
    code = getattr(function, "__code__", None)
    if code is None:
        return trace
    head, line, rest = trace.partition("\n")
    frame = f'  File "{code.co_filename}", line {code.co_firstlineno}, in {code.co_name}'
    return f"{head}{line}{frame}\n{rest}"


def _last_place(frames: Iterable[tuple[str, str]], plugin: str) -> str:
    from pathlib import Path

    # The rule of another plugin may have raised the error, and is not at fault.
    package = str(Path(__file__).parents[1])
    names = {plugin, f"{plugin}.py", f"officeops_{plugin}"}
    place = ""
    for path, number in frames:
        is_ours = path.startswith(f"{package}/")
        if not is_ours and not names.isdisjoint(Path(path).parts):
            place = f"{Path(path).name}, line {number}"
    return place
