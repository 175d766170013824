"""No circle of modules: every import counts, those inside functions and those for types alone, too."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[1]
SOURCES: Final = (
    ROOT / "src/officeops",
    ROOT / "plugins/hr/src/officeops_hr",
    ROOT / "plugins/inventory/src/officeops_inventory",
    ROOT / "plugins/maintenance/src/officeops_maintenance",
    ROOT / "plugins/vendors/src/officeops_vendors",
)
Graph = dict[str, set[str]]


def modules() -> dict[str, Path]:
    """Return every module of the program and its plugins by its name. The template of a plugin is no module."""
    found = {}
    for source in SOURCES:
        for path in source.rglob("*.py"):
            parts = path.relative_to(source.parent).with_suffix("").parts
            if "template" not in parts:
                found[".".join(parts).removesuffix(".__init__")] = path
    return found


def statements(node: ast.AST) -> Iterator[ast.stmt]:
    """Yield the statements in a node, and those in them: what is in an expression imports nothing."""
    for field in ("body", "orelse", "finalbody", "handlers", "cases"):
        for child in getattr(node, field, ()):
            if isinstance(child, ast.stmt):
                yield child
            yield from statements(child)


def imported(tree: ast.AST, known: set[str]) -> Iterator[str]:
    """Yield the modules of ours that a module imports anywhere in its text."""
    for node in statements(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            # `from package import module` leads to the module; only what the package itself holds leads to the package.
            yield from (name if name in known else node.module for name in names)


def import_graph() -> Graph:
    """Return the modules that each module imports."""
    paths = modules()
    graph: Graph = {}
    for name, path in paths.items():
        targets = imported(ast.parse(path.read_text()), set(paths))
        graph[name] = {target for target in targets if target in paths and target != name}
    return graph


def circles(graph: Graph) -> list[list[str]]:
    """Return the groups of modules that reach each other (Tarjan, 1972), each in alphabetical order."""
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    path: list[str] = []
    found: list[list[str]] = []

    def visit(module: str) -> None:
        number[module] = lowest[module] = len(number)
        path.append(module)
        for target in sorted(graph[module]):
            if target not in number:
                visit(target)
                lowest[module] = min(lowest[module], lowest[target])
            elif target in path:
                lowest[module] = min(lowest[module], number[target])
        if lowest[module] == number[module]:
            start = path.index(module)
            group = sorted(path[start:])
            del path[start:]
            if len(group) > 1:
                found.append(group)

    for module in sorted(graph):
        if module not in number:
            visit(module)
    return sorted(found)


def described(group: list[str], graph: Graph) -> str:
    """Return a circle with the imports that make it."""
    within = set(group)
    lines = [
        f"  {module} -> {target}" for module in group for target in sorted(graph[module] & within)
    ]
    return f"{len(group)} modules\n" + "\n".join(lines)


def test_no_module_leads_back_to_itself() -> None:
    graph = import_graph()
    assert len(graph) > 300
    groups = [described(group, graph) for group in circles(graph)]
    assert not groups, "\n".join(groups)


def test_a_circle_is_seen_however_it_is_imported() -> None:
    known = {"a", "a.b", "c", "d"}
    text = "from typing import TYPE_CHECKING\nfrom a import b\nif TYPE_CHECKING:\n    import c\ndef f():\n    from d import x"
    assert set(imported(ast.parse(text), known)) & known == {"a.b", "c", "d"}
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}}) == [["b", "c"]]
