"""The lines of an inspection: each question with what the plugins, and the office, can show.

A question that no plugin answers has its proof on paper, if anywhere: it is `binder`, never met.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops.core.document_proofs import document_proofs
from officeops.core.inspection_questions import inspection, kinds_of_proof
from officeops.core.requirement_record import Requirement
from officeops.model.errors import Refused, UsageProblem
from officeops.model.immutable import Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops.core.inspection_questions import Inspection, Question
    from officeops.model.proof import Proof
    from officeops.office.office import Office

#: The permissions to see an inspection's lines, and to confirm the office's requirements.
VIEW: Final = "core.inspect.view"
CONFIRM: Final = "core.inspect.confirm"
#: The states of a line that somebody has to see to.
GAPS: Final = frozenset({"due", "not met", "missing", "unknown", "hidden"})
#: Those that an inspector may be shown.
SHOWN: Final = frozenset({"met", "due", "not ours", "elsewhere"})
#: What the office alone sees of a proof: who has to see to it, by when, and what it lacks.
_OURS: Final[dict[str, Any]] = {"action": "", "owner": "", "on": None, "gap": ""}


class InspectionLine(Value):
    """A question with one proof of it, or with the reason why there is none here.

    `status` is that of the proof, or `binder` (no plugin keeps it), `elsewhere`, `not ours`,
    `unknown` (a plugin failed that may keep it) or `hidden` (the person may not see it).
    """

    question: Question
    status: str
    plugin: str = ""
    proof: Proof | None = None
    requirement: Requirement | None = None

    @property
    def is_confirmed(self) -> bool:
        """Whether the office confirmed the question, in the words that it has now."""
        said = self.requirement
        return said is not None and said.wording == self.question.wording

    @property
    def is_gap(self) -> bool:
        """Whether somebody has to see to the line, if only to confirm the question."""
        return self.status in GAPS or not self.is_confirmed

    @property
    def is_for_inspector(self) -> bool:
        """Whether the line goes on the handout: confirmed, and held by a proof or a named binder."""
        if not self.is_confirmed:
            return False
        if self.status == "binder":
            return bool(self.requirement and self.requirement.binder)
        return self.status in SHOWN

    def for_inspector(self) -> InspectionLine:
        """Return the line as the handout has it: without the parts that the office alone sees."""
        if self.proof is None:
            return self
        return self.replace(status="met", proof=self.proof.replace(**_OURS))

    @property
    def shown(self) -> str:
        """What there is to show, in words."""
        if self.proof is not None:
            return "; ".join(filter(None, (self.proof.what, self.proof.gap)))
        said = self.requirement
        reasons = {
            "binder": (said and said.binder) or "on paper, if anywhere: nothing here keeps it",
            "elsewhere": self.question.elsewhere,
            "not ours": (said and said.not_ours) or "",
            "unknown": "a plugin that may keep it has failed",
            "hidden": "you may not see it",
        }
        return reasons[self.status]


def inspection_lines(office: Office, asked: Inspection) -> list[InspectionLine]:
    """Return the lines of an inspection in the order of its questions, several proofs of one each."""
    office.allow(VIEW)
    proofs = _proofs(office, asked)
    requirements = _requirements(office)
    lines = []
    for question in asked.questions:
        said = requirements.get(question.key)
        for plugin, status, proof in _answers(office, question, proofs, said):
            lines.append(InspectionLine(question, status, plugin, proof, said))
    return lines


#: A plugin's name, the status of a line, and the proof unless it is to be hidden.
_Answer = tuple[str, str, "Proof | None"]


def _answers(
    office: Office,
    question: Question,
    proofs: Sequence[tuple[str, Proof]],
    said: Requirement | None,
) -> Iterator[_Answer]:
    """Yield what there is for one question: each proof, or one reason why there is none."""
    if said is not None and said.not_ours and said.wording == question.wording:
        yield "", "not ours", None
        return
    own = [(plugin, proof) for plugin, proof in proofs if proof.kind == question.proof]
    for plugin, proof in own:
        if _is_reached(office, proof):
            yield plugin, proof.status, proof
    hidden = [plugin for plugin, proof in own if not _is_reached(office, proof)]
    if hidden:
        yield hidden[0], "hidden", None
    if not own:
        yield "", _without_proof(office, question), None


def _without_proof(office: Office, question: Question) -> str:
    if question.elsewhere:
        return "elsewhere"
    # What failed may keep the proof: to say that it is on paper would be a guess.
    return "unknown" if office.plugins.is_incomplete else "binder"


def _proofs(office: Office, asked: Inspection) -> list[tuple[str, Proof]]:
    # A plugin looks at all records; what the person may not see is hidden afterward.
    with office.trusted():
        own = [("core", proof) for proof in document_proofs(office, asked.kinds)]
        answers = [*own, *office.plugins.collect("inspect", office=office, kinds=asked.kinds)]
    proofs = []
    for plugin, proof in answers:
        if proof.kind in asked.kinds:
            proofs.append((plugin, proof))
        elif proof.kind not in kinds_of_proof():
            why = f"no inspection asks for proofs of the kind {proof.kind!r}; it is left out"
            office.plugins.note(plugin, "inspect", why, hook="inspect")
    return proofs


def _is_reached(office: Office, proof: Proof) -> bool:
    """Whether the acting person may see the record that a proof is about."""
    kind = office.records.get(proof.record)
    if kind is None:
        return not proof.record
    if not office.may_view(kind):
        return False
    if proof.record_id:
        return office.in_reach(kind, proof.record_id)
    # Rows that are limited by person are counted by nobody who does not reach all of them.
    return office.reach(kind) == "all"


def _requirements(office: Office) -> dict[str, Requirement]:
    with office.trusted():
        return {said.question: said for said in office.all(Requirement)}


def confirm(
    office: Office,
    asked: Inspection,
    words: Sequence[str],
    *,
    not_ours: str | None = None,
    binder: str | None = None,
    request: str | None = None,
) -> list[Question]:
    """Note that questions are requirements of this office, as they read now, and return them.

    `not_ours` is the reason why one does not apply, `binder` the place of its paper. Raises
    UsageProblem for an unknown question, Refused where all of that was said before.
    """
    questions = _named(asked, words)
    given = {"questions": [question.key for question in questions]}
    arguments: dict[str, Any] = {**given, "not_ours": not_ours, "binder": binder}
    with office.acting(CONFIRM, arguments, request=request):
        before = _requirements(office)
        changed = [
            question
            for question in questions
            if _write(office, question, before.get(question.key), not_ours, binder)
        ]
        if not changed:
            raise Refused("that was confirmed already, just so", code="nothing-to-do")
    return changed


def _write(
    office: Office,
    question: Question,
    before: Requirement | None,
    not_ours: str | None,
    binder: str | None,
) -> bool:
    """Write what the office says of one question; return whether that is any news."""
    news: dict[str, Any] = {"wording": question.wording, "not_ours": not_ours}
    # A confirmation alone leaves the paper where it is.
    news["binder"] = binder or (before.binder if before else None)
    if before and all(getattr(before, name) == value for name, value in news.items()):
        return False
    news |= {"confirmed_on": office.today, "confirmed_by": office.actor}
    if before:
        office.edit(before, managed=True, **news)
    else:
        office.add(Requirement(question=question.key, **news))
    return True


def _named(asked: Inspection, words: Sequence[str]) -> list[Question]:
    if "all" in words:
        return list(asked.questions)
    by_word = {question.word: question for question in asked.questions}
    by_word |= {question.key: question for question in asked.questions}
    unknown = [word for word in words if word not in by_word]
    if unknown:
        known = ", ".join(question.word for question in asked.questions)
        raise UsageProblem(
            f"{asked.title} has no question called {unknown[0]!r}. It has {known}.",
            code="unknown-choice",
        )
    return [by_word[word] for word in dict.fromkeys(words)]


def topic_lines(office: Office, topics: Sequence[str]) -> Iterator[tuple[Inspection, int]]:
    """Yield each inspection with the number of its questions that the office confirmed."""
    office.allow(VIEW)
    said = _requirements(office)
    for topic in topics:
        asked = inspection(topic)
        confirmed = 0
        for question in asked.questions:
            own = said.get(question.key)
            confirmed += own is not None and own.wording == question.wording
        yield asked, confirmed
