"""Run command lines in processes of their own, forked from one that has everything imported: `python -m tests.said.server`.

A line of JSON asks for each run; its descriptors are real ones, opened as the line says, and it ends as any Python
process does, by its own clean-up. What came of it goes back as a line of JSON.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import re
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import FrameType

#: Where the answer goes, while standard output is somebody else's.
ANSWER = 30


def serve() -> list[str] | None:
    """Answer line after line. In a child that is to run a command, return its words; at the end of all, None."""
    asked = os.dup2(0, ANSWER + 1, inheritable=False)
    os.dup2(1, ANSWER, inheritable=False)
    for line in os.fdopen(asked, encoding="utf-8", closefd=False):
        job = json.loads(line)
        ends: dict[int, int] = {}
        places = {name: _opened(job[name], ends) for name in ("stdin", "stdout", "stderr")}
        child = os.fork()
        if not child:
            _become(job, places, ends)
            return list(job["words"])
        _answer(child, places, ends, job.get("read", 0))
    return None


def _opened(place: str | None, ends: dict[int, int]) -> int | None:
    """Return a descriptor for what a stream is to be: a file, a pipe that somebody reads or has left, or closed."""
    if place is None:
        return None
    if place in {"gone", "head"}:
        read, write = os.pipe()
        if place == "gone":
            os.close(read)
        else:
            ends[write] = read
        return write
    return os.open(place, os.O_RDWR | os.O_CREAT, 0o600)


def _become(job: dict[str, Any], places: dict[str, int | None], ends: dict[int, int]) -> None:
    """Make of this copy the process that was asked for, as the system and Python would have started it."""
    for read in ends.values():
        os.close(read)
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        place = places[name]
        if place is None:
            os.close(number)
        else:
            os.dup2(place, number)
    for place in {place for place in places.values() if place is not None and place > 2}:
        os.close(place)
    os.close(ANSWER)
    os.close(ANSWER + 1)
    os.environ.clear()
    os.environ.update(job["env"])
    os.chdir(job["folder"])
    sys.stdin = _stream(0, "r", "strict")
    sys.stdout = _stream(1, "w", "strict")
    sys.stderr = _stream(2, "w", "backslashreplace")
    sys.__stdin__, sys.__stdout__, sys.__stderr__ = sys.stdin, sys.stdout, sys.stderr  # type: ignore[misc]
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if job.get("plant"):
        PLANTS[job["plant"]]()
    if job.get("signal"):
        _send_at(job["signal"], job["moment"])
    elif job.get("count"):
        _count(job["count"])


def _stream(number: int, mode: str, errors: str) -> Any:  # noqa: ANN401 - a text stream, or none as Python has it
    """Return what Python makes of a descriptor at its start: nothing, where it is closed."""
    try:
        os.fstat(number)
    except OSError:
        return None
    return open(
        number, mode, 1 if number == 2 else -1, encoding="utf-8", errors=errors, closefd=False
    )


def _answer(child: int, places: dict[str, int | None], ends: dict[int, int], read: int) -> None:
    for place in places.values():
        if place is not None:
            os.close(place)
    for end in ends.values():
        os.read(end, max(1, read))
        os.close(end)
    _, status = os.waitpid(child, 0)
    os.write(ANSWER, json.dumps({"code": os.waitstatus_to_exitcode(status)}).encode() + b"\n")


# -- faults that are planted, to see that they are found ----------------------------------------------------


def _say_nothing_was_written() -> None:
    from officeops.store.commits import Fate

    Fate.sentence = property(lambda _: "Nothing was written.")  # type: ignore[assignment,method-assign]


def _forget_what_was_saved() -> None:
    from officeops.store.commits import Fate

    Fate.saved = lambda *_: None  # type: ignore[method-assign]


def _stop_at_a_lost_line() -> None:
    import io

    from officeops.cli.streams import Sink

    Sink.write = io.FileIO.write  # type: ignore[method-assign]


def _leave_signals_alone() -> None:
    from officeops.store import interruption

    interruption.arm = lambda words: None  # noqa: ARG005 - as it is called


PLANTS = {
    "says nothing was written": _say_nothing_was_written,
    "forgets what was saved": _forget_what_was_saved,
    "stops at a lost line": _stop_at_a_lost_line,
    "leaves signals alone": _leave_signals_alone,
}

# -- moments ----------------------------------------------------------------------------------------------


class _Moments:
    """Counts the lines of officeops and its plugins that a command runs; each is a moment at which a signal may come."""

    def __init__(self, moment: int, number: int, file: str = "") -> None:
        self.moment, self.number, self.file, self.seen = moment, number, file, 0

    def begin(self, frame: FrameType, _: str, __: object) -> Any:  # noqa: ANN401 - a trace function
        """Look at each line of our own code; what Python and click do counts as one moment."""
        ours = "officeops" in frame.f_code.co_filename or "/plugins/" in frame.f_code.co_filename
        return self.line if ours else None

    def line(self, _: FrameType, event: str, __: object) -> Any:  # noqa: ANN401 - likewise
        """Count a line, and send the signal at the one that was chosen."""
        if event == "line":
            self.seen += 1
            if self.seen == self.moment:
                os.kill(os.getpid(), self.number)
        return self.line


def _send_at(number: int, moment: int) -> None:
    sys.settrace(_Moments(moment, number).begin)


def _count(file: str) -> None:
    counter = _Moments(0, 0)
    sys.settrace(counter.begin)
    atexit.register(lambda: Path(file).write_text(str(counter.seen)))


def _import_all() -> None:
    """Import what commands import when they need it, once for all of them."""
    import importlib
    import pkgutil

    for name in ("officeops", "officeops_inventory", "officeops_vendors"):
        package = importlib.import_module(name)
        for found in pkgutil.walk_packages(package.__path__, f"{name}."):
            if not re.search(
                r"tui|testing|authoring|__main__|sheet_child|_screen|\.screen", found.name
            ):
                importlib.import_module(found.name)


def main() -> None:
    """Serve, and in a child run the command to its very end."""
    _import_all()
    gc.freeze()
    words = serve()
    if words is not None:
        _end(_run(words))


def _run(words: list[str]) -> int:
    from officeops.cli import main

    try:
        main(words)
    except SystemExit as done:
        return int(done.code or 0)
    return 0


def _end(code: int) -> None:
    """End as Python does at its exit, but for taking all modules apart, which costs more than the command."""
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError as error:
            code = 120
            os.write(2, f"Exception ignored in: {stream!r}\n{error}\n".encode())
    os._exit(code)


if __name__ == "__main__":
    main()
