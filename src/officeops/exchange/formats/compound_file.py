"""CompoundFile: the streams of a compound file, the container of XLS workbooks ([MS-CFB])."""

from __future__ import annotations

import struct
from array import array

#: The first bytes of a compound file.
SIGNATURE = b"\xd0\xcf\x11\xe0"
#: From here on: the end of a chain of sectors, or no sector.
_NO_SECTOR = 0xFFFFFFFA
#: The size of a folder's entry, and of the sectors that short streams are kept in.
_ENTRY = 128
_SHORT_SECTOR = 64
#: Where the header has its numbers, and the bytes of each ([MS-CFB] 2.2). A sector's size is given
#: by its power of two; the table of sectors (FAT) is in sectors itself.
_SECTOR_POWER = (30, 2)
_FAT_SECTORS = (44, 4)
_FOLDER_START = (48, 4)
_SHORTEST_LONG = (56, 4)
_SHORT_FAT_START = (60, 4)
_FAT_BLOCK_START = (68, 4)
_FAT_BLOCKS = (72, 4)
#: The place of the first 109 sectors of the table.
_FAT_LIST = 76
#: Where an entry of the folder has its numbers (2.6).
_NAME_BYTES = (64, 2)
_STREAM_START = (116, 4)
_STREAM_BYTES = (120, 4)


class CompoundFile:
    """A compound file's streams by name.

    Raises struct.error or ValueError where its structure cannot be followed.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._sector = 1 << _number(data, _SECTOR_POWER)
        self._fat = self._read_fat()
        #: Streams of fewer bytes are in short sectors.
        self._cutoff = _number(data, _SHORTEST_LONG)
        self._folder = self._chain(_number(data, _FOLDER_START))

    def _read_fat(self) -> array[int]:
        """Read the table of sectors: at each sector's place is the next one of its chain."""
        count = _number(self._data, _FAT_SECTORS)
        sectors = list(struct.unpack_from("<109I", self._data, _FAT_LIST))
        sectors += self._further_sectors()
        fat = array("I")
        for number in sectors[:count]:
            start = (number + 1) * self._sector
            fat.frombytes(self._data[start : start + self._sector])
        return fat

    def _further_sectors(self) -> list[int]:
        """Return the sectors of the table that the header has no room for."""
        block_number = _number(self._data, _FAT_BLOCK_START)
        blocks = _number(self._data, _FAT_BLOCKS)
        sectors: list[int] = []
        # A damaged file may say that it has more blocks than bytes.
        most = len(self._data) // self._sector
        for _ in range(min(blocks, most)):
            if block_number >= _NO_SECTOR:
                break
            start = (block_number + 1) * self._sector
            block = struct.unpack_from(f"<{self._sector // 4}I", self._data, start)
            # The last number of a block says where the next block is.
            sectors += block[:-1]
            block_number = block[-1]
        return sectors

    def stream(self, names: set[str]) -> bytes:
        """Return the stream with one of these names. Raises ValueError where there is none."""
        entry = self._entry(names)
        first = _number(entry, _STREAM_START)
        size = _number(entry, _STREAM_BYTES)
        if size >= self._cutoff:
            return self._chain(first)[:size]
        # The short streams of all are together in one long stream, that of the folder's first entry.
        table = array("I")
        table.frombytes(self._chain(_number(self._data, _SHORT_FAT_START)))
        root = self._folder[:_ENTRY]
        short_sectors = self._chain(_number(root, _STREAM_START))
        return _chained(short_sectors, table, first, _SHORT_SECTOR, 0)[:size]

    def _entry(self, names: set[str]) -> bytes:
        for start in range(0, len(self._folder), _ENTRY):
            entry = self._folder[start : start + _ENTRY]
            # The length counts the zero at the end.
            length = max(_number(entry, _NAME_BYTES) - 2, 0)
            name = entry[:length].decode("utf-16-le", "replace")
            if name in names:
                return entry
        raise ValueError("the file has no workbook")

    def _chain(self, first: int) -> bytes:
        # The header takes the place of the first sector.
        return _chained(self._data, self._fat, first, self._sector, self._sector)


def _number(data: bytes, place: tuple[int, int]) -> int:
    """Return the number at a place: its first byte, and how many it has, the lowest first."""
    start, size = place
    return int.from_bytes(data[start : start + size], "little")


def _chained(
    data: bytes,
    table: array[int],
    first: int,
    size: int,
    offset: int,
) -> bytes:
    """Return the sectors of a chain put together; the first of them all begins at an offset."""
    pieces: list[bytes] = []
    number = first
    while number < _NO_SECTOR:
        if number >= len(table) or len(pieces) > len(table):
            raise ValueError("a chain of sectors has no end")
        start = offset + number * size
        pieces.append(data[start : start + size])
        number = table[number]
    return b"".join(pieces)
