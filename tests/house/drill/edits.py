"""Small edits to a function, a class or a table that is named: what the leaks of the drill are made of.

An edit says what it breaks (this value, this call, this condition), not how its source is written, so that a new format and most
new names leave it standing. It must find exactly one place within what is named, or it says so. In the code that is put there,
`$it` is the code that was there, `$on` what a call is made on, and `$args` its arguments.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from string import Template
from textwrap import dedent, indent

Definition = ast.FunctionDef | ast.ClassDef


class Astray(Exception):
    """A leak that fits the code no longer: what it names is gone, or is there more than once."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Bytes `start` to `end` of a file, and what is put in their place."""

    start: int
    end: int
    new: str


class Code:
    """One file's source, with the places of its nodes."""

    def __init__(self, source: str) -> None:
        self.raw = source.encode()
        self.tree = ast.parse(source)
        self.lines = [0]
        for line in self.raw.splitlines(keepends=True):
            self.lines.append(self.lines[-1] + len(line))

    def span(self, node: ast.expr | ast.stmt | ast.keyword) -> tuple[int, int]:
        """Return where a node begins and ends, in bytes."""
        assert node.end_lineno is not None and node.end_col_offset is not None
        return self.lines[node.lineno - 1] + node.col_offset, self.lines[node.end_lineno - 1] + node.end_col_offset

    def text(self, node: ast.expr | ast.stmt) -> str:
        """Return a node's source."""
        start, end = self.span(node)
        return self.raw[start:end].decode()

    def written(self, new: str, node: ast.expr) -> str:
        """Return new code with what it says of the old: `$it`, and of a call `$on` and `$args`."""
        known = {"it": f"({self.text(node)})"}
        if isinstance(node, ast.Call):
            known["args"] = ", ".join(map(ast.unparse, [*node.args, *node.keywords]))  # type: ignore[list-item]
            if isinstance(node.func, ast.Attribute):
                known["on"] = self.text(node.func.value)
        return Template(new).substitute(known)

    def instead(self, node: ast.expr, new: str) -> Cut:
        """Return the cut that puts an expression in another's place."""
        return Cut(*self.span(node), f"({self.written(new, node)})")

    def beside(self, statement: ast.stmt, new: str, *, below: bool) -> Cut:
        """Return the cut that puts statements above or below one."""
        start, end = self.span(statement)
        if isinstance(statement, Definition) and statement.decorator_list and not below:
            start = self.span(statement.decorator_list[0])[0] - 1
        lines = indent(dedent(new).strip(), " " * statement.col_offset).lstrip()
        margin = "\n" + " " * statement.col_offset
        return Cut(end, end, margin + lines) if below else Cut(start, start, lines + margin)


Edit = Callable[[Code, ast.AST], list[Cut]]


def name_of(node: ast.AST | None) -> str:
    """Return the dotted name of a thing, without what it is called on or indexed by; of a key, its text."""
    match node:
        case ast.Name(id=name) | ast.Constant(value=str(name)):
            return name
        case ast.Attribute(value=whose, attr=name):
            return f"{name_of(whose)}.{name}"
        case ast.Call(func=func):
            return name_of(func)
    return ""


def is_called(node: ast.AST | None, name: str) -> bool:
    """Whether a thing has that name, or a dotted one that ends with it."""
    return f".{name_of(node)}".endswith(f".{name}")


def calls(node: ast.AST, name: str) -> list[ast.Call]:
    """Return the calls of a function or method of that name."""
    return [each for each in ast.walk(node) if isinstance(each, ast.Call) and is_called(each, name)]


def values(node: ast.AST, name: str) -> Iterator[ast.expr]:
    """Yield what is given to a name: by keyword, in a dictionary, or by assignment."""
    for each in ast.walk(node):
        match each:
            case ast.keyword(arg=str(arg), value=value) if arg == name:
                yield value
            case ast.Dict(keys=keys, values=given):
                yield from (value for key, value in zip(keys, given, strict=True) if key and is_called(key, name))
            case ast.Assign(targets=[target], value=value) if is_called(target, name):
                yield value
            case ast.AnnAssign(target=target, value=ast.expr() as value) if is_called(target, name):
                yield value


def value(name: str, new: str, *, of: str = "") -> Edit:
    """Give this name another value: a keyword's, a dictionary's, a variable's or field's; with `of`, in the call of that."""

    def cuts(code: Code, node: ast.AST) -> list[Cut]:
        places: Sequence[ast.AST] = calls(node, of) if of else [node]
        return [code.instead(each, new) for place in places for each in values(place, name)]

    return cuts


def call(name: str, new: str) -> Edit:
    """Put something in place of the call of that name."""
    return lambda code, node: [code.instead(each, new) for each in calls(node, name)]


def without(name: str, *, of: str) -> Edit:
    """Leave a keyword out of a call."""

    def cuts(code: Code, node: ast.AST) -> list[Cut]:
        found = [each for each in calls(node, of) if any(one.arg == name for one in each.keywords)]
        for each in found:
            each.keywords = [one for one in each.keywords if one.arg != name]
        return [code.instead(each, ast.unparse(each).replace("$", "$$")) for each in found]

    return cuts


def condition(new: str, *, before: str = "") -> Edit:
    """Put something in place of the condition of the `if`; with `before`, of the one that leads straight to that name."""

    def cuts(code: Code, node: ast.AST) -> list[Cut]:
        tests = [each for each in ast.walk(node) if isinstance(each, ast.If | ast.IfExp)]
        return [code.instead(each.test, new) for each in tests if not before or _leads_to(each, before)]

    return cuts


def _leads_to(found: ast.If | ast.IfExp, name: str) -> bool:
    body = found.body if isinstance(found.body, list) else [found.body]
    return any(is_called(each, name) for statement in body for each in ast.walk(statement))


def returned(new: str) -> Edit:
    """Return something else."""

    def cuts(code: Code, node: ast.AST) -> list[Cut]:
        found = [each.value for each in ast.walk(node) if isinstance(each, ast.Return) and each.value]
        return [code.instead(each, new) for each in found]

    return cuts


def first(new: str) -> Edit:
    """Do this before everything else that a function does."""

    def cuts(code: Code, node: ast.AST) -> list[Cut]:
        assert isinstance(node, Definition)
        body = node.body[1:] if ast.get_docstring(node) else node.body
        return [code.beside(body[0], new, below=False)]

    return cuts


def last(new: str) -> Edit:
    """Do this after everything else that a function does, or a class says."""

    def cuts(code: Code, node: ast.AST) -> list[Cut]:
        assert isinstance(node, Definition)
        return [code.beside(node.body[-1], new, below=True)]

    return cuts


def around(name: str, new: str, *, below: bool) -> Edit:
    """Do this above or below the statement that calls a name, or gives it a value."""

    def cuts(code: Code, node: ast.AST) -> list[Cut]:
        statements = [each for each in ast.walk(node) if isinstance(each, ast.stmt) and _concerns(each, name)]
        return [code.beside(each, new, below=below) for each in statements]

    return cuts


def _concerns(statement: ast.stmt, name: str) -> bool:
    match statement:
        case ast.Expr(value=ast.Call() as made) | ast.Return(value=ast.Call() as made):
            return is_called(made, name)
        case ast.Assign(targets=[target], value=given):
            return is_called(target, name) or (isinstance(given, ast.Call) and is_called(given, name))
        case ast.AnnAssign(target=target):
            return is_called(target, name)
    return False


def after(name: str, new: str) -> Edit:
    """Do this after the statement that calls a name, or gives it a value."""
    return around(name, new, below=True)


def ahead(name: str, new: str) -> Edit:
    """Do this before the statement that calls a name, or gives it a value."""
    return around(name, new, below=False)


def undecorated(name: str) -> Edit:
    """Take a decorator off."""

    def cuts(code: Code, node: ast.AST) -> list[Cut]:
        assert isinstance(node, Definition)
        spans = [code.span(each) for each in node.decorator_list if name_of(each) == name]
        return [Cut(start - 1, end, "") for start, end in spans]  # with its @

    return cuts


def base(name: str, new: str) -> Edit:
    """Let a class come of another one."""

    def cuts(code: Code, node: ast.AST) -> list[Cut]:
        assert isinstance(node, ast.ClassDef)
        return [code.instead(each, new) for each in node.bases if is_called(each, name)]

    return cuts


def named(tree: ast.Module, name: str) -> ast.AST:
    """Return the function, class or table of that dotted name. Raise Astray if there is none, or more than one."""
    node: ast.AST = tree
    for part in name.split("."):
        found = [each for each in getattr(node, "body", []) if _name_of_statement(each) == part]
        if len(found) != 1:
            raise Astray(f"{name}: {len(found)} of that name")
        node = found[0]
    return node


def _name_of_statement(statement: ast.stmt) -> str:
    match statement:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return name
        case ast.Assign(targets=[target]) | ast.AnnAssign(target=target):
            return name_of(target)
    return ""


def edited(source: str, name: str, edits: Sequence[Edit]) -> str:
    """Return a file's source with these edits made to what is named in it. Raise Astray where one does not fit exactly once."""
    code, cuts = Code(source), list[Cut]()
    for number, edit in enumerate(edits, 1):
        found = edit(code, named(code.tree, name))
        if len(found) != 1:
            raise Astray(f"{name}: edit {number} fits in {len(found)} places")
        cuts += found
    return _cut(code.raw, cuts)


def _cut(raw: bytes, cuts: list[Cut]) -> str:
    cuts = sorted(cuts, key=lambda cut: cut.start)
    assert all(one.end <= other.start for one, other in pairwise(cuts)), "edits overlap"
    for cut in reversed(cuts):
        raw = raw[: cut.start] + cut.new.encode() + raw[cut.end :]
    new = raw.decode()
    compile(new, "<leak>", "exec")
    return new


def file_of(root: Path, module: str) -> Path:
    """Return the file of a module."""
    path = root.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
