"""Formulas of forms: sums in any order, percentages half up, and nothing that runs away."""

from __future__ import annotations

import pytest

from desktop_app.domain.formulas import Rule, check, fill, value

CELLS = {"22": 72444000, "25.01": 30000000, "25.02": 41300}


def test_cells_are_added_up_in_whatever_order_they_are_written() -> None:
    filled = fill({"tong": "[cong] + 0", "cong": "[22] + [25]", "25": "[25.01] + [25.02]"}, CELLS)
    assert (filled["25"], filled["tong"]) == (30041300, 102485300)


def test_a_given_cell_wins_over_its_formula() -> None:
    assert fill({"25": "[25.01] + [25.02]"}, {**CELLS, "25": 7})["25"] == 7


def test_a_percentage_is_half_up() -> None:
    assert value("percent([22], 30)", CELLS) == 21733200
    assert value("percent(5, 50) - percent(-5, 50)", {}) == 6


@pytest.mark.parametrize(
    "formula",
    ["[99]", "2 ** 9", "__import__('os')", "[22].real", "1 +", "1.5", "'a' * 9", "9 / 2", "percent", "1 +" * 300 + "1",
     "*".join(["9999999999999"] * 9), "lambda: 1", "[x for x in (1,)]", "1 < 2"],
)  # fmt: skip
def test_what_is_no_formula_is_a_fault_of_the_form(formula: str) -> None:
    with pytest.raises(ValueError):
        value(formula, CELLS)


def test_formulas_in_a_circle_are_found() -> None:
    with pytest.raises(ValueError, match="leans on itself"):
        fill({"a": "[b]", "b": "[a]"}, {})


def test_a_rule_answers_both_sides_and_a_sentence() -> None:
    rule = Rule("nữ ≤ tổng", "error", "[2]", "<=", "[1]", good="Đúng.", bad="Nữ là [2], nhiều hơn tổng [1].")
    (found,) = check([rule], {"1": 1000, "2": 1200})
    assert (found.holds, found.left, found.right, found.text) == (False, 1200, 1000, "Nữ là 1.200, nhiều hơn tổng 1.000.")
    assert check([rule], {"1": 5, "2": 5})[0].text == "Đúng."


def test_a_rule_of_an_unknown_fact_is_left_out() -> None:
    assert check([Rule("10 = trước", "error", "[10]", "=", "[previous]")], {"10": 5}) == ()
