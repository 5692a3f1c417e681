"""Questions about assets: what there is on a day, and what came and went in a period."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from desktop_app.domain.records import Asset, AssetOut
from desktop_app.storage import rows
from desktop_app.storage.book import Book


class Held(NamedTuple):
    """An asset and how many of it there are."""

    asset: Asset
    left: int

    @property
    def amount(self) -> int:
        """What is left of it, đồng at the price it came in for."""
        return self.left * self.asset.price


def held(book: Book, day: date) -> list[Held]:
    """Every asset that came in by a day with what was left of it at the end of it, in the order they came."""
    gone = dict(
        book.db.execute(
            "SELECT asset, sum(quantity) FROM assets_out WHERE retired = 0 AND day <= ? GROUP BY asset",
            [day.isoformat()],
        ).fetchall()
    )
    came = rows.find(book.db, Asset, "retired = 0 AND day <= ?", [day.isoformat()], order="day, id")
    return [Held(asset, asset.quantity - gone.get(asset.id, 0)) for asset in came]


def moves(book: Book, first: date, last: date) -> list[Asset | AssetOut]:
    """What came in and what left in a period, by day."""
    days = [first.isoformat(), last.isoformat()]
    found: list[Asset | AssetOut] = [
        *rows.find(book.db, Asset, "retired = 0 AND day BETWEEN ? AND ?", days),
        *rows.find(book.db, AssetOut, "retired = 0 AND day BETWEEN ? AND ?", days),
    ]
    return sorted(found, key=lambda move: (move.day or last, move.id))


def outs(book: Book, asset: str) -> list[AssetOut]:
    """What left of an asset (id), by day."""
    return list(rows.find(book.db, AssetOut, "retired = 0 AND asset = ?", [asset], order="day, id"))
