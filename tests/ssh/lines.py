"""Hostile command lines, drawn by seed: shells, smuggled options, paths, bytes that are no text, and much that nearly works."""

from __future__ import annotations

import random
import shlex
from typing import Final, NamedTuple

CANARY: Final = "/etc/officeops-canary"
SHELLS: Final = (
    "; touch {m}", "$(touch {m})", "`touch {m}`", "| sh", "|| touch {m}", "&& touch {m}", "& touch {m}", "> {m}", ">> {m}", "< /etc/passwd", "2>{m}",
    "<(cat /etc/passwd)", "${{IFS}}", "$SHELL", "!id", "~root", "*", "\\", "\\\\", "'", '"', "''", '""', "#", "%00", "bash", "-c", "sh -i", "exec sh",
    "/bin/sh", "python3 -c 'import os'", "/usr/lib/openssh/sftp-server", "internal-sftp", "scp -t .", "scp -f /etc/passwd", "rsync --server . .", "git-upload-pack '/'",
)  # fmt: skip
OPTIONS: Final = (
    "--db", "--db=/etc/passwd", "--config=/etc/passwd", "--config", "--safe", "--safe=1", "-h", "--help", "--", "-", "---", "--version", "--request-id", "--request-id=1",
    "--fix", "--trace", "--trace=x", "--save-view", "--save-view=x", "--key", "--key=/etc/passwd", "--file", "--file=/etc/passwd", "--to", "--to=/tmp", "--from", "--from=/", "--identity=/etc/passwd",
    "--anchor", "--anchor=/etc/passwd", "--live", "--yes", "--output", "--json", "--csv", "--limit", "--limit=1", "--where", "--where=id=1", "--columns", "--sort", "--dry-run", "--view",
    "--map", "--map=a=b", "--update", "--skip-bad", "--format", "--format=xlsx", "--encoding=rot13", "--encoding=utf-16", "--sheet=a", "--delimiter=,", "--to\u2010db", "\u2014\u2014db", "\u2212h", "--d\u200bb", "--DB", "--d", "-db", "-x",
)  # fmt: skip
VALUES: Final = (
    "/etc/passwd", "/etc/shadow", CANARY, "../../etc/passwd", "./x.csv", "/proc/self/environ", "/proc/self/fd/0", "/dev/stdin", "/dev/tty", "/dev/zero", "file:///etc/passwd", "@/etc/passwd",
    "@file", "~/.ssh/id_rsa", "C:\\x", "\\\\host\\x", "{m}", "x.xlsx", "-", "", " ", "a", "A", "1", "0", "-1", "#1", "#0", "9" * 40, "1e999", "nan", "PO-1", "V1", "G-1", "Main",
    "today", "+1d", "2026-02-30", "id=1", "id>", "name~", "(", "[", "NULL", "' OR 1=1 --", "'; DROP TABLE core_user; --", "%s%n", "{0}", "{{7*7}}", "${jndi:ldap://x}", "\u202e", "\ufeff", "\u0430\u0434\u043c\u0438\u043d",
    "ann", "owner", "manager", "core.*", "sensitive", "x" * 300, "SHA256:" + "A" * 43, "1:ab", "12:" + "f" * 64,
)  # fmt: skip
#: What there is in the office of the tests, so that some lines are carried out.
FAMILIAR: Final = (
    "G-1",
    "V1",
    "PO-1",
    "Main",
    "1",
    "2",
    "+1d",
    "ann",
    "-",
    "name",
    "Gloves",
    "yes",
    "clerk",
    "item",
    "use",
    "a=b",
)
RAW: Final = (
    b"\0",
    b"\n",
    b"\r",
    b"\t",
    b"\x1b[2J",
    b"\x07",
    b"\x7f",
    b"\x9b",
    b"\xff",
    b"\xc0\xaf",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    b"\xe2\x80\xa8",
    b"\xc2\x85",
    b"\xe2\x80\xae",
    b"A" * 9000,
)


class Known(NamedTuple):
    """A command: its words, its options and those that are needed, each with whether it is a flag, and how many arguments."""

    words: list[str]
    options: list[tuple[str, bool]]
    needed: list[tuple[str, bool]]
    arguments: int


class Lines:
    """Draws command lines for the commands an office has. `marker` is a path that must never come to be."""

    def __init__(self, seed: int, commands: list[Known], marker: str) -> None:
        self._draw, self._commands, self._marker = random.Random(seed), commands, marker

    def next(self) -> bytes:
        """Return the next line."""
        draw = self._draw
        parts = ["officeops"] * draw.choice((0, 0, 0, 0, 1, 1, 1, 1, 2))
        parts += self._nearly_right() if draw.random() < 0.6 else self._wild()
        line = " ".join(shlex.quote(part) if draw.random() < 0.8 else part for part in parts)
        return self._spoilt(line.replace("{m}", self._marker).encode(errors="surrogateescape"))

    def _nearly_right(self) -> list[str]:
        """Return a command's words with some of its own options and values that may be anything."""
        draw = self._draw
        each = draw.choice(self._commands)
        parts = [
            *each.words,
            *(self._value() for _ in range(max(0, each.arguments + draw.choice((0, 0, 0, 1, -1))))),
        ]
        some = draw.sample(each.options, k=min(len(each.options), draw.choice((0, 0, 1, 2, 3))))
        for name, flag in dict([*(each.needed if draw.random() < 0.9 else ()), *some]).items():
            parts += [name] if flag != (draw.random() < 0.05) else [name, self._value()]
        return parts

    def _value(self) -> str:
        return self._draw.choice(FAMILIAR if self._draw.random() < 0.6 else VALUES)

    def _wild(self) -> list[str]:
        draw = self._draw
        parts = draw.choices(OPTIONS, k=draw.choice((0, 0, 1, 2)))
        parts += draw.choice(self._commands).words if draw.random() < 0.85 else [self._any()]
        parts += [self._any() for _ in range(draw.choice((0, 1, 1, 2, 2, 3, 4, 7)))]
        if draw.random() < 0.1:
            draw.shuffle(parts)
        return parts

    def _any(self) -> str:
        draw = self._draw
        kind = draw.random()
        if kind < 0.3:
            return draw.choice(OPTIONS)
        if kind < 0.65:
            return draw.choice(VALUES)
        if kind < 0.85:
            return draw.choice(SHELLS)
        if kind < 0.95:
            return draw.choice(draw.choice(self._commands).words)
        return "".join(
            chr(
                draw.choice(
                    (
                        draw.randrange(32, 127),
                        draw.randrange(0xA0, 0xD800),
                        draw.randrange(0x10000, 0x11000),
                    )
                )
            )
            for _ in range(draw.randrange(12))
        )

    def _spoilt(self, line: bytes) -> bytes:
        draw = self._draw
        if draw.random() < 0.08:
            at = draw.randrange(len(line) + 1)
            line = line[:at] + draw.choice(RAW) + line[at:]
        return line
