"""ArrivalDriver: when keys arrived, and Esc apart from Alt.

The pace of keys tells a scanner from a person. Textual stamps each key as it is parsed, and while
the program is busy the keys of one packet are parsed tens of milliseconds apart. So the time is
taken where the bytes are read: all keys of a packet have one.

A terminal sends Alt and a letter as Esc and the letter. Nothing here uses Alt, so it is Esc and the
letter: a line that stalls sends them in one packet, and Textual would drop the Esc.

The other side of the line is a client of SSH, which may send anything: the window, pasted text and
the keys that wait have bounds, so that nothing it sends fills the memory.
"""

from __future__ import annotations

import os
import re
import selectors
import time
from codecs import getincrementaldecoder
from typing import TYPE_CHECKING, Final

from textual import events
from textual._time import get_time
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size

from officeops.tui.terminal.plain_letters import plain_letters
from officeops.values.window_size import bounded, settled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from threading import Event

    from textual.message import Message

#: Seconds between two checks whether the program ends. After as many, a lone Esc is no arrow key.
TICK: Final = 0.1
#: Bytes read at once: more than any scanner sends.
PACKET: Final = 4096
#: Characters of one paste that are taken; the rest of it is left out. No field holds as many.
LONGEST_PASTE: Final = 200_000
#: Messages that wait in the program, from which on nothing more is read: the client has to wait.
MOST_WAITING: Final = 2_000
ESCAPE: Final = "\x1b"
#: The start and end of pasted text, and an Esc that starts no sequence. Alt and Backspace deletes a
#: word, and stays together.
_MARKS: Final = re.compile(r"(\x1b\[200~|\x1b\[201~|\x1b(?![\[O\x7f]))")
#: The end of a packet that may go on in the next one.
_OPEN_END: Final = re.compile(r"\x1b(?:\[(?:2(?:0[01]?)?)?)?\Z")


class Stream:
    """Cuts what comes over the line into pieces: `ESCAPE` for that key, and text for Textual."""

    def __init__(self) -> None:
        self._pasting = False
        self._open_end = ""
        self._pasted = 0

    def take(self, text: str) -> Iterator[str]:
        """Yield the pieces of a packet.

        An Esc at its end waits for the next packet: an arrow key may begin with it.
        """
        text = self._open_end + text
        self._open_end = ""
        end = _OPEN_END.search(text)
        if end:
            self._open_end = end.group()
            text = text[: end.start()]
        for piece in _MARKS.split(text):
            if piece.startswith(f"{ESCAPE}[20"):
                self._pasting = piece.endswith("200~")
                self._pasted = 0
            elif self._pasting:
                piece = piece[: LONGEST_PASTE - self._pasted]  # noqa: PLW2901 - its bounded part
                self._pasted += len(piece)
            if piece:
                yield piece

    def pause(self) -> Iterator[str]:
        """Yield the end that waited: nothing followed it."""
        open_end, self._open_end = self._open_end, ""
        if open_end:
            yield open_end

    @property
    def is_pasting(self) -> bool:
        """Whether the pieces are pasted text, where an Esc is no key."""
        return self._pasting


class ArrivalDriver(LinuxDriver):
    """A terminal's driver whose keys carry the time at which their packet was read.

    `waiting` counts the messages that wait in the program. `is_gone` is called, in the thread that
    reads, where nobody is at the other end any more.
    """

    waiting: Callable[[], int] = staticmethod(lambda: 0)
    is_gone: Callable[[Event], None] = staticmethod(lambda _: None)

    def run_input_thread(self) -> None:
        """Read the terminal until the program ends, in a thread of its own."""
        parser, stream = XTermParser(self._debug), Stream()
        # Bytes that are no text are a mark each: they must not end the session in a fault.
        decode = getincrementaldecoder("utf-8")("replace").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if self.waiting() > MOST_WAITING:
                    time.sleep(TICK)
                    continue
                if selector.select(TICK):
                    packet = self._read()
                    if not packet:
                        self.is_gone(self.exit_event)
                        return
                    pieces = stream.take(decode(packet))
                else:
                    pieces = stream.pause()
                arrived = get_time()
                for piece in pieces:
                    self._pass_on(_events(piece, stream, parser), arrived)
                # The parser ends a sequence that stays incomplete.
                self._pass_on(parser.tick(), arrived)

    def _read(self) -> bytes:
        """Return what the terminal sent; nothing where it is gone."""
        try:
            return os.read(self.fileno, PACKET)
        except OSError:
            return b""

    def process_message(self, message: Message) -> None:
        """Pass on a message, the size of a window within bounds: the terminal may send it as keys."""
        if isinstance(message, events.Resize):
            size = Size(*bounded(*message.size))
            message = events.Resize(size, size)
        super().process_message(message)

    def _get_terminal_size(self) -> tuple[int, int]:
        """Return the size of the window. Textual's method of this name is private."""
        return settled(self.fileno)

    def _pass_on(self, messages: Iterable[Message], arrived: float) -> None:
        for message in messages:
            message.time = arrived
            self.process_message(message)


class PlainDriver(ArrivalDriver):
    """The driver of a terminal whose language has no UTF-8: what it writes is ASCII."""

    def write(self, data: str) -> None:
        """Write the screens in letters that the terminal has."""
        super().write(plain_letters(data))


def _events(
    piece: str,
    stream: Stream,
    parser: XTermParser,
) -> Iterable[Message]:
    if piece == ESCAPE and not stream.is_pasting:
        return [events.Key("escape", ESCAPE)]
    return parser.feed(piece)
