"""Action requests: each request id stands for one action, which a repetition answers again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from officeops.model.errors import Already, UsageProblem
from officeops.office.repeated_requests import READINGS, as_text, other_request
from officeops.store.opened_mark import OPENED
from officeops.store.signed_mark import SIGNED
from officeops.store.typed_line import TYPED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from officeops.model.office import Office
    from officeops.office.authorization import Authorizer
    from officeops.office.reader import Reader
    from officeops.plugins.manager import Plugins
    from officeops.store.store import Store
    from officeops.store.stored_office import StoredOffice


class ActionRequests:
    """Recognizes what a request id was used for before, and answers it as the first time."""

    def __init__(
        self,
        office: Office,
        store: Store,
        plugins: Plugins,
        reader: Reader,
        authorizer: Authorizer,
    ) -> None:
        self._office, self._store, self._plugins = office, store, plugins
        self._reader, self._authorizer = reader, authorizer
        self._demanded = ""
        self._typed: Callable[[], str] = str

    def demand(self, request: str, typed: Callable[[], str] = str) -> None:
        """Take the request id of the command line, which the next action must use.

        `typed` returns the digest of the line; blank for a line that says less than the action does.
        """
        self._demanded, self._typed = request, typed

    def as_recorded(self, arguments: Mapping[str, object], request: str | None) -> str | None:
        """Write arguments as they are recorded: with the digest of a line that may be repeated."""
        # Without a request id nobody compares the line later, so its digest is not kept.
        typed = self._typed() if request else ""
        recorded = {**arguments, TYPED: typed} if typed else arguments
        signed = dict(self._authorizer.signed_at)
        if self._authorizer.ssh_key:
            # Somebody else may have added the key to the person's login.
            signed["key"] = self._authorizer.ssh_key
        if witness := self._authorizer.witness:
            signed["witness"] = witness.login
        if signed:
            recorded = {**recorded, SIGNED: signed}
        return as_text(recorded) if recorded else None

    def compared(
        self, verb: str, arguments: Mapping[str, object]
    ) -> Callable[[int, Mapping[str, Any]], bool]:
        """Make the test whether an earlier action had these arguments."""
        asked = as_text(arguments)

        def is_same(action: int, given: Mapping[str, Any]) -> bool:
            if as_text(given) == asked:
                return True
            from officeops.office.earlier_requests import EarlierRequests

            office = cast("StoredOffice", self._office)
            actions = self._plugins.registered("actions")
            declared = any(known.name == verb for _, known in actions)
            return EarlierRequests(office).is_same(
                action, verb, given, arguments, declared=declared
            )

        return is_same

    def honor(self, verb: str, request: str | None) -> None:
        """Check off the request id of the command line, before the commit: a dry run needs none.

        Raises UsageProblem where the command passes none on: each repetition would act again.
        """
        if request:
            self._demanded = ""
        elif self._demanded and not verb.endswith(READINGS):
            raise UsageProblem(
                f"{verb} runs every time. Leave out --request-id.", code="not-together"
            )

    def once(
        self,
        request: str | None,
        verb: str,
        is_same: Callable[[int, Mapping[str, Any]], bool],
        *,
        partly: bool = False,
    ) -> None:
        """Raise Already, with the first answer, if this person did this under this request id.

        The same line is the same request, whatever its words mean by now. For another line,
        `is_same` gets the earlier action's number and arguments, and compares them with those
        asked now, or only `partly`: then an action counts whose line was not recorded, as in
        earlier versions. Raises Refused where they differ, or where another person or another verb used
        the id; it then reveals nothing of that action.
        """
        if not request:
            return
        former = self._store.former
        for id_, actor, earlier_verb, arguments, outcome in self._requested(request):
            # First of all: a person without the permission must not learn that the id is used.
            self._authorizer.allow(verb)
            # A request from before a migration that renamed something is still the same request.
            recorded = _given(arguments)
            typed = recorded.pop(TYPED, "")
            given = former.arguments(earlier_verb, id_, recorded)
            is_own = actor == self._authorizer.actor and former.verb(earlier_verb, id_) == verb
            is_compared = is_own and not (partly and typed)
            is_repeated = is_own and self._is_typed(typed)
            is_repeated = is_repeated or (is_compared and is_same(id_, given))
            if is_compared and not is_repeated and verb.startswith("core."):
                # A person may have typed the former name of a record both times.
                is_repeated = is_same(id_, recorded)
            if not is_repeated:
                raise other_request(request)
            raise Already(outcome or "", id_)

    def repeated(self, requests: Iterable[str]) -> Already | None:
        """Find what this very line did under these request ids; None unless it used each of them.

        For a line that can no longer be carried out: a record that it names was renamed or
        archived since then.
        """
        first: Already | None = None
        outcomes: list[str] = []
        for request in requests:
            rows = self._requested(request)
            for id_, actor, verb, arguments, outcome in rows:
                is_own = actor == self._authorizer.actor
                verb_now = self._store.former.verb(verb, id_)
                typed = _given(arguments).get(TYPED, "")
                if not (is_own and self._is_typed(typed) and self._authorizer.may(verb_now)):
                    return None
                first = first or Already(outcome or "", id_)
                outcomes.append(Already(outcome or "").outcome)
            if not rows:
                return None
        # A line may have run several actions, each under an id of its own.
        if first:
            first.outcome = " ".join(filter(None, outcomes))
        return first

    def _requested(self, request: str) -> list[tuple[Any, ...]]:
        sql = "SELECT id, actor, verb, arguments, outcome FROM core_action WHERE request = ?"
        # An id is taken also by an action that this person may not see.
        with self._authorizer.lifted():
            return self._reader.rows(sql, request)

    def _is_typed(self, typed: str) -> bool:
        return bool(typed) and typed == self._typed()


def _given(arguments: str | None) -> dict[str, Any]:
    """Read an action's recorded arguments; empty where none are kept, or no longer."""
    import json

    given: dict[str, Any] = json.loads(arguments) if arguments else {}
    given.pop(SIGNED, None)
    given.pop(OPENED, None)
    return given
