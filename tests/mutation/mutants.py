"""Mutants of a module: its source with one small fault in it, in the Python or in the SQL."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Mutant(NamedTuple):
    """One fault: the bytes from `start` to `end` of a source become `after`. `line` counts from 1."""

    line: int
    start: int
    end: int
    before: str
    after: str
    #: The source's line around the fault, without edge blanks, and which of several alike in it the fault is in.
    within: str
    which: int

    @property
    def key(self) -> str:
        """What names the fault however its line moves: the line's text and what is changed in it."""
        changed = f"{self.before.strip() or self.before} -> {self.after.strip() or 'nothing'}"
        number = f" ({self.which})" if self.which > 1 else ""
        return f"{self.within} :: {changed}{number}"

    def of(self, source: bytes) -> bytes:
        """Return the source with the fault in it."""
        return source[: self.start] + self.after.encode() + source[self.end :]


_COMPARE: Final[dict[type[ast.cmpop], tuple[str, str]]] = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
}
_ARITHMETIC: Final[dict[type[ast.operator], tuple[str, str]]] = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "+"),
    ast.FloorDiv: ("//", "*"),
    ast.Div: ("/", "*"),
}
_CALLS: Final = {"max": "min", "min": "max", "any": "all", "all": "any"}
#: Text that is SQL, or a piece of it.
_IS_SQL: Final = re.compile(
    r"\b(SELECT|FROM|WHERE|AND|OR|JOIN|ORDER BY)\b|\b(iif|ifnull|coalesce|max|sum)\(|\} [-+] \{"
)
_SQL: Final = tuple(
    (re.compile(pattern), after)
    for pattern, after in (
        (r" <> ", " = "),
        (r" = ", " <> "),
        (r" <= ", " < "),
        (r" < ", " <= "),
        (r" >= ", " > "),
        (r" > ", " >= "),
        (r" \+ ", " - "),
        (r" - ", " + "),
        (r"(?<!SELECT) \* ", " + "),
        (r" / ", " * "),
        (r"\bAND\b", "OR"),
        (r"\bOR\b", "AND"),
        (r"NOT EXISTS", "EXISTS"),
        (r"IS NOT NULL", "IS NULL"),
        (r"IS NULL", "IS NOT NULL"),
        (r" DESC\b", ""),
        (r"\bmax\(", "min("),
        (r"\bsum\(", "max("),
        (r"'\w+', (?=')", ""),
    )
)
_SQL_NUMBER: Final = re.compile(r"(?<![\w.?:'])(?<!SELECT )(?<!BY )(?<!LIMIT )(\d+)(?![\w'])")


def mutants(source: bytes, only: Iterable[str] = ()) -> list[Mutant]:
    """Return every mutant of a module in the order of its source; of the functions and classes `only` names, if any."""
    tree = ast.parse(source)
    spots = _Spots(source)
    found = {
        (each.start, each.end, each.after): each
        for each in [*_of_python(tree, spots), *_of_sql(tree, spots)]
    }
    chosen = [(node.lineno, node.end_lineno or 0) for node in _named(tree, set(only))]
    inside = [
        each for each in found.values() if not chosen or any(a <= each.line <= b for a, b in chosen)
    ]
    return sorted(inside)


def statement(source: bytes, line: int) -> range:
    """Return the lines of the statement in a function that a line belongs to; else all lines.

    What stands outside functions runs when the module is read, so any of its functions may use it.
    """
    tree = ast.parse(source)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    inside = [
        range(node.lineno, (node.end_lineno or node.lineno) + 1)
        for function in functions
        for part in function.body
        for node in ast.walk(part)
        if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or 0)
    ]
    return min(inside, key=len, default=range(source.count(b"\n") + 2))


def _named(tree: ast.Module, names: set[str]) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name in names:
            yield node


class _Spots:
    """Where things are in a source: byte offsets of AST positions, and what stands between two of them."""

    def __init__(self, source: bytes) -> None:
        self.source = source
        self.starts = [0]
        for line in source.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))

    def at(self, line: int, column: int) -> int:
        return self.starts[line - 1] + column

    def begin(self, node: ast.expr | ast.stmt) -> int:
        return self.at(node.lineno, node.col_offset)

    def end(self, node: ast.expr | ast.stmt) -> int:
        return self.at(node.end_lineno or node.lineno, node.end_col_offset or 0)

    def mutant(self, start: int, end: int, after: str) -> Mutant:
        line = self.source.count(b"\n", 0, start) + 1
        begin, before = self.starts[line - 1], self.source[start:end]
        within = self.source[begin : self.starts[line]].decode().strip()
        which = 1 + self.source.count(before, begin, start)
        return Mutant(line, start, end, before.decode(), after, within, which)

    def between(
        self, left: ast.expr, right: ast.expr, operator: str, after: str
    ) -> Iterator[Mutant]:
        """Yield the mutant that has another operator between two operands."""
        start, end = self.end(left), self.begin(right)
        pattern = rb"\s+".join(re.escape(word.encode()) for word in operator.split())
        spot = re.search(pattern, self.source[start:end])
        if spot:
            yield self.mutant(start + spot.start(), start + spot.end(), after)


def _of_python(tree: ast.Module, spots: _Spots) -> Iterator[Mutant]:
    for node in _working(tree):
        if isinstance(node, ast.Compare):
            operands = [node.left, *node.comparators]
            for left, right, operator in zip(operands, operands[1:], node.ops, strict=False):
                yield from spots.between(left, right, *_COMPARE[type(operator)])
        elif isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
            yield from spots.between(node.left, node.right, *_ARITHMETIC[type(node.op)])
        elif isinstance(node, ast.BoolOp):
            words = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
            for left, right in zip(node.values, node.values[1:], strict=False):
                yield from spots.between(left, right, *words)
        else:
            yield from _of_one(node, spots)


def _of_one(node: ast.AST, spots: _Spots) -> Iterator[Mutant]:
    """Yield the mutants of what has no operator between two operands."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Not, ast.USub)):
        yield spots.mutant(spots.begin(node), spots.begin(node.operand), "")
    elif isinstance(node, ast.Constant):
        yield from _constant(node, spots)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _CALLS:
        yield spots.mutant(spots.begin(node.func), spots.end(node.func), _CALLS[node.func.id])
    elif isinstance(node, (ast.If, ast.IfExp)) and not isinstance(
        node.test, (ast.Compare, ast.UnaryOp)
    ):
        text = spots.source[spots.begin(node.test) : spots.end(node.test)].decode()
        yield spots.mutant(spots.begin(node.test), spots.end(node.test), f"not ({text})")
    elif isinstance(node, ast.Raise) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    ):
        yield spots.mutant(spots.begin(node), spots.end(node), "pass")


def _constant(node: ast.Constant, spots: _Spots) -> Iterator[Mutant]:
    if isinstance(node.value, bool):
        yield spots.mutant(spots.begin(node), spots.end(node), str(not node.value))
    elif isinstance(node.value, int):
        yield spots.mutant(spots.begin(node), spots.end(node), str(node.value + 1))


def _working(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes that do something: no annotations, decorators, declared defaults, assertions or type-only code."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, (ast.arguments, ast.Assert)) or (
            isinstance(node, ast.If) and _is_type_checking(node)
        ):
            continue
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            for part in node.body:
                yield from _with_children(part)
        elif isinstance(node, ast.AnnAssign):
            if node.value is not None:
                yield from _with_children(node.value)
        else:
            yield from _with_children(node)


def _with_children(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.AnnAssign):
        if node.value is not None:
            yield from _with_children(node.value)
    elif not isinstance(node, (ast.Assert, ast.arguments)):
        if not isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield node
        yield from _working(node)


def _is_type_checking(node: ast.If) -> bool:
    return isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _of_sql(tree: ast.Module, spots: _Spots) -> Iterator[Mutant]:
    statements = [node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)]
    told = {
        (value.lineno, value.col_offset) for value in statements if isinstance(value, ast.Constant)
    }
    for token in tokenize.tokenize(io.BytesIO(spots.source).readline):
        if token.type != tokenize.STRING or token.start in told or not _IS_SQL.search(token.string):
            continue
        line = spots.source.splitlines()[token.start[0] - 1]
        start = spots.at(token.start[0], len(line.decode()[: token.start[1]].encode()))
        for pattern, after in _SQL:
            for spot in pattern.finditer(token.string):
                yield _in_token(spots, start, token.string, spot, after)
        for spot in _SQL_NUMBER.finditer(token.string):
            yield _in_token(spots, start, token.string, spot, str(int(spot[0]) + 1))


def _in_token(spots: _Spots, start: int, text: str, spot: re.Match[str], after: str) -> Mutant:
    begin = start + len(text[: spot.start()].encode())
    return spots.mutant(begin, begin + len(spot[0].encode()), after)
