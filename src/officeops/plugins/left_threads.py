"""Left threads: a thread that a plugin started and that does not end must not keep the command.

Python waits for every ordinary thread before a process ends: a command that has printed its answer
would hang for good, and cron's next one with it.
"""

from __future__ import annotations

import _thread
import os
import sys
import time
from typing import TYPE_CHECKING, Final

from officeops.model.exit_codes import INCOMPLETE, SIGNAL, USAGE, leading

if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import Thread
    from types import FrameType

    #: Names the plugin whose code leads to a frame, and its function.
    PluginOf = Callable[[FrameType | None], tuple[str, str] | None]

#: Seconds that threads have to end by themselves once the command has its answer.
PATIENCE: Final = 2.0


def end_despite(code: int, plugin_of: PluginOf) -> None:
    """Have the process end with a code though threads are left; without any, do nothing.

    The caller goes on to end the process as usual, which waits for them. If they take longer than
    `PATIENCE`, the process ends with `INCOMPLETE`, as for any plugin that failed.
    """
    if _left():
        # Nothing is written out any more where the process ends at once.
        sys.stdout.flush()
        sys.stderr.flush()
        _thread.start_new_thread(_end_later, (code, plugin_of))


def _left() -> list[Thread]:
    """List the threads that Python waits for; none where no code has imported `threading`."""
    threading = sys.modules.get("threading")
    if threading is None:
        return []
    main = threading.main_thread()
    return [thread for thread in threading.enumerate() if not (thread.daemon or thread is main)]


def _end_later(code: int, plugin_of: PluginOf) -> None:
    time.sleep(PATIENCE)
    threads = _left()
    if not threads:
        return
    for sentence in dict.fromkeys(_sentence(thread, plugin_of) for thread in threads):
        os.write(2, f"officeops: {sentence}\n".encode(errors="backslashreplace"))
    # A wrong line and a signal have codes that stand alone.
    is_alone = code == USAGE or code >= SIGNAL
    os._exit(code if is_alone else leading((code, INCOMPLETE)))


def _sentence(thread: Thread, plugin_of: PluginOf) -> str:
    frame = sys._current_frames().get(thread.ident or 0)  # noqa: SLF001 - the one way to know
    found = plugin_of(frame)
    if found is None:
        return "a thread that a plugin started did not end; the command ended without it."
    plugin, function = found
    return f"plugin {plugin}: its thread in {function}() did not end; the command ended without it."
