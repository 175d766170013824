"""What a file is by its first bytes, and names of files that are safe to write."""

from __future__ import annotations

from typing import Final
from unicodedata import category, normalize

#: The first bytes that tell a type. The name of a file is never asked: anybody may choose it.
_BEGINNINGS: Final = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"BM", "bmp"),
    (b"PK\x03\x04", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),
    (b"{\\rtf", "rtf"),
)
#: Types that are pictures, which `types=("image",)` takes.
IMAGES: Final = ("png", "jpeg", "gif", "tiff", "bmp", "webp", "heic")
#: Every type that a file may have.
TYPES: Final = ("pdf", *IMAGES, "zip", "office", "rtf", "text", "other")
#: How many of the first bytes are looked at.
LOOKED_AT: Final = 4096
_HEIC: Final = frozenset({b"heic", b"heix", b"hevc", b"mif1", b"msf1"})
_LONGEST: Final = 120
#: What a name may not have in it: separators of folders, and what shells and Windows take apart.
_ODD: Final = frozenset('/\\:*?"<>|')


def file_type(beginning: bytes) -> str:
    """Return the type of a file that begins so: pdf, png, text …; `other` for any other."""
    for signature, name in _BEGINNINGS:
        if beginning.startswith(signature):
            return name
    # Two whose mark is not at the very beginning.
    if beginning[:4] == b"RIFF" and beginning[8:12] == b"WEBP":
        return "webp"
    if beginning[4:8] == b"ftyp" and beginning[8:12] in _HEIC:
        return "heic"
    return "text" if _is_text(beginning) else "other"


def spelled_out(types: tuple[str, ...]) -> tuple[str, ...]:
    """Return types with the ones that `image` stands for. Raises TypeError for one that is none."""
    unknown = set(types) - {*TYPES, "image"}
    if unknown:
        raise TypeError(f"there is no type of file {', '.join(sorted(unknown))}")
    images = IMAGES if "image" in types else ()
    return tuple(name for name in TYPES if name in types or name in images)


def _is_text(beginning: bytes) -> bool:
    # The last letter may be cut in two.
    for end in range(len(beginning), max(len(beginning) - 4, 0), -1):
        try:
            text = beginning[:end].decode()
        except UnicodeDecodeError:
            continue
        return not any(category(letter) == "Cc" and letter not in "\t\r\n\f" for letter in text)
    return False


def safe_name(name: str, otherwise: str) -> str:
    """Return the last part of a name without anything that a terminal, shell or folder obeys.

    `otherwise` is the name where nothing is left. It never begins with a dot or a dash.
    """
    last = normalize("NFC", name).replace("\\", "/").rstrip("/").rpartition("/")[2]
    # A name comes from anybody who sends a file, and is printed, typed and written to disks.
    kept = [letter for letter in last if _is_plain(letter)]
    plain = " ".join("".join(kept).split()).lstrip(".-~ ").rstrip(". ")
    if len(plain) > _LONGEST:
        stem, dot, ending = plain.rpartition(".")
        # The ending stays: programs go by it.
        tail = f"{dot}{ending}" if dot and len(ending) < 10 else ""
        plain = (stem if tail else plain)[: _LONGEST - len(tail)] + tail
    # A name in which no letter is left says nothing, and may be one of a device.
    return plain or otherwise


def _is_plain(letter: str) -> bool:
    # Control characters, those that hide or turn text around, and halves of letters.
    if category(letter) in {"Cc", "Cf", "Cs", "Co", "Cn"}:
        return False
    return letter not in _ODD
