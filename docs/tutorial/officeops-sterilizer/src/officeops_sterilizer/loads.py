"""Loads: each is started, unloaded, and released by a second person or rejected."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from officeops import (
    ACTOR,
    NOW,
    REQUIRED,
    Due,
    Lifecycle,
    Office,
    Record,
    Transition,
    View,
    choice,
    field,
    ref,
)


def not_sterile(office: Office, load: Load) -> str | None:
    """Keep a load whose indicator failed, or that nobody has read."""
    return None if load.indicator == "pass" else "its indicator has not passed"


LIFE = Lifecycle(
    ("running", "unloaded", "released", "rejected"),
    Transition(
        "unload",
        ("running",),
        "unloaded",
        "Take it out, and read its indicator.",
        means="do",
        fields={"indicator": REQUIRED},
        stamp={"unloaded_by": ACTOR, "unloaded_at": NOW},
    ),
    Transition(
        "release",
        ("unloaded",),
        "released",
        "Let its instruments be used.",
        means="approve",
        guard=not_sterile,
        by_other=("unloaded_by",),
        stamp={"released_by": ACTOR},
    ),
    Transition(
        "reject",
        ("running", "unloaded"),
        "rejected",
        "Sterilize all of it again.",
        means="deny",
        fields={"why": REQUIRED},
    ),
    log=True,
)


class Load(Record, key="sterilizer.load", prefix="SL", display="contents"):
    """One run of a sterilizer, and what was in it."""

    sterilizer_id: int = ref("sterilizer.sterilizer", list_rank=2)
    contents: str = field(search=True, example="4 exam sets", list_rank=1)
    started_at: datetime = field(default=lambda office: office.now(), list_rank=4)
    degrees: int = field(kind="decimal", scale=1, unit="°C", minimum=1000, maximum=1400)
    status: str = LIFE.field(list_rank=3)
    indicator: str | None = choice("pass", "fail", default=None, managed=True)
    unloaded_by: str | None = field(default=None, managed=True)
    unloaded_at: datetime | None = field(default=None, managed=True)
    released_by: str | None = field(default=None, managed=True)
    why: str | None = field(default=None, managed=True, help="Why it was rejected")
    life = LIFE


WAITING = View(
    "waiting",
    "sterilizer.load",
    "Loads that wait for a second person",
    where="status=unloaded",
    sort="started_at",
)


def waiting(office: Office, until: date) -> Iterator[Due]:
    """Yield each unloaded load: its instruments are needed, and nobody may use them yet."""
    for load in office.all(Load, "status = 'unloaded'"):
        day = office.ways.day_of(load.unloaded_at or load.started_at) + timedelta(days=1)
        if day <= until:
            yield Due(
                key=f"sterilizer.load:{load.id}",
                on=day,
                what=f"{load.human_key} waits for its release: {load.contents}",
                severity="unsafe",
                action="release",
                record="sterilizer.load",
                record_id=load.id,
            )
