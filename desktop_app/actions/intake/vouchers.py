"""*Chứng từ*: rows of equal Loại, Số and Ngày are one voucher, posted with its number kept."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from desktop_app.actions import vouchers
from desktop_app.actions.intake.counter import Intake, build
from desktop_app.actions.intake.money import OFFSET, Funds
from desktop_app.domain import amounts, dates, vietnamese
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.records import Line, Voucher
from desktop_app.exchange.tables import Row, Table
from desktop_app.storage.book import Transaction, new_id
from desktop_app.storage.items import items
from desktop_app.storage.numbers import Numbered, numbered

Known = Callable[[Transaction, Voucher], bool]
_SHARED = ("counterpart", "month", "party", "address", "papers", "adjusts")
"""What the rows of one voucher must agree on, as far as they say it."""
_FIXED = ("kind", "day", "month", "text", "adjusts")
_LONGEST = 300


@dataclass
class _Group:
    rows: list[tuple[Row, dict[str, Any], list[Problem]]] = field(default_factory=list)
    broken: bool = False

    @property
    def first(self) -> dict[str, Any]:
        return self.rows[0][1]

    def where(self, name: str) -> int:
        """Excel's row that says a field; the first one if none does."""
        return next((row.number for row, values, _ in self.rows if values.get(name)), self.rows[0][0].number)


class Numbers:
    """The vouchers of the book by number, those of the file included as they are posted.

    `known` says of a voucher that it is in the book already in another guise.
    """

    def __init__(self, intake: Intake, known: Known | None = None) -> None:
        self.known = known
        self._by_number: dict[str, list[Numbered]] = {}
        self._by_day: dict[tuple[str, str], list[str]] = {}
        for entry in numbered(intake.book):
            self.add(entry)
            if entry.posted:
                self._by_day.setdefault((entry.kind, entry.day), []).append(entry.id)

    def add(self, entry: Numbered) -> None:
        if entry.number and entry.posted:
            self._by_number.setdefault(entry.number, []).append(entry)

    def of_series(self, kind: str, number: str, year: str) -> Numbered | None:
        """The voucher of this kind and number in a year."""
        return next((e for e in self._by_number.get(number, ()) if e.kind == kind and e.day[:4] == year), None)

    def before(self, kind: str, day: str) -> list[str]:
        """The vouchers of a kind and day that were in the book before this file, each to be matched once."""
        return self._by_day.get((kind, day), [])

    def adjusted(self, number: str, year: str) -> str:
        """What *Điều chỉnh cho* means: the same year first, else the latest earlier; `PC10/02/2026` is exact."""
        bare, _, last = number.rpartition("/")
        if bare in self._by_number and len(last) == 4:
            return next((e.id for e in self._by_number[bare] if e.day[:4] == last), "")
        earlier = [e for e in self._by_number.get(number, ()) if e.day[:4] <= year]
        return max(earlier, key=lambda e: e.day[:4]).id if earlier else ""

    def of_month(self, number: str, month: str) -> str:
        """The receipt of dues for a month: of that year, else of the next (paid late), else the latest earlier."""
        late = str(int(month[:4]) + 1)
        same = [e.id for e in self._by_number.get(number, ()) if e.day[:4] in (month[:4], late)]
        return same[0] if same else self.adjusted(number, month[:4])


def read_vouchers(intake: Intake, funds: Funds, numbers: Numbers, table: Table) -> None:
    """Store the groups: those with a number first, adjusting ones after what they adjust, then the unnumbered."""
    groups = _with_their_broken(_groups(intake, table))
    for group in sorted(groups, key=lambda g: (not g.first.get("number"), g.first.get("kind") == "ĐC")):
        lines: list[Line] = []
        wrong: dict[int, list[Problem]] = {}
        for row, values, problems in group.rows:
            try:
                lines += _lines(funds, values, problems, intake)
            except Refused as refused:
                wrong[row.number] = list(refused.problems)
        if not wrong and not group.broken:
            try:
                intake.count(table.sheet.title, _store(intake, funds, numbers, group, tuple(lines)))
                continue
            except Refused as refused:
                for problem in refused.problems:
                    wrong.setdefault(group.where(problem.field), []).append(problem)
        _add_head_problems(group, wrong)
        intake.refuse(table, [row for row, _, _ in group.rows], wrong)


def _groups(intake: Intake, table: Table) -> list[_Group]:
    groups: dict[tuple[object, ...], _Group] = {}
    for row in intake.rows(table):
        values, problems = table.values(row)
        kind = vietnamese.fold(str(values.get("kind", "")))
        if kind == "dc":
            values["kind"] = "ĐC"
        number = values.get("number")
        key = (kind, number, values.get("day")) if number else (row.number,)
        groups.setdefault(key, _Group()).rows.append((row, values, problems))
    return list(groups.values())


def _with_their_broken(groups: list[_Group]) -> list[_Group]:
    """A row whose kind or day cannot be read joins the other rows of its number: half a voucher is none."""
    broken = [g for g in groups if not (g.first.get("kind") and g.first.get("day")) and g.first.get("number")]
    for bad in broken:
        bad.broken = True
        number, kind, day = (bad.first.get(name) for name in ("number", "kind", "day"))
        for group in groups:
            told = group.first
            fits = told.get("number") == number and kind in (None, told.get("kind")) and day in (None, told.get("day"))
            if group is not bad and group.rows and fits:
                bad.rows += group.rows
                group.rows = []
    return [group for group in groups if group.rows]


def _add_head_problems(group: _Group, wrong: dict[int, list[Problem]]) -> None:
    """What else is wrong with the parts of a refused group's rows that belong to the whole voucher."""
    text = next((values["text"] for _, values, _ in group.rows if values.get("text")), "")
    for row, values, problems in group.rows:
        own: dict[str, Any] = {name: values[name] for name in ("kind", "number", "day", "month") if name in values}
        try:
            build(Voucher, {"id": new_id(), "text": text, **own}, problems)
        except Refused as refused:
            told = {p.field for ps in wrong.values() for p in ps} if not group.broken else set()
            told |= {p.field for p in wrong.get(row.number, ())}
            if more := [p for p in refused.problems if p.field not in told]:
                wrong.setdefault(row.number, []).extend(more)


def _lines(funds: Funds, values: dict[str, Any], problems: list[Problem], intake: Intake) -> list[Line]:
    """The lines of one row: one, or the two of a transfer. Raises `Refused` at the column that is wrong."""
    found = list(problems)
    checked = _amounts(values, found)
    ids: dict[str, str] = {}
    for name in ("fund", "to_fund"):
        if name == "fund" or values.get(name):
            try:
                ids[name] = funds.of(values.get(name, ""), name).id
            except Refused as refused:
                found += refused.problems
    item, debtor, transfer = str(values.get("item", "")), str(values.get("debtor", "")), "to_fund" in values
    if item and "day" in values:
        catalogue = items(intake.book, values["day"])
        posted = catalogue.get(item) or catalogue.get(catalogue.of_form(item))
        if refusal := catalogue.refusal(posted.code if posted else item):
            found.append(Problem("item", refusal))
    if transfer:
        found += _transfer_problems(values, ids)
    elif not item and not debtor:
        told = "Hãy nhập Mục, hoặc Đối tượng nếu là tạm ứng, phải thu, phải trả."
        found.append(Problem("item", f"{told} Chuyển giữa hai quỹ thì ghi Quỹ đối ứng."))
    if found:
        raise Refused(found)
    if transfer:
        return [
            build(Line, {"fund": ids["fund"], "amount_out": checked["amount_out"]}, []),
            build(Line, {"fund": ids["to_fund"], "amount_in": checked["amount_out"]}, []),
        ]
    return [build(Line, {"item": item, "party": debtor, "fund": ids["fund"], **checked}, [])]


def _amounts(values: dict[str, Any], found: list[Problem]) -> dict[str, int]:
    """*Thu* and *Chi* in đồng; what is wrong with them is added to `found`."""
    checked = {"amount_in": 0, "amount_out": 0}
    before = len(found)
    for name, label in (("amount_in", "Thu"), ("amount_out", "Chi")):
        if name in values:
            try:
                checked[name] = amounts.parse_amount(values[name])
            except ValueError as error:
                found.append(Problem(name, f"{label}: {error}"))
    if len(found) > before or {"amount_in", "amount_out"} & {p.field for p in found}:
        return checked
    if bool(checked["amount_in"]) == bool(checked["amount_out"]):
        both = "Một dòng chỉ ghi tiền ở một cột, Thu hoặc Chi."
        found.append(Problem("amount_out", both if checked["amount_in"] else "Hãy nhập số tiền ở cột Thu hoặc Chi."))
    for name, amount in checked.items():
        if amount < 0 and values.get("kind") != "ĐC":
            found.append(Problem(name, "Số tiền âm chỉ dùng trong phiếu điều chỉnh (ĐC)."))
    return checked


def _transfer_problems(values: dict[str, Any], ids: dict[str, str]) -> Iterable[Problem]:
    if values.get("item"):
        yield Problem("item", "Phiếu chuyển giữa hai quỹ không có Mục. Hãy bỏ trống Mục hoặc bỏ Quỹ đối ứng.")
    if values.get("amount_in"):
        yield Problem("amount_in", "Phiếu chuyển giữa hai quỹ ghi số tiền ở cột Chi, bỏ trống cột Thu.")
    if vietnamese.fold(OFFSET) in {vietnamese.fold(str(values.get(name, ""))) for name in ("fund", "to_fund")}:
        yield Problem("to_fund", "Không chuyển tiền với Bù trừ. Hãy ghi Mục cho dòng bù trừ.")
    elif len(ids) == 2 and ids["fund"] == ids["to_fund"]:
        yield Problem("to_fund", "Quỹ chuyển đi và quỹ nhận là một. Hãy chọn hai quỹ khác nhau.")


def _store(intake: Intake, funds: Funds, numbers: Numbers, group: _Group, lines: tuple[Line, ...]) -> bool:
    """Post the voucher of a group; False if the very same is in the book already. Raises `Refused`."""
    values = _shared(group)
    adjusts = str(values.pop("adjusts", ""))
    draft = build(Voucher, {**values, "id": new_id(), "lines": lines}, [])
    assert draft.day is not None
    if numbers.known is not None and numbers.known(intake.transaction, draft):
        return False
    day, year = draft.day.isoformat(), str(draft.day.year)
    if adjusts:
        target = numbers.adjusted(adjusts, year)
        if not target:
            told = f"Không thấy phiếu số {adjusts}. Hãy kiểm tra số phiếu được điều chỉnh."
            raise Refused([Problem("adjusts", told)])
        draft = dataclasses.replace(draft, adjusts=target)
    taken = numbers.of_series(draft.kind, draft.number, year) if draft.number else None
    waiting = numbers.before(draft.kind, day)
    for id_ in [taken.id] if taken else list(waiting) if not draft.number else []:
        before = intake.book.get(Voucher, id_)
        if before is not None and _same(before, draft):
            if id_ in waiting:
                waiting.remove(id_)
            return False
    if taken:
        when = dates.show_day(date.fromisoformat(taken.day))
        told = f"Số {draft.number} đã dùng cho phiếu ngày {when} có nội dung hoặc số tiền khác."
        raise Refused([Problem("number", f"{told} Hãy kiểm tra lại số phiếu.")])
    funds.keep(line.fund for line in lines)
    posted = vouchers.enter(intake.book, intake.transaction, draft)
    assert posted.day is not None
    numbers.add(Numbered(posted.id, posted.kind, posted.number, posted.day.isoformat(), posted=True))
    return True


def _shared(group: _Group) -> dict[str, Any]:
    """The values of the voucher as a whole. Raises `Refused` if its rows contradict each other."""
    values: dict[str, Any] = {name: group.first[name] for name in ("kind", "number", "day") if name in group.first}
    texts = dict.fromkeys(vietnamese.clean(str(v["text"])) for _, v, _ in group.rows if v.get("text"))
    values["text"] = "; ".join(texts) if len(texts) > 1 else next(iter(texts), "")
    if len(texts) > 1:
        values["text"] = values["text"][:_LONGEST]
    for name in _SHARED:
        said = dict.fromkeys(vietnamese.clean(str(v[name])) for _, v, _ in group.rows if v.get(name))
        if len(said) > 1:
            raise Refused([Problem(name, "Các dòng của cùng một phiếu ghi khác nhau. Hãy ghi giống nhau.")])
        if said:
            values[name] = next(iter(said))
    return values


def _same(known: Voucher, new: Voucher) -> bool:
    """Whether nothing that counts differs; payee, address and papers may have been corrected since."""
    if any(getattr(known, name) != getattr(new, name) for name in _FIXED if name != "adjusts"):
        return False
    if (known.adjusts or known.reverses) != new.adjusts:
        return False
    return sorted(known.lines, key=repr) == sorted(new.lines, key=repr)
