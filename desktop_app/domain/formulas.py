"""Cells, sums and checks of official forms, written as data: `[22] + [23] - [39]`, `percent([22], 30)`.

A formula may add, subtract, multiply and take a percentage half up; nothing else, and never for long: it is
evaluated by a safe evaluator over whole numbers, and its length is bounded.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from desktop_app.domain import amounts

LONGEST = 500
_CELL = re.compile(r"\[([^\[\]]{1,60})\]")
_LARGEST = 10**24
_ALLOWED = {ast.Expr, ast.Constant, ast.Name, ast.Call, ast.UnaryOp, ast.BinOp}
_COMPARE = {"=": operator.eq, "<=": operator.le, ">=": operator.ge}

Severity = Literal["warning", "error"]


@dataclass(frozen=True)
class Rule:
    """A check of a form: `left` and `right` are formulas, `op` is =, <= or >=.

    `good` and `bad` are the sentences shown; in them `[25.01]` stands for that cell's amount.
    """

    rule: str
    severity: Severity
    left: str
    op: str
    right: str
    good: str = ""
    bad: str = ""


@dataclass(frozen=True)
class Check:
    """The answer of a rule: both sides (đồng or a count) and the sentence for the accountant."""

    rule: str
    severity: Severity
    holds: bool
    left: int
    right: int
    text: str = ""

    def answer(self) -> dict[str, object]:
        """As the command line and a submission tell it."""
        return {
            "rule": self.rule,
            "severity": self.severity,
            "holds": self.holds,
            "left": self.left,
            "right": self.right,
        }


def value(formula: str, cells: Mapping[str, int]) -> int:
    """What a formula comes to. Raises `ValueError` for an unknown cell or a formula that is none."""
    from simpleeval import InvalidExpression  # a form is rarely needed at start

    if len(formula) > LONGEST:
        raise ValueError(f"formula of {len(formula)} characters")
    names: dict[str, int] = {}

    def name(found: re.Match[str]) -> str:
        if found[1] not in cells:
            raise ValueError(f"no cell {found[1]} in {formula}")
        names[made := f"cell_{len(names)}"] = cells[found[1]]
        return made

    evaluator = _evaluator()
    text = _CELL.sub(name, formula)
    evaluator.names = names
    try:
        found = evaluator.eval(text)
    except (InvalidExpression, SyntaxError, TypeError, KeyError) as error:
        raise ValueError(f"no formula: {formula}") from error
    if type(found) is not int:
        raise ValueError(f"not a whole number: {formula}")
    return found


@cache
def _evaluator() -> Any:
    """The one evaluator; what it may read is given to it before each formula."""
    from simpleeval import SimpleEval

    made = SimpleEval(
        operators={ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: _times, ast.USub: operator.neg},
        functions={"percent": _percent},
    )
    for kind in set(made.nodes) - _ALLOWED:
        del made.nodes[kind]
    return made


def cells_in(formula: str) -> tuple[str, ...]:
    """The cells a formula reads."""
    return tuple(_CELL.findall(formula))


def fill(formulas: Mapping[str, str], cells: Mapping[str, int]) -> dict[str, int]:
    """The given cells and every cell that has a formula, in whatever order they lean on each other.

    A given cell wins over its formula (a cell typed over). Raises `ValueError` for formulas that run in a circle.
    """
    found = dict(cells)

    def settle(key: str, above: tuple[str, ...]) -> None:
        if key in found or key not in formulas:
            return
        if key in above:
            raise ValueError(f"the formula of {key} leans on itself")
        for other in cells_in(formulas[key]):
            settle(other, (*above, key))
        found[key] = value(formulas[key], found)

    for key in formulas:
        settle(key, ())
    return found


def check(rules: Sequence[Rule], cells: Mapping[str, int]) -> tuple[Check, ...]:
    """The rules whose cells are all known, answered in order."""
    return tuple(
        answered(rule, cells)
        for rule in rules
        if all(name in cells for side in (rule.left, rule.right) for name in cells_in(side))
    )


def answered(rule: Rule, cells: Mapping[str, int]) -> Check:
    """One rule over cells that are all known."""
    left, right = value(rule.left, cells), value(rule.right, cells)
    holds = bool(_COMPARE[rule.op](left, right))
    return Check(rule.rule, rule.severity, holds, left, right, told(rule.good if holds else rule.bad, cells))


def told(text: str, cells: Mapping[str, int]) -> str:
    """A sentence with its cells written out: "còn [V.d] đồng" -> "còn 1.816.800 đồng"."""
    return _CELL.sub(lambda found: amounts.format_amount(cells.get(found[1], 0)), text)


def _times(left: int, right: int) -> int:
    if abs(left) > _LARGEST or abs(right) > _LARGEST:
        raise ValueError("a number out of all bounds")
    return left * right


def _percent(amount: int, percent: int) -> int:
    return amounts.half_up(amount * percent, 100)
