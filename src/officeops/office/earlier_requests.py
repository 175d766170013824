"""Requests of earlier versions, which kept fewer arguments of an action, or none at all.

What they did not keep is compared with the changes that the action made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from officeops.model.meta import Meta
    from officeops.store.stored_office import StoredOffice

#: The actions on every kind of record: their arguments were not kept.
_GENERIC: Final = frozenset({"add", "edit", "archive", "unarchive"})
#: All that was kept of an import, and of a user who was added.
_OF_IMPORT: Final = frozenset({"file"})
_OF_USER: Final = frozenset({"login", "roles"})

#: The first change of an action, unless a purge destroyed what the action was given.
_FIRST_CHANGE = """
SELECT a.outcome, a.first_change, c.id, c.record, c.record_id FROM core_action a
LEFT JOIN core_change c ON c.id = a.first_change AND c.action_id = a.id
WHERE a.id = ? AND a.arguments IS NULL AND a.destroyed IS NULL
"""


class EarlierRequests:
    """Compares a request with an action of which an earlier version kept less than is kept now."""

    def __init__(self, office: StoredOffice) -> None:
        self._office = office

    def is_same(
        self,
        action: int,
        verb: str,
        given: Mapping[str, Any],
        asked: Mapping[str, object],
        *,
        declared: bool,
    ) -> bool:
        """Whether all that is known of an action agrees with what you have `asked` now.

        `given` are its arguments as far as they were kept. The two have the same author and verb.
        `declared` actions always kept their arguments.
        """
        if given:
            return self._is_part(verb, given, asked)
        key, _, last = verb.rpartition(".")
        record = self._office.records.get(key)
        if record is not None and last in _GENERIC:
            return self.given(record.meta, action, asked) == asked
        # All that remains to compare is the verb. A purge may have destroyed the rest.
        return not declared and bool(self._first_change(action))

    @staticmethod
    def _is_part(
        verb: str,
        given: Mapping[str, Any],
        asked: Mapping[str, object],
    ) -> bool:
        is_import = verb.endswith(".import") and given.keys() == _OF_IMPORT
        is_user = verb == "core.admit" and given.keys() == _OF_USER
        return (is_import or is_user) and given.items() <= asked.items()

    def given(
        self,
        meta: Meta,
        action: int,
        asked: Mapping[str, object],
    ) -> dict[str, object]:
        """Read the arguments that an action on a record must have had from its first change.

        Only those that are `asked` for are read. Sealed ones are taken to agree: two sealed values
        are never compared. Empty where the action kept its arguments, or a purge destroyed them.
        """
        row = self._first_change(action)
        if not row:
            return {}
        outcome, first, change, table, number = row
        if change is None:
            # An edit to the values that the record had already changed nothing.
            ids = self._office.find_ids(self._office.records[meta.key], str(outcome or ""))
            if not ids or "of" not in asked:
                return {}
            number, change = ids[0], first - 1
        elif self._office.store.former.table(table, change) != meta.table:
            return {}
        content = self._content(meta, number, change)
        sealed = {field.name for field in meta.sealed}
        given: dict[str, object] = {}
        for name, value in asked.items():
            given[name] = value if name in sealed else content.get(name)
        given |= self._of_children(meta, content, asked)
        if "of" in asked:
            given["of"] = [f"{meta.key}:{number}"]
        return given

    def _of_children(
        self,
        meta: Meta,
        content: Mapping[str, Any],
        asked: Mapping[str, object],
    ) -> dict[str, object]:
        """Read the children asked for that were fields of the record then, by today's arguments."""
        given: dict[str, object] = {}
        for child in self._office.records[meta.key].children:
            words = [word.replace("-", "_") for word in (child.option, *child.former)]
            values = [content[word] for word in words if content.get(word)]
            if values and child.options in asked:
                given[child.options] = [{child.first: values[0]}]
        return given

    def _first_change(self, action: int) -> tuple[Any, ...]:
        # A clerk may not view the history; their own request is answered from it all the same.
        with self._office.lifted():
            rows = self._office.rows(_FIRST_CHANGE, action)
        return rows[0] if rows else ()

    def _content(
        self,
        meta: Meta,
        number: int,
        change: int,
    ) -> dict[str, Any]:
        """Read a record as a change left it, by the columns of today."""
        from officeops.store.row_format import Layouts, kept

        former = self._office.store.former
        sql = (
            "SELECT c.id, c.record, c.after FROM core_change c "
            f"WHERE {former.condition(meta.table)} AND c.record_id = ? AND c.id <= ? ORDER BY c.id"
        )
        content: dict[str, Any] = {}
        with self._office.lifted():
            layouts = Layouts(self._office.store.db, kept(meta.columns))
            # A change has the columns that it changed: the state is the sum of them.
            for id_, table, after in self._office.rows(sql, number, change):
                content |= former.content(table, id_, layouts.read(after)) or {}
        return content
