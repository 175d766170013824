"""Meanings: what a key does, in one word, and the one letter by which every screen does it.

Actions and screens name a meaning and never a letter, so a letter means one thing wherever it is
pressed. What has no meaning here has no letter: it is in the menu of `a`, by its name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.model.errors import UsageProblem
from officeops.model.immutable import Value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from officeops.model.office import Office as AnyOffice


class Meaning(Value):
    """One thing that keys do, and its letter.

    - `does` says it in a sentence, for help and the table of the keys.
    - `fixed` is the program's own on every screen; a plugin names none of these.
    - `asks`: a question comes before it is done, and its answer is never the letter.
    - `acts` may be the meaning of an action on a record; the others are of keys on screens.
    """

    word: str
    letter: str
    does: str
    fixed: bool = False
    asks: bool = False
    acts: bool = False


# Capitals are for what asks, and for the reverse of a small letter: nothing that sends, pays or
# decides is under a letter that a slip of the hand reaches. Over a slow line an arrow key may arrive
# in pieces, as Esc, `[` and one of A B C D F H O, so those capitals have no meaning.
MEANINGS: Final = (
    Meaning("act", "a", "Choose among all that can be done here", fixed=True),
    Meaning("browse", "b", "Choose a type of record to list", fixed=True),
    Meaning("copy", "c", "Copy the name of the row", fixed=True),
    Meaning("do", "d", "Settle it: finish, review or book", acts=True),
    Meaning("edit", "e", "Change it", acts=True),
    Meaning("next", "f", "Go forward to the next that waits"),
    Meaning("first", "g", "First row", fixed=True),
    Meaning("back", "h", "Go back; nothing is lost", fixed=True),
    Meaning("use", "i", "Issue it: take it for use", acts=True),
    Meaning("down", "j", "Row down", fixed=True),
    Meaning("up", "k", "Row up", fixed=True),
    Meaning("open", "l", "Open it"),
    Meaning("mine", "m", "Show your own alone, or all again"),
    Meaning("new", "n", "Add one here"),
    Meaning("order", "o", "Order it from a vendor", acts=True),
    Meaning("print", "p", "Print it", acts=True),
    Meaning("quit", "q", "Leave officeops", fixed=True),
    Meaning("receive", "r", "Book goods that arrived or came back", acts=True),
    Meaning("snooze", "s", "Put it off until a day"),
    Meaning("sort", "t", "Sort by a column"),
    Meaning("undo", "u", "Undo your last action", fixed=True, asks=True),
    Meaning("seen", "v", "Mark it as seen by you"),
    Meaning("why", "w", "See why, or say why"),
    Meaning("remove", "x", "Archive it, or take the line out", asks=True),
    Meaning("hidden", "z", "Show hidden ones too, or hide them again"),
    Meaning("last", "G", "Last row", fixed=True),
    Meaning("move", "M", "Take it to another place, step or person", acts=True),
    Meaning("deny", "N", "Say no to it", asks=True, acts=True),
    Meaning("pay", "P", "Pay it", asks=True, acts=True),
    Meaning("renew", "R", "Renew it", acts=True),
    Meaning("send", "S", "Send it, or hand it in", asks=True, acts=True),
    Meaning("reverse", "T", "Reverse the order"),
    Meaning("redo", "U", "Undo your last undo", fixed=True, asks=True),
    Meaning("save-view", "V", "Save filter and order as a view"),
    Meaning("restore", "X", "Bring an archived record back"),
    Meaning("approve", "Y", "Say yes to it: approve, accept, release", asks=True, acts=True),
    Meaning("count", "#", "Count the goods on a shelf", acts=True),
)
#: Each meaning by its word.
BY_WORD: Final = {meaning.word: meaning for meaning in MEANINGS}
#: The letter of each meaning, unless the settings of the machine give it another.
LETTERS: Final = {meaning.word: meaning.letter for meaning in MEANINGS}
#: The words that an action of a plugin may name, and those of a key on a plugin's screen.
OF_ACTIONS: Final = [meaning.word for meaning in MEANINGS if meaning.acts]
OF_SCREENS: Final = [meaning.word for meaning in MEANINGS if not meaning.fixed]
#: The answer to every question, and the keys that have other work: none is a letter of a meaning.
TAKEN: Final = "y/?:[]!- +*=.,0123456789ABCDFHO"


def letters_of(changed: Mapping[str, str], where: str) -> dict[str, str]:
    """Return the letter of each meaning, with the changes of a settings table.

    `where` names the table. Raises UsageProblem for a meaning that is not known, and for a letter
    that has work already.
    """
    for word, letter in changed.items():
        if problem := _problem(word, letter):
            raise UsageProblem(f"{where}: {word}: {problem}", code="unknown-choice")
    letters = {**LETTERS, **changed}
    for letter, words in _by_letter(letters).items():
        if len(words) > 1:
            cure = f"give one of them another: free are {', '.join(free(letters))}"
            both = " and ".join(words)
            raise UsageProblem(f"{where}: {letter} would mean {both}; {cure}.", code="taken")
    return letters


def letters_here(office: AnyOffice) -> dict[str, str]:
    """Return the letter of each meaning on the machine of an office."""
    machine = office.machine
    return letters_of(machine.own.letters, f"{machine.shown}: [letters]")


def free(letters: Mapping[str, str] = LETTERS) -> list[str]:
    """Return the letters that mean nothing yet."""
    every = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return [letter for letter in every if letter not in {*TAKEN, *letters.values()}]


def _problem(word: str, letter: str) -> str:
    """Return the problem of one change; blank for none."""
    if word not in BY_WORD:
        return f"there is no such meaning. The meanings are {', '.join(LETTERS)}."
    is_one = len(letter) == 1 and letter.isascii() and letter.isprintable()
    if not is_one or letter in TAKEN:
        return f"{letter!r} cannot be its letter; free are {', '.join(free())}."
    return ""


def _by_letter(letters: Mapping[str, str]) -> dict[str, list[str]]:
    words: dict[str, list[str]] = {}
    for word, letter in letters.items():
        words.setdefault(letter, []).append(word)
    return words
