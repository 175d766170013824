"""Kept proofs: the records on which a decision rested, each with its state: `BI-2=negative`.

A decision keeps them in a column, so that nobody takes one of them away while the decision holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from officeops import Office, Record

#: A task that is signed since it was done proves no less.
_BETTER: Final = {"done": "signed"}


def in_text(records: Iterable[Record]) -> str | None:
    """Return records as a column keeps them, each once; None without any."""
    # By their keys: two rules may rest on the same test.
    words = {record.human_key: _state(record) for record in records}
    return " ".join(f"{key}={state}" for key, state in words.items()) or None


def _state(record: Record) -> str:
    assert record.life is not None  # noqa: S101 - each kind of proof has one
    return str(getattr(record, record.life.column))


def first_broken(
    office: Office,
    text: str | None,
    rests_on: Mapping[str, str],
    owner_id: int,
) -> str:
    """Return the key of the first record that proves nothing any more; blank where all of them do.

    `rests_on` is that of the promise: the kinds, each with the column that names the owner.
    """
    for proof in (text or "").split():
        key, _, state = proof.partition("=")
        holds = _holds(
            office,
            key,
            state,
            rests_on,
            owner_id,
        )
        if not holds:
            return key
    return ""


def _holds(
    office: Office,
    key: str,
    state: str,
    rests_on: Mapping[str, str],
    owner_id: int,
) -> bool:
    prefix, _, number = key.rpartition("-")
    for kind_key, name in rests_on.items():
        kind = office.record(kind_key)
        life = kind.life
        if kind.meta.prefix != prefix or life is None:
            continue
        column = "about_id" if name == "about" else name
        sql = f"SELECT {life.column}, archived_at, {column} FROM {kind.meta.table} WHERE id = ?"
        # What a retention rule destroyed since was right until then.
        for now, archived_at, of in office.rows(sql, int(number)):
            is_same = now in {state, _BETTER.get(state)}
            return is_same and archived_at is None and of == owner_id
    return True
