"""When keys arrive: one clock reading for everything that came over the line in one packet.

A scanner is told from a person by its pace. Textual stamps each key as it is parsed, and while the program is busy
the keys of one packet are parsed tens of milliseconds apart; so the time is taken where the bytes are read.
"""

from __future__ import annotations

import os
import selectors
from codecs import getincrementaldecoder
from typing import TYPE_CHECKING, Final

from textual._time import get_time
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.message import Message

#: Seconds between two looks at whether the program ends, or a lone Esc is no arrow key.
TICK: Final = 0.1
#: Bytes read at once; more than any scanner sends.
PACKET: Final = 4096


class ArrivalDriver(LinuxDriver):
    """A terminal's driver whose keys carry the moment at which their packet was read."""

    def run_input_thread(self) -> None:
        """Read the terminal until the program ends, in a thread of its own."""
        parser, decode = XTermParser(self._debug), getincrementaldecoder("utf-8")().decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                text = decode(os.read(self.fileno, PACKET)) if selector.select(TICK) else ""
                if text:
                    self._pass_on(parser.feed(text))
                self._pass_on(parser.tick())

    def _pass_on(self, messages: Iterable[Message]) -> None:
        arrived = get_time()
        for message in messages:
            message.time = arrived
            self.process_message(message)
