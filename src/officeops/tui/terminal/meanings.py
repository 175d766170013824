"""Meanings: what an action does, in one word, and the letter by which every screen does it.

Actions name a meaning and never a letter, so the letters can change in this one place, and the same
thing has the same letter wherever it is done. An action without a meaning is reached by `:word`.
"""

from __future__ import annotations

from typing import Final

#: The letter of each meaning. Meanings that no record has together may share one.
LETTERS: Final = {
    "add": "a",
    "approve": "a",
    "assign": "a",
    "grant": "a",
    "call": "c",
    "change": "c",
    "close": "c",
    "complete": "c",
    "deny": "d",
    "make-default": "d",
    "hold": "h",
    "inspect": "i",
    "lend": "l",
    "move": "m",
    "hand-out": "o",
    "remove": "o",
    "use": "o",
    "pay": "p",
    "phone": "p",
    "give": "r",
    "release": "r",
    "renew": "r",
    "return": "r",
    "send": "s",
    "sign": "s",
    "start": "s",
    "submit": "s",
    "receive": "v",
    "verify": "v",
    "revoke": "w",
    "wait": "w",
}
