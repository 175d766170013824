"""Refusal codes: every problem that the code makes has one of a known list, and none is idle."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from officeops.model.errors import Problem, Reason, Refused, problem_of
from officeops.model.kinds import KINDS, kind_of
from officeops.model.refusal_codes import MEANINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[2]
SOURCES: Final = sorted([*ROOT.glob("src/**/*.py"), *ROOT.glob("plugins/*/src/**/*.py")])
#: Calls that make a problem, each with the place of `code` among its positional arguments.
MAKERS: Final = {"Problem": 2, "Refused": 99, "Reason": 99, "UsageProblem": 99, "NotFound": 99}
#: Where a name is a list of problems, which have codes of their own.
LISTS: Final = {"problems", "lacking", "missing", "listed", "list"}
#: The base class makes problems of what it is given.
BASE: Final = ROOT / "src/officeops/model/errors.py"


def made(tree: ast.AST) -> Iterator[ast.Call]:
    """Yield each call that makes a problem."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        if node.func.id in MAKERS:
            yield node


def has_problems(call: ast.Call) -> bool:
    """Whether a refusal is given problems, and not a sentence."""
    given = call.args[0]
    if isinstance(given, ast.Call) and isinstance(given.func, ast.Name):
        return given.func.id in LISTS
    if isinstance(given, ast.Attribute):
        return given.attr == "problems"
    is_list = isinstance(given, (ast.List, ast.ListComp))
    return is_list or (isinstance(given, ast.Name) and given.id in LISTS)


def is_worded(call: ast.Call) -> bool:
    """Whether a refusal gives a reason in other words, which keeps its code."""
    given = call.args[0]
    if not (isinstance(given, ast.Call) and isinstance(given.func, ast.Attribute)):
        return False
    return given.func.attr == "within"


def brings_codes(call: ast.Call) -> bool:
    """Whether an error is made of problems or of a reason, which have codes of their own."""
    if ast.unparse(call.func) == "Refused":
        return has_problems(call) or is_worded(call)
    is_error = ast.unparse(call.func) in {"UsageProblem", "NotFound"}
    more = call.args[1:] or [arg for arg in call.args if isinstance(arg, ast.Starred)]
    return is_error and (bool(more) or is_worded(call))


def code_of(call: ast.Call) -> ast.expr | None:
    """Return the expression of a problem's code."""
    assert isinstance(call.func, ast.Name)
    place = MAKERS[call.func.id]
    named = [keyword.value for keyword in call.keywords if keyword.arg == "code"]
    return named[0] if named else (call.args[place] if len(call.args) > place else None)


def words(expression: ast.expr, tree: ast.Module) -> set[str]:
    """List the codes that an expression may give, through names and mappings of its module.

    Names are those of the function around it, else of the module.
    """
    if isinstance(expression, ast.Constant):
        return {str(expression.value)}
    if isinstance(expression, (ast.IfExp, ast.BoolOp)):
        either = alternatives(expression)
        return set().union(*(words(value, tree) for value in either))
    if isinstance(expression, ast.Name):
        values = named(expression, tree)
        return set().union(*(words(value, tree) for value in values))
    if isinstance(expression, ast.Call) and isinstance(expression.func, ast.Attribute):
        mapping, fallback = expression.func.value, expression.args[1]
        assert isinstance(mapping, ast.Name)
        values = named(mapping, tree)
        mapped = [node for value in values for node in ast.walk(value)]
        keys = {id(key) for value in mapped if isinstance(value, ast.Dict) for key in value.keys}
        texts = [node for node in mapped if isinstance(node, ast.Constant)]
        codes = {str(text.value) for text in texts if id(text) not in keys}
        return codes | words(fallback, tree)
    if isinstance(expression, ast.Call) and isinstance(expression.func, ast.Name):
        returned = returns(expression.func.id, tree)
        return set().union(*(words(value, tree) for value in returned))
    # Another problem's or error's own code.
    assert isinstance(expression, ast.Attribute)
    assert expression.attr == "code"
    return set()


def alternatives(expression: ast.IfExp | ast.BoolOp) -> list[ast.expr]:
    """Return the values that `a if b else c`, or `a or b`, may have."""
    if isinstance(expression, ast.IfExp):
        return [expression.body, expression.orelse]
    return expression.values


def returns(name: str, tree: ast.Module) -> list[ast.expr]:
    """Return the values that a function of a module returns."""
    [function] = [node for node in tree.body if getattr(node, "name", "") == name]
    nodes = [node for node in ast.walk(function) if isinstance(node, ast.Return)]
    return [node.value for node in nodes if node.value]


def named(name: ast.Name, tree: ast.Module) -> list[ast.expr]:
    """Return the values that a name is given, in the function around it, else in the module."""
    nodes: list[ast.AST] = list(tree.body)
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef) and name in ast.walk(function):
            nodes += ast.walk(function)
    values: list[ast.expr] = []
    for node in nodes:
        if not isinstance(node, (ast.Assign, ast.AnnAssign)) or node.value is None:
            continue
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if any(isinstance(target, ast.Name) and target.id == name.id for target in targets):
            values.append(node.value)
    return values


def test_every_problem_has_a_code_of_the_list_and_no_code_is_idle() -> None:
    used: set[str] = set()
    without = []
    for path in SOURCES:
        if path == BASE:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for call in made(tree):
            code = code_of(call)
            where = f"{path.relative_to(ROOT)}:{call.lineno}"
            if code is not None:
                codes = words(code, tree)
                assert codes <= MEANINGS.keys(), where
                used |= codes
            elif not brings_codes(call):
                without.append(where)
    assert without == []
    used |= {kind_of(name).code for name in KINDS}
    assert sorted(MEANINGS.keys() - used) == []


def test_every_row_that_an_importer_refuses_has_a_code() -> None:
    """An importer yields (row, field, why): a plain text would be `row-refused`, which says nothing."""
    plain = []
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple)):
                continue
            given = node.value
            if ast.unparse(given.elts[0]) != "row":
                continue
            why = given.elts[-1]
            if isinstance(why, (ast.Constant, ast.JoinedStr)) or ast.unparse(why).startswith(
                "str("
            ):
                plain.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert plain == []


def test_the_list_is_small_sorted_and_plain() -> None:
    assert list(MEANINGS) == sorted(MEANINGS)
    assert len(MEANINGS) <= 84
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", code) for code in MEANINGS)
    assert all(meaning.endswith(".") for meaning in MEANINGS.values())


def test_a_reason_is_its_sentence_and_becomes_a_problem_with_its_code() -> None:
    reason = Reason("it is a draft", code="wrong-state", facts={"state": "draft"})
    assert reason == "it is a draft"
    assert reason.within("PO-1: it is a draft").facts == {"state": "draft"}
    problem = problem_of(reason, "status", code="in-use")
    assert (problem.code, problem.facts) == ("wrong-state", {"state": "draft"})
    assert type(problem.message) is str
    assert problem_of("no", code="in-use").code == "in-use"


@pytest.mark.parametrize(
    "refused", [Refused("no", code="taken"), Refused([Problem("no", "", "taken")])]
)
def test_a_refusal_of_a_sentence_has_one_problem(refused: Refused) -> None:
    assert [problem.code for problem in refused.problems] == ["taken"]


def test_facts_are_not_in_the_sentence_and_do_not_keep_a_problem_from_a_set() -> None:
    few = Problem("not enough", "quantity", "not-enough-stock", facts={"on_hand": 1})
    more = few.replace(facts={"on_hand": 2})
    assert str(few) == str(more) == "quantity: not enough"
    assert len({few, more, few.replace()}) == 2
