"""Whatever is declared one after another, the written migrations make the tables and keep every row."""

from __future__ import annotations

from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried

from officeops.model.errors import Refused
from officeops.model.fields import MISSING, field, ref

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops.model.meta import Meta
from tests.store.migration_tools import TEXT, Live, kind


class Spec(NamedTuple):
    """One field of a declaration, as Hypothesis draws it."""

    annotation: str
    default: object
    unique: bool
    target: str

    def declared(self) -> tuple[str, Any]:
        if self.target:
            return "int | None", ref(self.target, default=None)
        return self.annotation, field(
            default=self.default, unique=self.unique, search=self.annotation == "str"
        )


def spec(
    *defaults: object, unique: st.SearchStrategy[bool], targets: Sequence[str] = ("",)
) -> st.SearchStrategy[Spec]:
    annotations = st.sampled_from(["str", "int", "bool"])
    return st.builds(Spec, annotations, st.sampled_from(defaults), unique, st.sampled_from(targets))


#: What is unique has no default, and references stay references: what is in them would not fit otherwise.
never = st.just(False)  # noqa: FBT003


fields_drawn = {
    "a": spec(MISSING, None, 0, 5, unique=never),
    "b": spec(MISSING, None, unique=st.booleans()),
    "c_id": spec(None, unique=never, targets=["itself", "vendors.vendor"]),
    "d_id": spec(
        None, unique=never, targets=["keys.key", "keys.lock", "core.location", "vendors.vendor"]
    ),
}


declarations = st.fixed_dictionaries(
    {},
    optional={
        noun: st.tuples(
            st.fixed_dictionaries({}, optional=fields_drawn),
            st.sampled_from([{}, {}, {"append_only": True}, {"derived": True}]),
            st.booleans(),
        )
        for noun in ("key", "lock")
    },
)


def declared(drawn: dict[str, Any]) -> Sequence[Meta]:
    """Return the records of a drawn declaration. A field that could not be there is left out."""
    made = []
    for noun, (chosen, words, together) in drawn.items():
        fields = {
            n: s._replace(target=f"keys.{noun}") if s.target == "itself" else s
            for n, s in chosen.items()
        }
        usable = {
            n: s.declared()
            for n, s in fields.items()
            if not s.target.startswith("keys.") or s.target[5:] in drawn
        }
        pairs = {"unique_together": (("name", next(iter(usable))),)} if together and usable else {}
        made.append(kind(noun, {**words, **pairs}, name=TEXT, **usable))
    return made


@contextmanager
def temporary() -> Iterator[Live]:
    with TemporaryDirectory() as folder:
        live = Live(Path(folder))
        with closing(live.store):
            yield live


@tried(30)
@given(st.lists(declarations, min_size=2, max_size=5))
def test_step_by_step_the_tables_become_what_is_declared(drawn: list[dict[str, Any]]) -> None:
    with temporary() as live:
        for each in drawn:
            metas = declared(each)
            before = {m.table: ids(live, m) for m in metas}
            try:
                live.declare(*metas)
            except Refused:
                continue
            assert live.declare(*metas) == ""
            assert {table: found for table, found in before.items() if found} == {
                m.table: ids(live, m) for m in metas if before[m.table]
            }
            for meta in metas:
                fill(live, meta)


def ids(live: Live, meta: Meta) -> list[Any]:
    there = live.rows(f"SELECT 1 FROM sqlite_master WHERE name = '{meta.table}'")
    return live.rows(f"SELECT id, name FROM {meta.table} ORDER BY id") if there else []


def fill(live: Live, meta: Meta) -> None:
    """Write a row with a value in every field; references point to the row itself, where they can."""
    values: dict[str, object] = {}
    for f in meta.fields:
        number = next(live.numbers)
        if not f.target:
            values[f.name] = number if f.is_integer else str(number)
        elif f.name == "c_id":
            values[f.name] = live.rows(f"SELECT max(id) FROM {meta.table}")[0][0]
    # Triggers write derived rows, and an action does not.
    run = live.run_unlooked if meta.derived else live.run
    run(
        f"INSERT INTO {meta.table} ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})",
        *values.values(),
    )
