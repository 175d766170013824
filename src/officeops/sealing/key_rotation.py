"""Rotation: a new key in use, and every record's value sealed anew with it, in pieces that may be interrupted.

Where it stopped follows from the values themselves: those that have another key than the one in use are still to be done.
Former keys stay in the file, for the history, and for ledgers, whose entries never change.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from officeops.model.immutable import Value
from officeops.model.sql_values import to_sql
from officeops.sealing.field_text import CURE, from_text
from officeops.sealing.keyring import NoKey
from officeops.sealing.seal import Altered, mark_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from officeops.model.fields import Field
    from officeops.model.meta import Meta
    from officeops.sealing.keyring import SealKey
    from officeops.sealing.sealing_office import SealingOffice

#: Records sealed anew under one hold of the gate: others get in between.
PIECE: Final = 300
VERB: Final = "core.seal.rotate"


class Rotated(Value):
    """What a rotation did: the key in use, whether it is new, how many records it sealed anew, and what did not open."""

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
    """Go on with a rotation that stopped; where there is none, make a new key and seal every value with it.

    `told` hears how many records are done, after each piece. `bare` also seals what lies in the file in the open, as it
    does where a field was not sealed from its first day; else that is a problem, for nobody knows who put it there.
    Raises NoKey where there is no key yet, or none that fits, and Already for a `request` that made its key before.
    """
    if bare and not office.seals.ring.keys:
        with office.acting(VERB, {"to": "v1"}):
            office.seals.key_to_write()
    if not office.seals.ring.keys:
        raise NoKey(
            f"There is no key to change: {office.seals.ring.path} is not here. The first sealed value makes one. {CURE}"
        )
    # What an earlier rotation left is done once by itself; the id is for a new key.
    office.demand("")
    done, problems = _pass(office, told, bare=bare)
    if done:
        return Rotated(office.seals.ring.keys[-1], fresh=False, done=done, problems=tuple(problems))
    office.once(request, VERB, lambda _, __: True)
    version = office.seals.ring.keys[-1].version + 1
    with office.acting(VERB, {"to": f"v{version}"}, request=request) as outcome:
        # While nobody else writes: whatever is sealed from here on has the new key.
        office.seals.key_to_write()
        key = office.seals.ring.added()
        outcome.append(f"Key {version} is in use.")
    done, problems = _pass(office, told, bare=bare)
    return Rotated(key, fresh=True, done=done, problems=tuple(problems))


def _pass(
    office: SealingOffice, told: Callable[[int], object], *, bare: bool
) -> tuple[int, list[str]]:
    done, problems = 0, list[str]()
    for record in office.records.values():
        meta = record.meta
        if meta.sealed and not meta.append_only:
            last = 0
            while ids := _left(office, meta, last):
                with office.acting(VERB, {"record": meta.key}, bulk="sealing anew"):
                    # Asked again now that nobody else can write.
                    for id_ in _left(office, meta, last, ids[-1]):
                        try:
                            _again(office, meta, id_, bare=bare)
                            done += 1
                        except (Altered, NoKey) as error:
                            problems.append(str(error))
                last = ids[-1]
                told(done)
    return done, problems


def _left(office: SealingOffice, meta: Meta, after: int, until: int = 2**63 - 1) -> Sequence[int]:
    """Return the next records with a value that has another key than the one in use, or no digest though it is looked up."""
    mark = office.seals.ring.keys[-1].mark
    old = [f"({f.name} IS NOT NULL AND {f.name} NOT GLOB '{mark}.*')" for f in meta.sealed]
    old += [f"({f.name} IS NOT NULL AND {f.index_column} IS NULL)" for f in meta.sealed if f.lookup]
    sql = f"SELECT id FROM {meta.table} WHERE id > ? AND id <= ? AND ({' OR '.join(old)}) ORDER BY id LIMIT {PIECE}"
    with office.lifted():
        return [row[0] for row in office.rows(sql, after, until)]


def _again(office: SealingOffice, meta: Meta, id_: int, *, bare: bool) -> None:
    names = [f.name for f in meta.sealed]
    with office.lifted():
        there = office.rows(f"SELECT {', '.join(names)} FROM {meta.table} WHERE id = ?", id_)[0]
    values = {
        f.name: _opened(office, meta, id_, f, token, bare=bare)
        for f, token in zip(meta.sealed, there, strict=True)
        if token is not None
    }
    made = {name: to_sql(value) for name, value in office.seals.resealed(meta, id_, values).items()}
    office.reseal(meta, id_, made)


def _opened(
    office: SealingOffice, meta: Meta, id_: int, field: Field, token: str, *, bare: bool
) -> object:
    if bare and not mark_of(token):
        with suppress(ValueError):
            return from_text(field, token)
    return office.seals.opened(meta, id_, field, token)
