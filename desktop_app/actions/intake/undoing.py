"""The undo of a whole import: what it added goes, what it filled is empty again, as long as nothing leans on it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from desktop_app.actions import periods
from desktop_app.domain.errors import Refused
from desktop_app.domain.fields import entities
from desktop_app.storage import entries
from desktop_app.storage.book import Book, Changes
from desktop_app.storage.numbers import numbered


def undo(book: Book, id_: str, by: str) -> Changes:
    """Put away everything that an import added; what it said of people already there is as it was before.

    Raises `Refused` if the id is unknown, if any of it has been used or changed since, or if a voucher of it stands in
    a closed month or before a later one of its series: numbers have no gaps.
    """
    parts = id_.split("-")
    if len(parts) != 3 or not (parts[1].isdigit() and parts[2].isdigit()):
        raise Refused("Không tìm thấy lần nhập này. Hãy mở lại danh sách.")
    device, first, last = parts[0], int(parts[1]), int(parts[2])
    with book.transact("members.import.undo", by) as transaction:
        added = entries.created_between(book, device, first, last)
        filled = entries.filled_between(book, device, first, last)
        if not added and not filled:
            raise Refused("Không tìm thấy lần nhập này. Hãy mở lại danh sách.")
        _refuse_followed(book, [record for entity, record in added if entity == "voucher"])
        changed = entries.changed_since(book, (record for _, record in added), device, last)
        people = [record for entity, record in added if entity == "person"]
        mine = {record for _, record in added}
        leaning = [record for record in people if entries.leaning_on(book, record, mine)]
        count = len(changed | set(leaning) | {one.record for one in filled if one.since})
        if count:
            told = f"{count} người của lần nhập này đã được sửa, có biến động, đã nộp đoàn phí hoặc đã giữ chức vụ"
            what = "từng người trong danh sách"
            if any(entity == "voucher" for entity, _ in added):
                told, what = f"{count} phiếu của lần nhập này đã được sửa, hủy hoặc điều chỉnh", "từng phiếu"
            raise Refused(f"Không hoàn tác được: {told}. Hãy sửa {what}.")
        for entity, record in reversed(added):
            kind: type[Any] = entities()[entity].record
            held = book.get(kind, record)
            if held is not None:
                transaction.retire(held)
        for one in filled:
            kind = entities()[one.entity].record
            known: Any = book.get(kind, one.record)
            if known is not None:
                transaction.save(dataclasses.replace(known, **one.before))
        return transaction.changes


def _refuse_followed(book: Book, vouchers: Sequence[str]) -> None:
    """Vouchers go only while they are the last of their series in open months. Raises `Refused`."""
    if not vouchers:
        return
    mine = set(vouchers)
    every = [one for one in numbered(book) if one.posted]
    series = {(one.kind, one.day[:4]) for one in every if one.id in mine}
    for month in sorted({one.day[:7] for one in every if one.id in mine}):
        periods.refuse_closed(book, month)
    first = min(mine)
    later = next((o for o in every if o.id not in mine and o.id > first and (o.kind, o.day[:4]) in series), None)
    if later is not None:
        told = f"sau lần nhập này đã có phiếu khác được lập ({later.number})"
        raise Refused(f"Không hoàn tác được: {told}, hoàn tác sẽ làm đứt số. Hãy hủy từng phiếu nhập sai.")
