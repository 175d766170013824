"""The XML of workbooks, read for single cells: XLSX (ECMA-376), and the parser for ODS too.

Runs in the process that reads the workbook, under its limits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol
from xml.parsers import expat

if TYPE_CHECKING:
    import re
    import zipfile

    #: The names of an archive's parts by their names in small letters.
    Parts = dict[str, str]

_CHUNK = 1 << 20
#: So much of a piece is looked at again with the next one: more than any pattern covers.
_OVERLAP = 200


class Scan(Protocol):
    """Code that follows the elements of a part."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take in the begin of an element."""

    def end(self, tag: str) -> None:
        """Take in the end of an element."""

    def text(self, text: str) -> None:
        """Take in text inside an element."""


def follow(
    archive: zipfile.ZipFile,
    part: str,
    scan: Scan,
) -> None:
    """Read a part of a workbook through with a scan."""
    parser: Any = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = scan.start
    parser.EndElementHandler = scan.end
    parser.CharacterDataHandler = scan.text
    with archive.open(part) as file:
        parser.ParseFile(file)


def is_suspect(
    archive: zipfile.ZipFile,
    part: str,
    sought: re.Pattern[bytes],
) -> bool:
    """Whether a part has bytes like these: most have none, and need no closer look."""
    rest = b""
    with archive.open(part) as file:
        while chunk := file.read(_CHUNK):
            rest += chunk
            if sought.search(rest):
                return True
            rest = rest[-_OVERLAP:]
    return False


def plain_tag(tag: str) -> str:
    """Return a tag without the prefix of its namespace."""
    return tag.rpartition(":")[2]


def elements(text: bytes) -> list[tuple[str, dict[str, str]]]:
    """Return the elements of a short XML part: each tag without its prefix, and its attributes."""
    found: list[tuple[str, dict[str, str]]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        found.append((plain_tag(tag), attributes))

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.Parse(text, True)  # noqa: FBT003 - expat takes it by place
    return found


def parts_of(archive: zipfile.ZipFile) -> Parts:
    """Return an archive's parts. Programs differ in how they capitalize their names."""
    return {part.casefold(): part for part in archive.namelist()}


def sheets(archive: zipfile.ZipFile, parts: Parts) -> dict[str, str]:
    """Return the names of an XLSX workbook's sheets, and the id of what each is related to."""
    workbook = parts.get("xl/workbook.xml", "xl/workbook.xml")
    found = {}
    for tag, attributes in elements(archive.read(workbook)):
        if tag != "sheet":
            continue
        name = attributes.get("name", "")
        ids = [value for key, value in attributes.items() if key.endswith(":id")]
        found[name] = ids[0] if ids else ""
    return found


def targets(
    archive: zipfile.ZipFile,
    parts: Parts,
    ending: str,
) -> dict[str, str]:
    """Return the parts that the workbook's relations name, by their ids.

    `ending` is of the workbook's own part: `xml` or `bin`.
    """
    listing = f"xl/_rels/workbook.{ending}.rels"
    found = {}
    for _, attributes in elements(archive.read(parts.get(listing, listing))):
        target = attributes.get("Target", "").replace("\\", "/")
        if not target.startswith(("/", "xl/")):
            target = f"xl/{target}"
        found[attributes.get("Id", "")] = target.lstrip("/")
    return found


class CellScan:
    """Follows the cells of an XLSX worksheet: where each is. Rows and columns count from 0."""

    def __init__(self) -> None:
        self.row = -1
        self.column = -1

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take in the begin of an element."""
        tag = plain_tag(tag)
        reference = attributes.get("r", "")
        if tag == "row":
            # Both references may be left out: then a row or cell follows the one before it.
            self.row = int(reference) - 1 if reference.isdecimal() else self.row + 1
            self.column = -1
        elif tag == "c":
            letters = reference.rstrip("0123456789")
            self.column = _column(letters) if letters else self.column + 1

    def end(self, tag: str) -> None:
        """Take in the end of an element."""

    def text(self, text: str) -> None:
        """Take in text inside an element."""


def _column(letters: str) -> int:
    """Return the place of the column that letters name: A is 0, AA is 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
