"""Which characters the bytes of a text file stand for, settled before the first row is read."""

from __future__ import annotations

import codecs
from itertools import chain
from typing import TYPE_CHECKING

from officeops.exchange.formats.source import CHUNK, Source
from officeops.exchange.formats.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LABELS = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
    "utf-32-le": "UTF-32",
    "cp1252": "Windows-1252",
    "mac_roman": "Mac Roman",
    "cp850": "DOS (code page 850)",
}
#: Encodings by the names that people know.
_NAMED = {
    name.casefold(): codec
    for codec, name in _LABELS.items()
    if "le" not in codec and "be" not in codec
} | {
    "macroman": "mac_roman",
    "macintosh": "mac_roman",
    "x-mac-roman": "mac_roman",
    "western (macintosh)": "mac_roman",
    "ansi": "cp1252",
    "windows latin 1": "cp1252",
    "dos": "cp850",
}
_NO_FILE = frozenset(
    {
        "idna",
        "punycode",
        "unicode_escape",
        "unicode-escape",
        "raw_unicode_escape",
        "raw-unicode-escape",
    }
)  # of names and of programs
_WESTERN = ("cp1252", "mac_roman", "cp850")
_SAMPLE = 1 << 16


def settle(
    source: Source,
    wanted: str | None = None,
    longest_line: int | None = None,
) -> str:
    """The codec of a text file, proved on every byte of it. The source then knows its digest.

    `wanted` is a person's own choice. Otherwise a byte order mark decides, then the zero bytes of
    UTF-16, then valid UTF-8; any other file is taken for an old Western single-byte encoding.
    Raises `Unreadable` for bytes that do not fit, zero characters, and lines of more than
    `longest_line` characters.
    """
    head = source.head(4096)
    codec = _sided(_known(wanted), head) if wanted else _announced(head)
    wrong = survey(source, codec, longest_line)
    if wrong is None:
        return codec
    if wanted or codec != "utf-8" or _mostly_utf8(source):
        line = _line_at(source, codec, wrong)
        raise Unreadable(
            f"Line {line} of {source.name} has characters that are not valid {label(codec)}. "
            "Save the file again as UTF-8, or name its encoding: "
            "--encoding cp1252, mac_roman, cp850, cp1250 or cp1251.",
            line,
        )
    _refuse_mixed(source)
    codec = _western(source)
    if survey(source, codec, longest_line) is not None:
        raise Unreadable(
            f"The encoding of {source.name} could not be recognised. "
            "Save it as UTF-8, or name it: --encoding cp1250 or cp1251."
        )
    return codec


def label(codec: str) -> str:
    """The encoding's name as people know it."""
    return _LABELS.get(codec, codec)


def doubt(codec: str, wanted: str | None) -> list[str]:
    """A sentence about a codec that is only likely; none about a sure one."""
    if wanted is not None or codec not in _WESTERN:
        return []
    others = ", ".join(name for name in _WESTERN if name != codec)
    sentence = (
        "The encoding is a guess. Should letters look wrong, "
        f"name another: --encoding {others} or cp1250, cp1251."
    )
    return [sentence]


def survey(
    source: Source,
    codec: str,
    longest_line: int | None = None,
) -> int | None:
    """Decode and hash the whole file.

    Returns the position of the first character that cannot be decoded, if there is one.
    """
    decoder = codecs.getincrementaldecoder(codec)()
    done = 0
    open_line = 0
    for chunk in chain(source.hashed(), [b""]):
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            return done + len(error.object[: error.start].decode(codec, "replace"))
        except UnicodeError:
            return done
        if "\0" in text:
            _refuse_zero(source, codec, done + text.index("\0"))
        last = max(text.rfind("\n"), text.rfind("\r"))
        open_line = open_line + len(text) if last < 0 else len(text) - last
        done += len(text)
        if longest_line is not None and open_line > longest_line:
            line = _line_at(source, codec, done - 1)
            raise Unreadable(
                f"Line {line} of {source.name} has no end. This does not look like a table.", line
            )
    return None


def _known(wanted: str) -> str:
    # People name an encoding as messages and programs do: Mac Roman, Western (Macintosh).
    wanted = _NAMED.get(wanted.strip().casefold(), wanted.strip())
    try:
        # Unlike codecs.lookup, this refuses codecs that are not of text, such as base64.
        "a".encode(wanted)
        codecs.getincrementaldecoder(wanted)
    except (LookupError, ValueError):
        known = ""
    else:
        known = codecs.lookup(wanted).name
    if not known or known in _NO_FILE:
        raise Unreadable(
            f"There is no encoding {wanted[:40]!r}. Common ones are utf-8, utf-16 and cp1252."
        )
    return known


def _sided(codec: str, head: bytes) -> str:
    """Add the order of bytes to UTF-16 or UTF-32, where the file has no mark of it."""
    if codec not in {"utf-16", "utf-32"}:
        return codec
    marks = tuple([mark for mark, announced in _MARKS if announced == codec])
    if head.startswith(marks):
        return codec
    if codec == "utf-32":
        return "utf-32-le"
    return _by_zeros(head) or "utf-16-le"


def _announced(head: bytes) -> str:
    for mark, codec in _MARKS:
        if head.startswith(mark):
            return codec
    return _by_zeros(head) or "utf-8"


def _by_zeros(head: bytes) -> str | None:
    """UTF-16 without a mark, by its zeros: of Western text every other byte is one."""
    half = len(head) // 2
    first = head[0 : half * 2 : 2].count(0)
    second = head[1 : half * 2 : 2].count(0)
    if second * 4 > half and first * 20 <= half:
        return "utf-16-le"
    if first * 4 > half and second * 20 <= half:
        return "utf-16-be"
    return None


def _mostly_utf8(source: Source) -> bool:
    """Whether the file is UTF-8 with some damage.

    Read as anything else, all its good letters would turn bad.
    """
    text = _foreign_lines(source).decode("utf-8", "surrogateescape")
    broken = sum("\udc80" <= letter <= "\udcff" for letter in text)
    return sum(not letter.isascii() for letter in text) > 2 * broken


def _refuse_mixed(source: Source) -> None:
    """Raise `Unreadable` where some lines are UTF-8 and others are not.

    Two exports were joined, and one of them would turn bad.
    """
    good = 0
    bad = 0
    for number, line in _lines(source):
        if line.isascii():
            continue
        try:
            line.decode()
        except UnicodeDecodeError:
            bad = bad or number
        else:
            good = good or number
        if good and bad:
            raise Unreadable(
                f"{source.name} is in two encodings: line {good} is UTF-8, line {bad} is not. "
                "Save it again in one; or, should all of it be in the older one, name that: "
                "--encoding cp1252.",
                bad,
            )


def _lines(source: Source) -> Iterator[tuple[int, bytes]]:
    """The physical lines, from 1, without a byte order mark.

    A last one that never ends is left out.
    """
    done = 0
    rest = b""
    with source.reader() as file:
        if file.peek(3).startswith(codecs.BOM_UTF8):
            file.read(3)
        while len(rest) < CHUNK and (chunk := file.read(CHUNK)):
            lines = (rest + chunk).splitlines(keepends=True)
            # What ends a piece may be half a line, or half of \r\n.
            rest = lines.pop()
            yield from enumerate(lines, done + 1)
            done += len(lines)
    if len(rest) < CHUNK:
        yield done + 1, rest


def _western(source: Source) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(
        _foreign_lines(source), cp_isolation=list(_WESTERN), enable_fallback=False
    ).best()
    return best.encoding if best is not None else _WESTERN[0]


def _foreign_lines(source: Source) -> bytes:
    """The first lines that are not ASCII; the others say nothing about the encoding."""
    sample = bytearray()
    with source.reader() as file:
        while len(sample) < _SAMPLE and (line := file.readline(_SAMPLE)):
            if not line.isascii():
                sample += line
    return bytes(sample)


def _refuse_zero(
    source: Source,
    codec: str,
    position: int,
) -> None:
    line = _line_at(source, codec, position)
    raise Unreadable(
        f"Line {line} of {source.name} has a zero byte, which no text has. "
        "Export it again as CSV, XLSX or JSON.",
        line,
    )


def _line_at(
    source: Source,
    codec: str,
    position: int,
) -> int:
    """The physical line, from 1, of a character."""
    line = 1
    with source.text(codec, errors="replace") as text:
        while position > 0 and (piece := text.readline(min(CHUNK, position))):
            position -= len(piece)
            line += piece.endswith(("\n", "\r"))
    return line
