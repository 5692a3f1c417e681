"""What makes a voucher right, and what turns one back: pure rules, asked by every door (form, Excel, commands)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import date

from desktop_app.domain import dates
from desktop_app.domain.errors import Problem
from desktop_app.domain.items import Items
from desktop_app.domain.records import Fund, Line, Voucher

KIND_NAMES: Mapping[str, str] = {
    "PT": "Phiếu thu", "PC": "Phiếu chi", "BC": "Giấy báo có", "BN": "Giấy báo nợ", "UNC": "Ủy nhiệm chi",
    "ĐC": "Phiếu điều chỉnh", "KT": "Phiếu kế toán",
}  # fmt: skip
TAKES, GIVES = ("PT", "BC"), ("PC", "BN", "UNC")
FITTING: Mapping[str, str] = {
    "PT": "Tiền mặt", "PC": "Tiền mặt", "BC": "Tiền gửi", "BN": "Tiền gửi", "UNC": "Tiền gửi",
}  # fmt: skip
"""The kind of fund a kind of voucher is about."""
NO_MONEY = "Bù trừ"
"""The kind of the fund through which what is set off runs; it always holds 0."""


def side_of(kind: str) -> str:
    """ "in" for a voucher that takes money, "out" for one that gives it, "" for an adjusting one (either)."""
    return "in" if kind in TAKES else "out" if kind in GIVES else ""


def moves(voucher: Voucher) -> bool:
    """Whether it only moves money between funds: never income, never spending."""
    return bool(voucher.lines) and all(_bare(line) for line in voucher.lines)


def amount_of(voucher: Voucher) -> int:
    """The amount on its paper, đồng: of a transfer what is moved, else what its lines bring in or take out."""
    if moves(voucher):
        return sum(line.amount_in for line in voucher.lines)
    return abs(sum(line.amount_in - line.amount_out for line in voucher.lines)) or sum(
        line.amount_in for line in voucher.lines
    )


def counterpart_kind(voucher: Voucher, funds: Mapping[str, Fund]) -> str:
    """The series in which the other half of a transfer takes a number, "" for none.

    The cash book needs a phiếu thu or phiếu chi for its half; the bank's half is proved by the bank's own paper.
    """
    if not moves(voucher) or voucher.kind == "ĐC":
        return ""
    cash = {line.fund for line in voucher.lines if line.fund in funds and funds[line.fund].kind == "Tiền mặt"}
    taking = {line.fund for line in voucher.lines if line.amount_in}
    if voucher.kind != "PT" and cash & taking:
        return "PT"
    return "PC" if voucher.kind != "PC" and cash - taking else ""


def problems(voucher: Voucher, funds: Mapping[str, Fund], items: Items) -> list[Problem]:
    """Why this voucher cannot be stored, a sentence each; `funds` by id, `items` those in force on its day."""
    if not voucher.lines:
        return [Problem("lines", "Hãy nhập ít nhất một dòng có số tiền.")]
    found: list[Problem] = []
    for line in voucher.lines:
        found += _of_line(voucher, line, funds, items)
    bare = [line for line in voucher.lines if _bare(line)]
    if sum(line.amount_in for line in bare) != sum(line.amount_out for line in bare):
        found.append(Problem("lines.item", "Hãy chọn mục, hoặc ghi đủ hai quỹ của phiếu chuyển giữa các quỹ."))
    elif bare and len({line.fund for line in bare}) == 1:
        found.append(Problem("lines.fund", "Quỹ chuyển đi và quỹ nhận là một. Hãy chọn hai quỹ khác nhau."))
    if voucher.kind == "KT":
        found += _unbalanced(voucher, funds)
    if voucher.adjusts and voucher.kind != "ĐC":
        found.append(Problem("adjusts", "Chỉ phiếu điều chỉnh (ĐC) mới điều chỉnh cho phiếu khác."))
    return list(dict.fromkeys(found))


def _unbalanced(voucher: Voucher, funds: Mapping[str, Fund]) -> Iterable[Problem]:
    """A voucher without money: nothing of a real fund, and as much in as out."""
    if any(line.fund in funds and funds[line.fund].kind != NO_MONEY for line in voucher.lines):
        yield Problem("lines.fund", "Phiếu kế toán không có tiền nên mọi dòng thuộc quỹ Bù trừ.")
    if sum(line.amount_in - line.amount_out for line in voucher.lines):
        yield Problem("lines.amount", "Phiếu kế toán phải có tổng thu bằng tổng chi.")


def _of_line(voucher: Voucher, line: Line, funds: Mapping[str, Fund], items: Items) -> Iterable[Problem]:
    if bool(line.amount_in) == bool(line.amount_out):
        yield Problem("lines.amount", "Mỗi dòng phải có số tiền ở đúng một cột, Thu hoặc Chi.")
        return
    if voucher.kind != "ĐC" and (line.amount_in < 0 or line.amount_out < 0):
        yield Problem("lines.amount", "Số tiền âm chỉ dùng trong phiếu điều chỉnh (ĐC).")
    fund = funds.get(line.fund)
    if fund is None:
        yield Problem("lines.fund", "Không tìm thấy quỹ này. Hãy chọn quỹ trong danh sách.")
        return
    if fund.opened and voucher.day and voucher.day < fund.opened:
        opened = dates.show_day(fund.opened)
        yield Problem("day", f"Quỹ {fund.code} mở sổ từ {opened}, hãy ghi ngày từ đó về sau hoặc chọn quỹ khác.")
    if _bare(line):
        return
    if fund.kind != NO_MONEY:
        name = f"{KIND_NAMES[voucher.kind]} ({voucher.kind})"
        if voucher.kind in TAKES and line.amount_out:
            sentence = f"{name} ghi số tiền ở cột Thu. Khoản chi hãy lập phiếu chi, báo nợ hoặc ủy nhiệm chi."
            yield Problem("lines.amount", sentence)
        if voucher.kind in GIVES and line.amount_in:
            yield Problem("lines.amount", f"{name} ghi số tiền ở cột Chi. Khoản thu hãy lập phiếu thu hoặc báo có.")
    if line.item and (sentence := _of_item(line, items)):
        yield Problem("lines.item", sentence)


def _of_item(line: Line, items: Items) -> str:
    item = items.get(line.item) or items.get(items.of_form(line.item))
    refusal = items.refusal(line.item if item is None else item.code)
    if refusal or item is None:
        return refusal or ""
    if item.side == "in" and line.amount_out:
        return f"Mục {line.item} là mục thu, không ghi ở cột Chi. Hãy chọn mục chi."
    if item.side == "out" and line.amount_in:
        return f"Mục {line.item} là mục chi, không ghi ở cột Thu. Hãy chọn mục thu."
    return ""


def _bare(line: Line) -> bool:
    return not line.item and not line.party


def reversal(voucher: Voucher, id_: str, day: date, reason: str) -> Voucher:
    """The adjusting voucher that takes a voucher back: the same lines with the other sign, in the same columns."""
    lines = tuple(
        dataclasses.replace(line, amount_in=-line.amount_in, amount_out=-line.amount_out) for line in voucher.lines
    )
    text = f"Đảo phiếu {voucher.number}: {voucher.text}"
    return dataclasses.replace(
        voucher, id=id_, kind="ĐC", number="", counterpart="", day=day, text=text[:300], papers="", lines=lines,
        adjusts="", reverses=voucher.id, replaces="", reason=reason, posted=False, cancelled=False,
    )  # fmt: skip
