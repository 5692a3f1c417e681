"""Sign a report that was handed in: each signer by their own key, which only their own password opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from desktop_app.domain.dates import Period
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import SealedKey, SigningKey, SignOff, Submission
from desktop_app.reports.forms import form
from desktop_app.storage import filings, payroll, secrets, signing
from desktop_app.storage.book import Book, new_id
from desktop_app.storage.filings import Filing

if TYPE_CHECKING:
    from sync.signoff import Signed  # cryptography: loaded when there is a signature to look at

LEAST = 8  # characters of a password: its sealed key lies in the book and costs argon2id a try


@dataclass(frozen=True)
class Place:
    """A place to sign: as what (`who`, `title`), by whom; `day` and `fingerprint` of the signature that stands there.

    `able`: the person's key is in this book.
    """

    who: str
    title: str
    name: str
    day: date | None = None
    fingerprint: str = ""
    able: bool = False

    @property
    def words(self) -> str:
        """The place in a line: "Kế toán Thái Văn Hùng đã ký 05/11/2026"."""
        named = f"{self.title} {self.name}".strip()
        return f"{named} đã ký {self.day:%d/%m/%Y}" if self.day else f"{named} chưa ký"


def places(book: Book, filing: Filing) -> tuple[Place, ...]:
    """Who signs the version handed in last, in the order of the form; nobody before there is one.

    A signature counts only if it is true of this very version.
    """
    sent = filing.submission
    if sent is None:
        return ()
    from sync import signoff

    ours = payroll.union(book)
    given = signing.under(book, sent.id)
    found = []
    for signer in form(filing.form, Period.parse(filing.period).last, book).signers:
        if not signer.who:
            continue
        title, name = signer.title.split("\n")[-1].capitalize(), str(getattr(ours, signer.who))
        place = Place(signer.who, title, name, able=_able(book, signer.who, name))
        for sign_off, key in given:
            if key.who == signer.who and _is_true(book, sent, sign_off, key):
                place = Place(signer.who, title, key.name, sign_off.day, signoff.fingerprint(key.public), place.able)
        found.append(place)
    return tuple(found)


def unsigned(found: Sequence[Place]) -> str:
    """Who has still to sign, as a sentence; "" if nobody has."""
    left = [place.title for place in found if place.day is None]
    return f"Chưa có chữ ký số của {', '.join(left)}." if left else ""


def make_key(book: Book, who: str, password: str, again: str, by: str, *, old: str = "") -> SigningKey:
    """A key for whoever the union names as `who`, sealed by a password of theirs. Raises `Refused`.

    Where they have a key in this book its password (`old`) is asked first; what it signed stays signed.
    """
    from sync import envelope

    name = _name(book, who)
    if len(password) < LEAST:
        raise Refused([Problem("password", f"Mật khẩu ký cần ít nhất {LEAST} ký tự.")])
    if password != again:
        raise Refused([Problem("again", "Hai lần nhập mật khẩu không giống nhau. Hãy nhập lại.")])
    if (held := signing.key_in_force(book, who, name)) and (kept := signing.sealed(book, held.id)):
        _open(kept, old, "old")
    seed = envelope.new_seed()
    public, today = envelope.public_key(seed).hex(), date.today()  # noqa: DTZ011 - the signer's own day
    key = build(SigningKey, {"id": new_id(), "who": who, "name": name, "public": public, "made": today})
    with book.transact("signing.make_key", by) as transaction:
        transaction.save(build(SealedKey, {"id": new_id(), "key": key.id, "sealed": secrets.wrap(seed, password)}))
        return transaction.save(key)


def sign(book: Book, filing: Filing, who: str, password: str, by: str) -> SignOff:
    """Put a signature under the version handed in. Raises `Refused`: nothing to sign, no key here, a wrong password."""
    from sync import signoff

    sent = filing.submission
    if sent is None:
        raise Refused("Báo cáo chưa nộp nên chưa ký được. Hãy nộp báo cáo rồi ký.")
    if filing.state == filings.RETURNED:
        raise Refused(f"Cấp trên đã trả lại lần nộp {filing.version}. Hãy nộp lại rồi ký lần mới.")
    name = _name(book, who)
    if any(place.who == who and place.day for place in places(book, filing)):
        raise Refused(f"{name} đã ký lần nộp {filing.version} của báo cáo này.")
    key = signing.key_in_force(book, who, name)
    kept = signing.sealed(book, key.id) if key else None
    if key is None or kept is None:
        raise Refused(f"{name} chưa lập khóa ký trên máy này. Hãy lập khóa ký trước.")
    seed = _open(kept, password, "password")
    values = {
        "id": new_id(), "submission": sent.id, "key": key.id, "day": date.today(),  # noqa: DTZ011 - as above
        "signature": signoff.sign(seed, _signed(book, sent, key)),
    }  # fmt: skip
    with book.transact("report.sign", by) as transaction:
        return transaction.save(build(SignOff, values))


def _name(book: Book, who: str) -> str:
    name = str(getattr(payroll.union(book), who)).strip()
    if not name:
        raise Refused("Đơn vị chưa ghi tên người ký. Hãy ghi ở Thiết lập, Đơn vị.")
    return name


def _able(book: Book, who: str, name: str) -> bool:
    key = signing.key_in_force(book, who, name)
    return key is not None and signing.sealed(book, key.id) is not None


def _open(kept: SealedKey, password: str, field: str) -> bytes:
    try:
        return secrets.unwrap(kept.sealed, password, "Mật khẩu ký")
    except Refused as refused:
        raise Refused([Problem(field, str(refused))]) from None


def _signed(book: Book, sent: Submission, key: SigningKey) -> Signed:
    from sync.signoff import Signed

    return Signed(
        book.union_code, sent.id, sent.form, sent.period, sent.version, filings.digest(sent.content), key.who, key.name
    )


def _is_true(book: Book, sent: Submission, sign_off: SignOff, key: SigningKey) -> bool:
    from sync import signoff

    return signoff.is_true(key.public, sign_off.signature, _signed(book, sent, key))
