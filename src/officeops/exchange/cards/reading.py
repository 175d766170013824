"""Reading vCards, as leniently as address books write them.

The reader is our own: vobject 0.9, the library for cards, stops at a line that breaks the rules, as
those of Android, iPhone, Outlook and Lotus Notes do. Everything that a card says is kept but pictures, sounds and keys, which are no text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO, Final

from officeops.exchange.cards.card import PREFERRED, Card, CardProperty, escaped
from officeops.exchange.formats.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    #: A line's number and its bytes.
    Line = tuple[int, bytes]

#: The most bytes of a file, and of one text that is kept.
FILE_LIMIT: Final = 256 << 20
TEXT_LIMIT: Final = 20_000
_LINE_END: Final = re.compile(rb"\r+\n|\n|\r")
_BEGIN: Final = re.compile(rb"\s*BEGIN\s*:\s*VCARD\s*", re.IGNORECASE)
_END: Final = re.compile(rb"\s*END\s*:\s*VCARD\s*", re.IGNORECASE)
_VERSION_21: Final = re.compile(rb"\s*VERSION\s*:\s*2\.1\s*", re.IGNORECASE)
_QUOTED: Final = re.compile(rb"[^:]*;\s*(ENCODING\s*=\s*)?QUOTED-PRINTABLE", re.IGNORECASE)
_BASE64: Final = re.compile(rb"[^:]*;\s*(ENCODING\s*=\s*)?(BASE64|B)\s*[;:]", re.IGNORECASE)
#: A line that begins a property of nearly every card. A soft break goes on with it only where a
#: new line of a text begins: some programs write the break after the last word, too.
_BEGINS: Final = re.compile(rb"(?:TEL|EMAIL|ADR|ORG|NOTE|TITLE|URL|REV|LABEL|FN|N|BDAY|UID)[;:]")
_NEW: Final = b"=0A="
_BASE64_LINE: Final = re.compile(rb"[A-Za-z0-9+/=\s]+")
_AGENT: Final = re.compile(rb"\s*AGENT[^:]*:\s*", re.IGNORECASE)
#: A parameter, or the name of the property, up to a semicolon or the colon; values may be quoted.
_HEAD: Final = re.compile(r'((?:[^;:"]|"[^"]*")*)([;:])')
_ENCODINGS: Final = frozenset({"QUOTED-PRINTABLE", "BASE64", "B", "8BIT", "7BIT"})
_BINARY: Final = frozenset({"BASE64", "B"})
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
#: Properties that belong to a file, not to what it describes.
_OF_FILE: Final = frozenset({"BEGIN", "END", "VERSION"})


def read_cards(
    stream: BinaryIO,
    name: str,
    note: Callable[[str], object],
) -> Iterator[Card]:
    """Yield the cards of a file; `note` gets a sentence on each part that it leaves out.

    Raises Unreadable, with the line, for a file without a card.
    """
    # A byte more than is taken tells a file that is too large.
    data = stream.read(FILE_LIMIT + 1)
    if len(data) > FILE_LIMIT:
        raise Unreadable(f"{name} is larger than {FILE_LIMIT >> 20} MiB. Split it.")
    lines = list(enumerate(_LINE_END.split(_as_utf8(data)), 1))
    left = _Left(name)
    cards = 0
    # The parts left out are known at the end, so the notes come last.
    for card in _cards(lines, left):
        cards += 1
        yield card
    if not cards:
        raise Unreadable(f"{name} has no vCard: no line is BEGIN:VCARD.", 1)
    for sentence in left.sentences():
        note(sentence)


class _Left:
    """The parts left out or corrected, counted for one sentence each."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.pictures = 0
        self.too_long = 0
        self.without_colon: list[int] = []
        self.without_end: list[int] = []

    def sentences(self) -> Iterator[str]:
        if self.pictures:
            yield f"Pictures, sounds and keys are left out: {self.pictures:,}."
        if self.too_long:
            yield f"Texts of more than {TEXT_LIMIT:,} characters are left out: {self.too_long:,}."
        if self.without_colon:
            yield f"Lines without a colon are left out: {_listed(self.without_colon)}."
        if self.without_end:
            yield f"Cards without END:VCARD begin on line {_listed(self.without_end)}."


def _listed(numbers: Sequence[int]) -> str:
    more = ", …" if len(numbers) > 5 else ""
    return ", ".join(map(str, numbers[:5])) + more


def _as_utf8(data: bytes) -> bytes:
    for mark, codec in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return data[2:].decode(codec, "replace").encode()
    # Without a mark the zeros of the first letter, which is ASCII, tell.
    for place, codec in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(data) > 1 and not data[place] and data[1 - place]:
            return data.decode(codec, "replace").encode()
    return data.removeprefix(b"\xef\xbb\xbf")


def _cards(lines: Sequence[Line], left: _Left) -> Iterator[Card]:
    """Cut a file into its cards; one inside another, an agent's, belongs to it."""
    # The line before tells a card of its own from an agent's inside another.
    own: list[Line] = []
    start = depth = 0
    before = b""
    for number, line in lines:
        if _BEGIN.fullmatch(line):
            if start and _AGENT.fullmatch(before):
                depth += 1
                continue
            if start:
                left.without_end.append(start)
                yield _card(
                    start,
                    own,
                    left,
                )
            start, depth, own = number, 0, []
        elif start and _END.fullmatch(line):
            if depth:
                depth -= 1
                continue
            yield _card(
                start,
                own,
                left,
            )
            start = 0
        elif start and not depth:
            own.append((number, line))
        before = line if line.strip() else before
    if start:
        left.without_end.append(start)
        yield _card(
            start,
            own,
            left,
        )


def _card(
    start: int,
    lines: Sequence[Line],
    left: _Left,
) -> Card:
    is_old = any(_VERSION_21.fullmatch(line) for _, line in lines)
    properties = []
    for number, line in _unfolded(lines, is_old=is_old):
        entry = _property(
            number,
            line,
            left,
            is_old=is_old,
        )
        if entry is not None:
            properties.append(entry)
    return Card(start, tuple(properties))


def _unfolded(lines: Sequence[Line], *, is_old: bool) -> Iterator[Line]:
    """Join the lines of each property.

    A line that begins with a blank goes on with the one before. A soft break of quoted-printable
    ends with `=`, and base64 goes on until a line that is none.
    """
    first, whole = 0, b""
    for number, line in lines:
        if first and _is_broken(whole) and not (_BEGINS.match(line) and not whole.endswith(_NEW)):
            whole = whole[:-1] + line
        elif first and line[:1] in (b" ", b"\t"):
            # Version 2.1 folds at a blank, which is part of the value.
            whole += line if is_old and not _BASE64.match(whole) else line[1:]
        elif first and _BASE64.match(whole) and _BASE64_LINE.fullmatch(line):
            whole += line.strip()
        elif line.strip():
            if first:
                yield first, whole
            first, whole = number, line
    if first:
        yield first, whole


def _is_broken(whole: bytes) -> bool:
    """Whether a property of quoted-printable goes on behind a soft break."""
    return whole.endswith(b"=") and _QUOTED.match(whole) is not None


def _property(
    number: int,
    line: bytes,
    left: _Left,
    *,
    is_old: bool,
) -> CardProperty | None:
    """Read one property; None for one that is left out."""
    names: list[str] = []
    # Every byte is one character here, so a place in the text is one in the line.
    text, place, mark = line.decode("latin-1"), 0, ""
    while mark != ":" and (match := _HEAD.match(text, place)):
        names.append(match[1].strip())
        mark, place = match[2], match.end()
    if mark != ":" or not names[0]:
        left.without_colon.append(number)
        return None
    group, _, name = names[0].rpartition(".")
    name = _decoded(name.encode("latin-1"), "")
    # Others' own names stay as they are written.
    name = name if name[:2] in ("X-", "x-") else name.upper()
    params, encoding, charset = _params(names[1:])
    if name in _OF_FILE or (name == "AGENT" and place >= len(text.rstrip())):
        return None
    value = _value(
        line[place:],
        encoding,
        charset,
        is_old=is_old,
    )
    is_picture = encoding in _BINARY or (value.startswith("data:") and ";base64," in value[:100])
    if is_picture:
        left.pictures += 1
        return None
    if len(value) > TEXT_LIMIT:
        left.too_long += 1
        return None
    # Version 3.0 demands a name, and companies have an empty one.
    if name == "N" and not value.strip(" ;"):
        return None
    return CardProperty(
        name,
        value,
        params,
        group,
    )


def _params(texts: Sequence[str]) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], str, str]:
    """Read parameters; return them, the encoding and the character set.

    Version 2.1 writes `TEL;WORK;FAX`. Version 4.0 writes PREF=1 for the preferred one.
    """
    values: dict[str, list[str]] = {}
    for text in texts:
        name, equals, rest = _decoded(text.encode("latin-1"), "").partition("=")
        name = name.strip().upper()
        if not equals:
            name, rest = ("ENCODING" if name in _ENCODINGS else "TYPE"), name.lower()
        if name == "TYPE":
            # Some quote a whole list of types, which means the types in it.
            rest = rest.replace('"', "")
        for value in re.findall(r'"[^"]*"|[^,]+', rest):
            values.setdefault(name, []).append(_plain(value.strip().strip('"')))
    # These say how the value is written, not what it says.
    encoding = "".join(values.pop("ENCODING", [])[:1]).upper()
    charset = "".join(values.pop("CHARSET", [])[:1])
    if values.get("PREF") == ["1"]:
        del values["PREF"]
        values.setdefault("TYPE", []).append(PREFERRED)
    if "TYPE" in values:
        values["TYPE"] = [*dict.fromkeys(map(_type, values["TYPE"]))]
    return tuple((name, tuple(given)) for name, given in values.items()), encoding, charset


def _type(value: str) -> str:
    return PREFERRED if value.lower() == PREFERRED else value


def _plain(value: str) -> str:
    """Read a parameter's value (RFC 6868)."""
    carets = {"^^": "^", "^n": "\n", "^'": '"'}
    return _CONTROL.sub(
        "",
        re.sub(
            r"\^[\^n']",
            lambda match: carets[match[0]],
            value,
        ),
    )


def _value(
    data: bytes,
    encoding: str,
    charset: str,
    *,
    is_old: bool,
) -> str:
    """Read a value into the form of version 3.0 and 4.0."""
    if encoding == "QUOTED-PRINTABLE":
        from quopri import decodestring

        data = decodestring(data)
    text = _decoded(data, charset).strip(" \t")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if is_old:
        # A NUL takes the place of an escaped semicolon while the value is split at the others.
        # Version 2.1 escapes semicolons alone, and its commas part nothing.
        parts = [part.replace("\0", ";") for part in text.replace("\\;", "\0").split(";")]
        text = ";".join(map(escaped, parts))
    text = text.replace("\n", "\\n")
    return _CONTROL.sub("", text)


def _decoded(data: bytes, charset: str) -> str:
    """Decode a text by its character set, else as UTF-8, else as Windows does."""
    # Old programs write the letters of Windows and say nothing of it.
    for codec in filter(None, (charset, "utf-8", "cp1252")):
        try:
            return data.decode(codec)
        except (LookupError, UnicodeError):
            continue
    return data.decode("latin-1")
