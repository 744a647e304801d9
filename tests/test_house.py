"""The house stays easy to live in: what no linter checks of architecture.md and CONTRIBUTING.md."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from hackaviz.settings import ROOT

ROOMS = ("hackaviz", "challenges", "submissions", "judging")
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

LONGEST_MODULE, LONGEST_FUNCTION, LONGEST_TEMPLATE = 300, 45, 120
MEDIAN_FUNCTION = 8


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else []


def test_no_module_of_ours_is_imported_inside_a_function():
    late = [
        f"{path}: {name}"
        for path in MODULES
        for function in functions(path)
        for node in ast.walk(function)
        for name in imported(node)
        if name.split(".")[0] in ROOMS
    ]
    assert late == []


def test_modules_functions_and_templates_stay_short():
    too_long = [
        f"{path}: {count}" for path in MODULES if (count := len(path.read_text().splitlines())) > LONGEST_MODULE
    ]
    too_long += [
        f"{path}: {function.name}: {lines(function)}"
        for path in MODULES
        for function in functions(path)
        if lines(function) > LONGEST_FUNCTION
    ]
    too_long += [
        f"{path}: {count}" for path in TEMPLATES if (count := len(path.read_text().splitlines())) > LONGEST_TEMPLATE
    ]
    assert too_long == []


def test_the_usual_function_is_a_few_lines():
    lengths = sorted(lines(function) for path in MODULES for function in functions(path))
    assert lengths[len(lengths) // 2] <= MEDIAN_FUNCTION


def test_tests_are_not_packages():
    assert list((ROOT / "tests").rglob("__init__.py")) == []
