"""`voucher add/post/reverse/cancel/list`, `close`, `open`."""

from __future__ import annotations

import re
import sys
from argparse import Namespace
from datetime import date

from desktop_app.actions import one_amount, periods, vouchers
from desktop_app.commands.words import ACTOR, Answer, Commands, with_book
from desktop_app.domain import dates
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.records import VOUCHER_KINDS, Fund, Voucher
from desktop_app.storage import ledger
from desktop_app.storage.book import Book


def add(commands: Commands) -> None:
    """Declare the commands of this module."""
    group = commands.group("voucher", "vouchers")
    adding = group.command("add", _add, "write a draft")
    adding._negative_number_matcher = re.compile(r"-\d.*")  # "-1.250.000" and "-5k" are amounts, not options
    adding.add_argument("--kind", required=True, type=_kind, choices=VOUCHER_KINDS)
    for name in ("date", "text", "amount"):
        adding.add_argument(f"--{name}", required=True)
    for name in ("party", "fund", "item", "to-fund", "adjusts"):
        adding.add_argument(f"--{name}", default="")
    group.command("post", _post, "post a draft").add_argument("id")
    for name, verb, tells in (("reverse", _reverse, "take back"), ("cancel", _cancel, "cancel, keeping the number")):
        undoing = group.command(name, verb, tells)
        undoing.add_argument("id")
        undoing.add_argument("--reason", required=True)
    group.command("list", _list, "list a period").add_argument("--period", required=True)
    commands.command("close", _close, "close a month").add_argument("month")
    opening = commands.command("open", _open, "open a closed month")
    opening.add_argument("month")
    opening.add_argument("--reason", required=True)


def _kind(given: str) -> str:
    """ĐC is typed "DC" where there is no Vietnamese keyboard."""
    upper = given.upper()
    return "ĐC" if upper == "DC" else upper


def _add(options: Namespace) -> Answer:
    def work(book: Book) -> Answer:
        given = {name: getattr(options, name) for name in ("kind", "text", "party", "item", "amount")}
        given["day"] = _day(options.date)
        if options.party and not options.item and not options.to_fund and not options.adjusts:
            given["item"] = one_amount.NO_ITEM
        given["fund"] = options.fund and one_amount.fund_of_code(book, options.fund)
        given["to_fund"] = options.to_fund and one_amount.fund_of_code(book, options.to_fund)
        if options.adjusts:
            given["adjusts"] = _adjusted(book, options.adjusts, given["day"])
        made = vouchers.draft(book, one_amount.values(book, given), ACTOR)
        return {"id": made.id, "number": made.number or None, "state": "nháp"}

    return with_book(options, work)


def _day(given: str) -> date:
    try:
        return dates.parse_day(given, date.today())  # noqa: DTZ011 - the accountant's own day
    except ValueError as error:
        raise Refused([Problem("day", str(error))]) from error


def _adjusted(book: Book, number: str, day: date) -> str:
    found = ledger.with_number(book, number, day) or ledger.with_number(book, number.upper(), day)
    if found is None:
        raise Refused([Problem("adjusts", f"Không tìm thấy phiếu {number} đã ghi sổ. Hãy kiểm tra lại số phiếu.")])
    return found.id


def _post(options: Namespace) -> Answer:
    def work(book: Book) -> Answer:
        made = vouchers.post(book, options.id, ACTOR)
        return {"id": made.id, "number": made.number, "state": "đã ghi sổ"}

    return with_book(options, work)


def _reverse(options: Namespace) -> Answer:
    def work(book: Book) -> Answer:
        made = vouchers.reverse(book, options.id, options.reason, ACTOR)
        return {"id": made.id, "number": made.number}

    return with_book(options, work)


def _cancel(options: Namespace) -> Answer:
    def work(book: Book) -> Answer:
        made = vouchers.cancel(book, options.id, options.reason, ACTOR)
        return {"id": made.id, "number": made.number}

    return with_book(options, work)


def _list(options: Namespace) -> Answer:
    try:
        period = dates.Period.parse(options.period)
    except ValueError as error:
        raise Refused([Problem("period", str(error))]) from error

    def work(book: Book) -> Answer:
        codes = {fund.id: fund.code for fund in book.all(Fund)}
        gone = ledger.reversed_ids(book, period.first, period.last)
        found = list(ledger.vouchers_between(book, period.first, period.last))
        return {"vouchers": [_told(book, voucher, codes, voucher.id in gone) for voucher in found]}

    return with_book(options, work)


def _told(book: Book, voucher: Voucher, codes: dict[str, str], gone: bool) -> Answer:
    adjusted = book.get(Voucher, voucher.adjusts) if voucher.adjusts else None
    return {
        "id": voucher.id,
        "kind": voucher.kind,
        "number": voucher.number or None,
        "date": voucher.day.isoformat() if voucher.day else None,
        "text": voucher.text,
        "party": voucher.party,
        "lines": [
            {"item": line.item or None, "fund": codes.get(line.fund), "in": line.amount_in, "out": line.amount_out}
            for line in voucher.lines
        ],
        "state": vouchers.state(voucher, reversed_=gone),
        "adjusts": adjusted.number if adjusted else None,
    }


def _close(options: Namespace) -> Answer:
    def work(book: Book) -> Answer:
        closed = periods.close(book, options.month, ACTOR)
        if closed.notice:
            print(closed.notice, file=sys.stderr)
        return {"period": closed.month, "state": "đã khóa"}

    return with_book(options, work)


def _open(options: Namespace) -> Answer:
    def work(book: Book) -> Answer:
        month = periods.reopen(book, options.month, options.reason, ACTOR)
        return {"period": month, "state": "đang mở"}

    return with_book(options, work)
