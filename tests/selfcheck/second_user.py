"""A second user of this machine, who runs command lines as no more than themselves."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from officeops.testing import Cli

if TYPE_CHECKING:
    from collections.abc import Sequence

#: The account that owns nothing (nobody).
SOMEBODY: Final = 65534


def imported(office: str, lines: Sequence[Sequence[str]]) -> None:
    """Import all that lines run: the other account may not read the modules of this tree.

    Skipped for those who may not become somebody else.
    """
    if os.geteuid():
        pytest.skip("only root can become another account")
    for words in lines:
        Cli(Path(__file__))("--db", office, *words)


def as_somebody(office: str, lines: Sequence[Sequence[str]]) -> list[tuple[int, str]]:
    """Run command lines on an office in a process of another account; return code and words of each."""
    cli = Cli(Path(__file__))
    reading, writing = os.pipe()
    if not (child := os.fork()):
        os.setgroups([])
        os.setgid(SOMEBODY)
        os.setuid(SOMEBODY)
        # Nor the settings of the tests.
        places = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
        os.environ.update(dict.fromkeys(places, os.path.dirname(office)))
        os.environ.pop("OFFICEOPS_CONFIG", None)
        ran = [cli("--db", office, *words) for words in lines]
        answers = [(one.code, one.out + one.err) for one in ran]
        os.write(writing, json.dumps(answers).encode())
        os._exit(0)
    os.close(writing)
    with open(reading, encoding="utf-8") as pipe:
        text = pipe.read()
    os.waitpid(child, 0)
    return [(code, said) for code, said in json.loads(text)]
