"""Rotation: a new key, with which the values of every record are sealed again, in pieces.

It may be interrupted: the values that have another key than the current one are still to be done.
Former keys stay in the file, for the history, and for ledgers, whose entries never change.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from officeops.model.immutable import Value
from officeops.model.sql_values import to_sql
from officeops.sealing.blob_rotation import rotate_blobs
from officeops.sealing.field_text import CURE, from_text
from officeops.sealing.keyring import NoKey
from officeops.sealing.seal import Altered, mark_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from officeops.model.fields import Field
    from officeops.model.meta import Meta
    from officeops.sealing.keyring import SealKey
    from officeops.sealing.sealing_office import SealingOffice

#: Records that are sealed under one hold of the gate: other people write between the pieces.
PIECE: Final = 300
VERB: Final = "core.seal.rotate"


class Rotated(Value):
    """The result of a rotation: the current key, if it is new, the records sealed, the problems."""

    key: SealKey
    fresh: bool
    done: int
    problems: tuple[str, ...]


def rotate(
    office: SealingOffice,
    told: Callable[[int], object] = lambda _: None,
    *,
    bare: bool = False,
    request: str | None = None,
) -> Rotated:
    """Finish an interrupted rotation; without one, make a key and seal every value with it.

    `told` is called after each piece with the number of records that are done. `bare` also seals
    plain values, from before their field was sealed; else a plain value is a problem, for nobody
    knows who wrote it. Raises NoKey where there is no key that fits, and Already for a `request`
    that made its key before.
    """
    if bare and not office.seals.ring.keys:
        with office.acting(VERB, {"to": "v1"}):
            office.seals.key_to_write()
    if not office.seals.ring.keys:
        raise NoKey(
            f"There is no key to change: {office.seals.ring.path} is not here. "
            f"The first sealed value makes one. {CURE}"
        )
    # The request id is for a new key; the rest of an earlier rotation is never done twice anyway.
    office.demand("")
    done, problems = _pass(office, told, bare=bare)
    if done:
        return Rotated(
            office.seals.ring.keys[-1],
            fresh=False,
            done=done,
            problems=tuple(problems),
        )
    office.once(request, VERB, lambda _, __: True)
    version = office.seals.ring.keys[-1].version + 1
    with office.acting(VERB, {"to": f"v{version}"}, request=request) as outcome:
        # Inside the action, while nobody else writes: every value sealed later has the new key.
        office.seals.key_to_write()
        key = office.seals.ring.added()
        outcome.append(f"Key {version} is in use.")
    done, problems = _pass(office, told, bare=bare)
    return Rotated(key, fresh=True, done=done, problems=tuple(problems))


def _pass(
    office: SealingOffice,
    told: Callable[[int], object],
    *,
    bare: bool,
) -> tuple[int, list[str]]:
    """Seal every value and file that has another key; return how many, and the problems."""
    done, problems = 0, list[str]()
    for record in office.records.values():
        meta = record.meta
        # The entries of a ledger never change, not even in their seal.
        if not meta.sealed or meta.append_only:
            continue
        last = 0
        while ids := _left(office, meta, last):
            done += _piece(office, meta, last, ids[-1], problems, bare=bare)
            last = ids[-1]
            told(done)
    sealed = done
    done += rotate_blobs(office, VERB, lambda files: told(sealed + files), problems)
    return done, problems


def _piece(
    office: SealingOffice,
    meta: Meta,
    after: int,
    until: int,
    problems: list[str],
    *,
    bare: bool,
) -> int:
    """Seal the records between two ids as one action; return how many, and add to `problems`."""
    done = 0
    with office.acting(VERB, {"record": meta.key}, bulk="sealing values"):
        # Read once more, now that nobody else can write.
        for id_ in _left(office, meta, after, until):
            try:
                _seal_again(office, meta, id_, bare=bare)
                done += 1
            except (Altered, NoKey) as error:
                problems.append(str(error))
    return done


def _left(
    office: SealingOffice,
    meta: Meta,
    after: int,
    until: int = 2**63 - 1,
) -> Sequence[int]:
    """Return the ids of the next records to seal.

    They have a value with another key than the current one, or no digest for a field that is
    searched.
    """
    mark = office.seals.ring.keys[-1].mark
    conditions = []
    for field in meta.sealed:
        name = field.name
        conditions.append(f"({name} IS NOT NULL AND {name} NOT GLOB '{mark}.*')")
        if field.lookup:
            conditions.append(f"({name} IS NOT NULL AND {field.index_column} IS NULL)")
    sql = (
        f"SELECT id FROM {meta.table} WHERE id > ? AND id <= ? AND ({' OR '.join(conditions)}) "
        f"ORDER BY id LIMIT {PIECE}"
    )
    with office.lifted():
        return [row[0] for row in office.rows(sql, after, until)]


def _seal_again(
    office: SealingOffice,
    meta: Meta,
    id_: int,
    *,
    bare: bool,
) -> None:
    names = ", ".join(field.name for field in meta.sealed)
    with office.lifted():
        tokens = office.rows(f"SELECT {names} FROM {meta.table} WHERE id = ?", id_)[0]
    values = {}
    for field, token in zip(meta.sealed, tokens, strict=True):
        if token is not None:
            values[field.name] = _opened(office, meta, id_, field, token, bare=bare)
    sealed = office.seals.resealed(meta, id_, values)
    office.reseal(meta, id_, {name: to_sql(value) for name, value in sealed.items()})


def _opened(
    office: SealingOffice,
    meta: Meta,
    id_: int,
    field: Field,
    token: str,
    *,
    bare: bool,
) -> object:
    if bare and not mark_of(token):
        # A plain value that its field cannot read is no value, and is reported as altered below.
        with suppress(ValueError):
            return from_text(field, token)
    return office.seals.opened(meta, id_, field, token)
