"""Transfer cards (thẻ chuyển sinh hoạt): draw one up with the leaving, withdraw it; take one, once, with no network."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from desktop_app.actions import members, movements
from desktop_app.actions.member_papers import write_drawn
from desktop_app.domain import dates, vietnamese
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import Movement, Person, Reception, Transfer
from desktop_app.storage import enrolment, payroll, transfers
from desktop_app.storage import movements as written
from desktop_app.storage.book import Book, Changes, Transaction, new_id

if TYPE_CHECKING:
    from desktop_app.exchange.transfer_card import Card

_LEAVE, _COME = "CDI", "CDEN"
_NOT_KNOWN = "Sổ này chưa đăng ký với LĐLĐ tỉnh nên chưa {} được thẻ chuyển. Hãy đăng ký ở trang Đồng bộ trước."
_BY_HAND = " Nếu gấp, hãy ghi biến động {} kèm giấy giới thiệu như trước nay."

of_movement = transfers.of_movement


@dataclass(frozen=True)
class Taken:
    """A card that was taken: whose it is now, whether the person is new here, what to put back to undo it."""

    person: Person
    new: bool
    movement: Movement
    reception: Reception
    before: Person | None
    changes: Changes


# the union that is left


def issue(book: Book, person: str, values: Mapping[str, Any], by: str) -> tuple[Transfer, Changes]:
    """Record *Chuyển đi* of a member and sign the card for one union: `receiver` (code), `receiver_name`, `day`, and
    `document`, `document_day`, `reason`. Of who has left by *Chuyển đi* already the card is added to that movement.

    Raises `Refused` if the book is not enrolled, or if the person cannot leave or has a card that is good.
    """
    seed = enrolment.seed(book) if enrolment.of(book) else None
    if seed is None:
        raise Refused(_NOT_KNOWN.format("ký") + _BY_HAND.format("Chuyển đi"))
    one = members.person_of(book, person) if person else None
    problems = _receiver_faults(book, values)
    if one is None:
        problems.append(Problem("person", "Hãy chọn người chuyển đi."))
    if problems or one is None:
        raise Refused(problems)
    known, today, id_ = written.kinds(_today()), _today(), new_id()
    with book.transact("transfers.issue", by) as transaction:
        movement = _left_already(book, one) or movements.enter_all(
            book, transaction, known, [one.id],
            {**values, "kind": _LEAVE, "to_unit": values["receiver_name"]},
        )[0]  # fmt: skip
        card = build(Transfer, {
            "id": id_, "person": one.id, "movement": movement.id, "leaving": _leaving(book, one.id) or id_,
            "receiver": values["receiver"], "receiver_name": values["receiver_name"], "issued": today,
            "expires": today + timedelta(days=known.card_days),
        })  # fmt: skip
        sealed = _sealed(book, seed, one, movement, card)
        transaction.save(dataclasses.replace(card, sealed=sealed))
        return dataclasses.replace(card, sealed=sealed), transaction.changes


def withdraw(book: Book, id_: str, by: str) -> Changes:
    """*Thu hồi thẻ*: the card is void here and the leaving is taken back. Raises `Refused` if that cannot be.

    Who was given the card may still take it, offline: then the province sees it when another one is taken as well.
    """
    card = _card(book, id_)
    if card.withdrawn:
        raise Refused(f"Thẻ này đã thu hồi ngày {dates.show_day(card.withdrawn)}.")
    with book.transact("transfers.withdraw", by) as transaction:
        movements.take_back_all(book, transaction, [card.movement])
        transaction.save(dataclasses.replace(card, withdrawn=_today()))
        return transaction.changes


def write_file(book: Book, id_: str, path: Path) -> None:
    """The card as a file for e-mail, Zalo or a stick. Raises `Refused` of a withdrawn one, `Trouble` of the disk."""
    from desktop_app.exchange import transfer_card

    card = _good(book, id_)
    write_drawn(path, lambda: transfer_card.of_text(card.sealed))


def write_paper(book: Book, id_: str, path: Path) -> None:
    """The letter of introduction with the card as a QR code, PDF. Raises as `write_file` does."""
    from desktop_app.exchange import transfer_card
    from desktop_app.reports import transfer_letter

    card = _good(book, id_)
    read = transfer_card.open_card(transfer_card.of_text(card.sealed), _server_keys(book, "in"))
    write_drawn(path, lambda: transfer_letter.draw(payroll.union(book), read, card.sealed, card.issued or _today()))


# the union that receives


def read_file(book: Book, file: Path) -> tuple[Card, bytes]:
    """The card in a file `.the` or in a picture of its QR code, proven good for this union; and its bytes.

    Raises `Refused` with what is wrong: not this province's, changed, for another union, expired, taken already.
    """
    from desktop_app.exchange import transfer_card

    sealed = transfer_card.read(file)
    return _proven(book, sealed), sealed


def read_text(book: Book, text: str) -> tuple[Card, bytes]:
    """The card in the text of a scanned QR code; otherwise as `read_file`."""
    from desktop_app.exchange import transfer_card

    sealed = transfer_card.of_text(text)
    return _proven(book, sealed), sealed


def take(book: Book, sealed: bytes, values: Mapping[str, Any], by: str) -> Taken:
    """Take a card: the person, *Chuyển đến* on `day` into `team`, and the reception, all or nothing.

    Who works here already, by CCCD, becomes a member. Raises `Refused` as `read_file` does, and for values that do
    not fit.
    """
    card, known = _proven(book, sealed), written.kinds(_today())
    day = build(Movement, {"id": new_id(), "person": new_id(), "kind": _COME, "day": values.get("day")}).day
    if day is None or day.isoformat() < card.left:
        left = dates.show_day(date.fromisoformat(card.left))
        raise Refused([Problem("day", f"Người này rời nơi cũ ngày {left}. Hãy ghi từ ngày đó trở đi.")])
    told = [f"vào Công đoàn ngày {dates.show_day(date.fromisoformat(card.joined))}" if card.joined else "",
            f"đã đóng đoàn phí đến hết tháng {dates.show_month(card.paid)}" if card.paid else ""]  # fmt: skip
    given = {"kind": _COME, "day": day, "from_unit": card.sender_name, "document": card.document,
             "reason": ", ".join(part for part in told if part).capitalize()}  # fmt: skip
    with book.transact("transfers.take", by) as transaction:
        before = transfers.carrier(book, card.cccd)
        person = _enter_person(book, transaction, card, before, str(values.get("team") or ""))
        movement = movements.enter(book, transaction, known, person, given)
        reception = build(Reception, {
            "id": card.card_id, "leaving": card.leaving_id, "sender": card.sender, "receiver": card.receiver,
            "day": day,
        })  # fmt: skip
        transaction.save(reception)
        person = members.person_of(book, person.id)
        return Taken(person, before is None, movement, reception, before, transaction.changes)


def undo_take(book: Book, taken: Taken, by: str) -> Changes:
    """As if the card had not been taken; it may be taken again. Raises `Refused` if the person moved on meanwhile."""
    with book.transact("transfers.undo_take", by) as transaction:
        movements.take_back_all(book, transaction, [taken.movement.id])
        transaction.retire(taken.reception)
        if taken.before is None:
            transaction.retire(members.person_of(book, taken.person.id))
        else:
            transaction.save(taken.before)
        return transaction.changes


def _receiver_faults(book: Book, values: Mapping[str, Any]) -> list[Problem]:
    code, name = (str(values.get(key) or "").strip() for key in ("receiver", "receiver_name"))
    problems = []
    if not code:
        problems.append(Problem("receiver", "Hãy ghi mã đơn vị nhận: chỉ đơn vị đó nhận được thẻ."))
    elif code.casefold() == book.union_code.casefold():
        problems.append(Problem("receiver", "Đây là mã của đơn vị mình. Hãy ghi mã đơn vị nhận."))
    if not name:
        problems.append(Problem("receiver_name", "Hãy ghi tên công đoàn nhận."))
    return problems


def _left_already(book: Book, person: Person) -> Movement | None:
    """The *Chuyển đi* by which a person has left, if no good card goes with it. Raises `Refused` if one does."""
    last = movements.history(book, person)[-1:]
    if not last or last[0].movement.kind != _LEAVE or not last[0].movement.id:
        return None
    if card := transfers.of_movement(book, last[0].movement.id):
        told = f"{person.name} đã có thẻ chuyển đến {card.receiver_name}. Hãy in lại, hoặc thu hồi thẻ đó trước."
        raise Refused([Problem("person", told)])
    return last[0].movement


def _leaving(book: Book, person: str) -> str:
    """The leaving that a new card belongs to: that of the last card if it was withdrawn; "" for a first one."""
    last = next(iter(transfers.of_person(book, person)), None)
    return last.leaving if last is not None and last.withdrawn else ""


def _sealed(book: Book, seed: bytes, person: Person, movement: Movement, card: Transfer) -> str:
    import msgspec

    from desktop_app.exchange import transfer_card
    from sync.messages import Certificate

    known = enrolment.of(book)
    assert known is not None
    certificate, signature = msgspec.msgpack.decode(known.certificate, type=tuple[Certificate, bytes])
    assert movement.day is not None
    assert card.expires is not None
    made = transfer_card.Card(
        id=UUID(card.id).bytes, leaving=UUID(card.leaving).bytes, sender=book.union_code,
        sender_name=payroll.union(book).name, receiver=card.receiver, receiver_name=card.receiver_name,
        left=movement.day.isoformat(), expires=card.expires.isoformat(), document=movement.document,
        name=person.name, birth=person.birth, sex=person.sex, cccd=person.cccd, card=person.card,
        joined=person.joined.isoformat() if person.joined else "", paid=transfers.paid_until(book, person.id),
        device=certificate.device, key=certificate.key, certified=certificate.issued, certificate_sig=signature,
    )  # fmt: skip
    return transfer_card.text_of(transfer_card.seal(made, seed))


def _proven(book: Book, sealed: bytes) -> Card:
    """The card, good for this union today and not taken yet. Raises `Refused`."""
    from desktop_app.exchange import transfer_card

    card = transfer_card.open_card(sealed, _server_keys(book, "kiểm tra"))
    if card.receiver != book.union_code:
        told = f"Thẻ này gửi cho {card.receiver_name} (mã {card.receiver}), không phải cho đơn vị mình."
        raise Refused([Problem("card", f"{told} Hãy xin nơi chuyển lập lại thẻ với mã {book.union_code}.")])
    if taken := book.get(Reception, card.card_id):
        told = f"Thẻ của {card.name} đã được nhận vào sổ này ngày {dates.show_day(taken.day or _today())}."
        raise Refused([Problem("card", f"{told} Mỗi thẻ chỉ nhận một lần.")])
    if card.expires < _today().isoformat():
        until = dates.show_day(date.fromisoformat(card.expires))
        raise Refused([Problem("card", f"Thẻ đã hết hạn ngày {until}. Hãy xin {card.sender_name} lập lại.")])
    return card


def _enter_person(book: Book, transaction: Transaction, card: Card, known: Person | None, team: str) -> Person:
    """Who the card is of: known here by CCCD, or new and not yet a member."""
    said = {"name": card.name, "birth": card.birth, "sex": card.sex, "cccd": card.cccd, "card": card.card, "team": team}
    if known is None:
        return members.enter(book, transaction, build(Person, {**said, "id": new_id(), "member": False}))
    if vietnamese.sort_key(known.name) != vietnamese.sort_key(card.name):
        told = f"Số CCCD {card.cccd} trên thẻ của {card.name}, ở đây là của {known.name}."
        raise Refused([Problem("card", f"{told} Hãy kiểm tra lại số này trước khi nhận.")])
    if movements.stands(book, written.kinds(_today()), known).member:
        told = f"{known.name} (CCCD {known.cccd}) đang là đoàn viên ở đây."
        raise Refused([Problem("card", f"{told} Hãy hỏi lại nơi chuyển.")])
    seen = dataclasses.replace(known, card=card.card or known.card, team=team or known.team)
    return members.enter(book, transaction, seen)


def _server_keys(book: Book, what: str) -> tuple[bytes, ...]:
    known = enrolment.last_known(book)
    if known is None:
        raise Refused(_NOT_KNOWN.format(what) + _BY_HAND.format("Chuyển đến"))
    return known.trusted


def _card(book: Book, id_: str) -> Transfer:
    found = book.get(Transfer, id_) if id_ else None
    if found is None:
        raise Refused("Không tìm thấy thẻ chuyển này. Hãy mở lại danh sách.")
    return found


def _good(book: Book, id_: str) -> Transfer:
    card = _card(book, id_)
    if card.withdrawn:
        raise Refused("Thẻ này đã thu hồi. Hãy lập thẻ mới.")
    return card


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the accountant's own day
