"""S26-H: assets and tools of a period, what came in and what left, at the price they came in for (đồng)."""

from __future__ import annotations

from datetime import timedelta

from desktop_app.domain.dates import Period
from desktop_app.domain.records import Asset
from desktop_app.reports.forms import Form
from desktop_app.reports.model import Cell, Row, Section, Table
from desktop_app.reports.paper import Made, paper
from desktop_app.storage import assets
from desktop_app.storage.book import Book


def asset_book(book: Book, form: Form, period: Period) -> Made:
    """S26-H of a period: what there was before, a row a move, what there is after."""
    before = [each for each in assets.held(book, period.first - timedelta(days=1)) if each.left]
    known = {each.asset.id: each.asset for each in assets.held(book, period.last)}
    opening = sum(each.amount for each in before)
    rows = [Row({"text": "Số dư đầu kỳ", "amount": opening}, "bold")]
    rows += [Row(_came(each.asset, each.left), code=each.asset.id) for each in before]
    answers: list[dict[str, Cell]] = []
    totals = {"in": 0, "out": 0}
    for move in assets.moves(book, period.first, period.last):
        assert move.day is not None
        if isinstance(move, Asset):
            cells, amount = _came(move, move.quantity), move.quantity * move.price
            totals["in"] += amount
            told: dict[str, Cell] = {"text": move.name, "in": amount, "out": 0}
        else:
            asset = known[move.asset]
            amount = move.quantity * asset.price
            totals["out"] += amount
            cells = {"booked": move.day, "text": asset.name, "measure": asset.measure, "out_number": move.document,
                     "reason": move.reason, "out_quantity": move.quantity, "out_amount": amount}  # fmt: skip
            told = {"text": asset.name, "in": 0, "out": amount}
        rows.append(Row(cells, code=move.id if isinstance(move, Asset) else move.asset))
        number = {"date": move.day.isoformat(), "number": move.document}
        answers.append({**number, **told, "quantity": move.quantity})
    closing = opening + totals["in"] - totals["out"]
    rows.append(Row({"text": "Cộng phát sinh trong kỳ", "amount": totals["in"], "out_amount": totals["out"]}, "total"))
    rows.append(Row({"text": "Số dư cuối kỳ", "amount": closing}, "bold"))
    table = Table(form.table_columns(), tuple(rows), number_row=True)
    report = paper(book, form, period.label, (Section(table=table),))
    return Made(report, {"opening": opening, "rows": answers, "closing": closing, "totals": totals})


def _came(asset: Asset, quantity: int) -> dict[str, Cell]:
    return {
        "booked": asset.day, "number": asset.document, "text": asset.name, "measure": asset.measure,
        "quantity": quantity, "price": asset.price, "amount": quantity * asset.price,
        "note": asset.note or asset.place,
    }  # fmt: skip
