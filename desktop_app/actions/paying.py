"""Paying up: what goes to the level above by month, the clock of the fee, transfer orders with account and wording."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import resources
from desktop_app.actions import bank_orders, dues, vouchers
from desktop_app.domain import dates, vietqr
from desktop_app.domain.dates import Period
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fee import FeeMonth
from desktop_app.domain.fields import build
from desktop_app.domain.records import Fund, Receiver, Union, Voucher
from desktop_app.reports import transfer_order
from desktop_app.reports.paper import plain_name
from desktop_app.reports.settlement import settle
from desktop_app.storage import books, payroll, texts
from desktop_app.storage import rules as stored
from desktop_app.storage.book import Book, new_id
from desktop_app.storage.rules import rules

order_pdf = transfer_order.draw
_TAX_OF_A_FIRM = 10  # digits; those of a branch are 13, and leave no room for "MST" in a QR code


@dataclass(frozen=True)
class PayMonth:
    """Part V of the settlement for one month, đồng: carried in, became due, paid, still owed at its end."""

    month: str
    before: int
    due: int
    paid: int
    owed: int


def months_up(book: Book, year: int, today: date) -> list[PayMonth]:
    """What is to go up by month of a year, through the month of `today`: the figures are those of B07-TLĐ."""
    found = []
    for month in Period.of_year(year).months:
        if dates.first_day(month) > today:
            break
        cells = settle(book, Period.parse(month)).cells
        found.append(PayMonth(month, cells["V.a"], cells["V.b"], cells["V.c"], cells["V.d"]))
    return found


def fee_months(book: Book, year: int, today: date) -> list[FeeMonth]:
    """The employer's fee of the months that have wages or receipts, each with its clock, through `today`'s month."""
    months = [month for month in Period.of_year(year).months if dates.first_day(month) <= today]
    found = (dues.fee(book, month) for month in months)
    return [fee for fee in found if fee.due or fee.received]


def orders(book: Book, key: str, year: int) -> dict[str, bank_orders.Order]:
    """How far the bank is with what goes up ("dues") and with the share that comes down ("fee"), by month."""
    if key == "dues":
        return bank_orders.orders(book, settle(book, Period.of_year(year)).form.owed["paid"], year, by_day=True)
    ours, last = payroll.union(book), date(year, 12, 31)
    delegated = ours.delegated and (ours.delegated_from is None or ours.delegated_from <= last)
    return bank_orders.orders(book, rules(book).fee_item(dates.month_of(last), delegated=delegated), year)


def banks() -> dict[str, str]:
    """The number of each known bank for QR codes, by its name."""
    return {bank["name"]: bank["bin"] for bank in resources.read("catalogues/accounts.toml")["bank"]}


def receiver(book: Book, key: str, day: date) -> tuple[Receiver | None, Mapping[str, Any]]:
    """The confirmed account for "dues" or "fee" (None: nobody has), and what the program itself knows of it."""
    kept = _kept(book, key)
    known = [entry for entry in resources.read("catalogues/accounts.toml")["account"] if entry["key"] == key]
    fitting = [entry for entry in known if entry["from"] <= day] or known
    told = texts.of(book, f"tk-{key}", max(fitting, key=lambda entry: entry["from"]), day)
    sent = stored.worded(book, f"tk-{key}").get(f"tk-{key}/account", ())
    newer = [entry["from"] for entry in sent if entry["from"] <= day]
    if kept and kept.confirmed and newer and kept.confirmed < newer[-1] and kept.account != _bare(told["account"]):
        kept = None  # another account was given since: it wants to be confirmed anew
    return kept, told


def _kept(book: Book, key: str) -> Receiver | None:
    return next((held for held in book.all(Receiver) if held.key == key), None)


def _bare(account: str) -> str:
    return re.sub(r"[\s.-]", "", account)


def confirm(book: Book, key: str, values: Mapping[str, Any], by: str) -> Receiver:
    """Keep the account (`name`, `bank`, `account`) as checked by this person today. Raises `Refused` by field."""
    with book.transact("receiver.confirm", by) as transaction:
        account = _bare(str(values.get("account") or ""))
        bank = str(values.get("bank") or "").strip()
        today = date.today()  # noqa: DTZ011 - the accountant's own day
        facts = {"name": values.get("name"), "bank": bank, "account": account, "bin": banks().get(bank, "")}
        made = build(
            Receiver, {"id": new_id(), "key": key, **facts, "confirmed": today, "confirmed_by": by}
        )
        if not re.fullmatch(r"[0-9A-Za-z]+", account):
            raise Refused([Problem("account", "Số tài khoản chỉ gồm chữ và số. Hãy xem lại văn bản của cấp trên.")])
        kept = _kept(book, key)
        return transaction.save(dataclasses.replace(made, id=kept.id) if kept else made)


def order(book: Book, key: str, amount: int, month: str) -> transfer_order.Order:
    """The transfer of `amount` đồng for a month: receiver, the required wording, and the text of its QR code.

    Without a bank number or an account there is no QR code. Raises `Refused`: nothing to pay, no account yet, or
    for the fee no tax code.
    """
    if amount <= 0:
        raise Refused([Problem("amount", "Hãy nhập số tiền cần chuyển.")])
    ours = payroll.union(book)
    kept, known = receiver(book, key, dates.last_day(month))
    name, bank, account = (
        (kept.name, kept.bank, kept.account) if kept else (known["name"], known["bank"], known["account"])
    )
    account = _bare(account)
    if not account:
        raise Refused("Chưa có số tài khoản nhận tiền. Hãy bấm Xác nhận tài khoản và nhập theo văn bản của cấp trên.")
    tax = re.sub(r"\D", "", ours.tax_code)
    if "[tax]" in known["wording"] and not tax:
        raise Refused("Chưa có mã số thuế của đơn vị, mà nội dung chuyển tiền phải có. Hãy ghi ở trang Thiết lập.")
    words = _words(ours, tax, month, quarterly=key == "fee" and ours.fee_period == "Quý")
    bin_ = kept.bin if kept else banks().get(bank, "")
    head = known["head"] if len(tax) <= _TAX_OF_A_FIRM else known["head"].removeprefix("MST ")
    short = vietqr.purpose(_fill(head, words), _fill(known["tail"], words))
    code = vietqr.payload(bin_, account, amount, purpose=short) if bin_ else ""
    return transfer_order.Order(
        ours, known["what"], name, bank, account, amount, _fill(known["wording"], words), short, code,
        f"{kept.confirmed_by}, {dates.show_day(kept.confirmed)}" if kept and kept.confirmed else "",
        own=key == "dues",
    )  # fmt: skip


def draft_payment(book: Book, amount: int, month: str, fund: str, by: str, *, today: date | None = None) -> Voucher:
    """*Lập phiếu nộp cấp trên*: the draft of an ủy nhiệm chi from a bank account (code) under mục 39.

    Raises `Refused` without an account or an amount.
    """
    if amount <= 0:
        raise Refused([Problem("amount", "Hãy nhập số tiền cần nộp.")])
    held = next((own for own in accounts(book) if own.code == fund), None)
    if held is None:
        raise Refused("Sổ chưa có tài khoản tiền gửi nào. Hãy thêm ở trang Thiết lập rồi lập ủy nhiệm chi.")
    kept, _ = receiver(book, "dues", dates.last_day(month))
    ours = payroll.union(book)
    paid = settle(book, Period.parse(month)).form.owed["paid"]
    day = today or date.today()  # noqa: DTZ011
    values = {
        "id": new_id(), "kind": "UNC", "day": day, "month": month,
        "text": f"Nộp cấp trên đoàn phí công đoàn {_period(month)}", "party": (kept.name if kept else "") or ours.upper,
        "lines": [{"item": paid, "fund": held.id, "amount_out": amount}],
    }  # fmt: skip
    return vouchers.draft(book, values, by)


def accounts(book: Book) -> list[Fund]:
    """The union's own bank accounts."""
    return books.funds_of_kind(book, "Tiền gửi")


def _words(ours: Union, tax: str, month: str, *, quarterly: bool) -> dict[str, str]:
    year, number = month[:4], int(month[5:])
    quarter = ("I", "II", "III", "IV")[(number - 1) // 3]
    return {
        "tax": tax,
        "name": plain_name(ours),
        "code": ours.code,
        "period": f"quý {quarter} năm {year}" if quarterly else _period(month),
        "when": f"Q{(number - 1) // 3 + 1}/{year[2:]}" if quarterly else f"{number:02}/{year[2:]}",
    }


def _period(month: str) -> str:
    return f"tháng {int(month[5:])} năm {month[:4]}"


def _fill(text: str, words: Mapping[str, str]) -> str:
    return re.sub(r"\[(\w+)\]", lambda found: words[found[1]], text)
