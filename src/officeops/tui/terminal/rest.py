"""Whether everything that a key began has ended.

The next key then finds the screen it was typed for. Textual keeps all of this private, and has no
public way to ask.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual._queue import Queue
    from textual.app import App
    from textual.message_pump import MessagePump


# ruff: noqa: SLF001


def at_rest(app: App[Any]) -> bool:
    """Whether no part of the interface has work.

    That is a message to take, a message it is taking, or a drawing it waits for. Threads are no
    part of the interface.
    """
    for screen in app.screen_stack:
        if screen._callbacks:
            return False
    return _rests(app) and all(map(_rests, list(app._registry)))


def _rests(pump: MessagePump) -> bool:
    """Whether a part waits for its next message; one that closes, or failed, takes none."""
    has_ended = pump._closing or pump._closed
    has_failed = pump._is_mounted and not pump._running
    if has_ended or has_failed:
        return True
    has_work = pump._next_callbacks or pump._pending_message is not None
    if not pump._is_mounted or has_work:
        return False
    queue: Queue[Any] = pump._message_queue
    # A part waits for the queue's event only between two messages; while it takes one, nobody does.
    return queue.empty() and bool(queue.ready_event._waiters)
