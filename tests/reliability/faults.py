"""A disk that fails: errors, short writes and failed syncs now and then, or no room at all. What was acknowledged stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.reliability.practice import Verdict, judge, make, read_acks
from tests.reliability.processes import soon, told, worker
from tests.reliability.shims import preloading

from officeops.model.immutable import Value

if TYPE_CHECKING:
    from pathlib import Path


class Faults(Value):
    """How often the disk failed, how many saves were refused for it, and what was found afterwards on a disk in order."""

    faults: int
    refused: int
    sentences: list[str]
    verdict: Verdict


def faults(
    folder: Path, seconds: float, seed: int, *, writers: int = 4, per_mille: int = 10
) -> Faults:
    """Let writers save while so many of a thousand calls to the disk fail."""
    file, count = folder / "office.db", folder / "faults"
    make(file)
    begin, crew = soon(writers), []
    for n in range(writers):
        env = preloading(
            "faults",
            FAULTS_PREFIX=file,
            FAULTS_PER_MILLE=per_mille,
            FAULTS_SEED=seed + n,
            FAULTS_COUNT=count,
        )
        options = {
            "seed": seed + n,
            "acks": folder / f"acks-{n}",
            "start": begin,
            "seconds": seconds,
            "strikes": True,
        }
        crew.append(worker("write", file, env, **options))
    tales = [told(each, seconds + 120) for each in crew]
    verdict = judge(file, read_acks(sorted(folder.glob("acks-*"))))
    sentences = sorted({sentence for tale in tales for sentence in tale["failures"]})
    return Faults(
        count.stat().st_size if count.exists() else 0,
        sum(tale["failed"] for tale in tales),
        sentences,
        verdict,
    )
