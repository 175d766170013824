"""When keys arrive: one clock reading for everything that came over the line in one packet, and Esc told from Alt.

A scanner is told from a person by its pace. Textual stamps each key as it is parsed, and while the program is busy
the keys of one packet are parsed tens of milliseconds apart; so the time is taken where the bytes are read.

A terminal sends Alt and a letter as Esc and the letter. Nothing here is done with Alt, so it is Esc and the letter: a
line that stalls sends them in one packet, and Textual would drop the Esc.
"""

from __future__ import annotations

import os
import re
import selectors
from codecs import getincrementaldecoder
from typing import TYPE_CHECKING, Final

from textual import events
from textual._time import get_time
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from textual.message import Message

#: Seconds between two looks at whether the program ends; a lone Esc is no arrow key after as many.
TICK: Final = 0.1
#: Bytes read at once; more than any scanner sends.
PACKET: Final = 4096
ESCAPE: Final = "\x1b"
#: The beginning and end of pasted text, and an Esc that begins no sequence; Alt and Backspace deletes a word.
_MARKS: Final = re.compile(r"(\x1b\[200~|\x1b\[201~|\x1b(?![\[O\x7f]))")
#: What may go on in the next packet.
_OPEN_END: Final = re.compile(r"\x1b(?:\[(?:2(?:0[01]?)?)?)?\Z")


class Stream:
    """What comes over the line, cut into pieces: `ESCAPE` for the key of that name, and what Textual can read."""

    def __init__(self) -> None:
        self._pasting = False
        self._kept = ""

    def take(self, text: str) -> Iterator[str]:
        """Yield the pieces of a packet. An Esc at its end is kept: it may be the beginning of an arrow key."""
        text, self._kept = self._kept + text, ""
        if end := _OPEN_END.search(text):
            text, self._kept = text[: end.start()], end.group()
        for piece in _MARKS.split(text):
            if piece.startswith(f"{ESCAPE}[20"):
                self._pasting = piece.endswith("200~")
            if piece:
                yield piece

    def pause(self) -> Iterator[str]:
        """Yield what was kept, for nothing followed."""
        kept, self._kept = self._kept, ""
        if kept:
            yield kept

    @property
    def is_pasting(self) -> bool:
        """Whether what comes is being pasted, where an Esc is no key."""
        return self._pasting


class ArrivalDriver(LinuxDriver):
    """A terminal's driver whose keys carry the moment at which their packet was read."""

    def run_input_thread(self) -> None:
        """Read the terminal until the program ends, in a thread of its own."""
        parser, stream = XTermParser(self._debug), Stream()
        decode = getincrementaldecoder("utf-8")().decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                came = selector.select(TICK)
                pieces = (
                    stream.take(decode(os.read(self.fileno, PACKET))) if came else stream.pause()
                )
                arrived = get_time()
                for piece in pieces:
                    is_key = piece == ESCAPE and not stream.is_pasting
                    self._pass_on(
                        [events.Key("escape", ESCAPE)] if is_key else parser.feed(piece), arrived
                    )
                self._pass_on(parser.tick(), arrived)

    def _pass_on(self, messages: Iterable[Message], arrived: float) -> None:
        for message in messages:
            message.time = arrived
            self.process_message(message)
