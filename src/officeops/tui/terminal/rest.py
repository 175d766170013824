"""Rest: whether everything that a key began has ended, so that the next key finds the screen it was typed for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual._queue import Queue
    from textual.app import App
    from textual.message_pump import MessagePump


def at_rest(app: App[Any]) -> bool:
    """Whether no part of the interface has a message to take, or is taking one, or waits for the screen to be drawn.

    Threads are no part of it. Textual keeps this private, and has no public way to ask.
    """
    if any(screen._callbacks for screen in app.screen_stack):  # noqa: SLF001
        return False
    return _rests(app) and all(map(_rests, list(app._registry)))  # noqa: SLF001


def _rests(pump: MessagePump) -> bool:
    """Whether a part waits for its next message; one that closes, or failed, takes none."""
    if pump._closing or pump._closed or (pump._is_mounted and not pump._running):  # noqa: SLF001
        return True
    if not pump._is_mounted or pump._next_callbacks or pump._pending_message is not None:  # noqa: SLF001
        return False
    queue: Queue[Any] = pump._message_queue  # noqa: SLF001
    # Somebody waits for the queue's event only between two messages; while one is taken, nobody does.
    return queue.empty() and bool(queue.ready_event._waiters)  # noqa: SLF001
