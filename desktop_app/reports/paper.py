"""What every paper of ours shares: whose it is, who signs, when, and the journal head it was drawn from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from desktop_app.domain.errors import Refused
from desktop_app.domain.records import Union
from desktop_app.reports.forms import Form, Signer
from desktop_app.reports.layout import UNSIGNED_DAY
from desktop_app.reports.model import Letterhead, Report, Section, Signature
from desktop_app.storage import books, payroll
from desktop_app.storage.book import Book

_PREFIX = re.compile(r"^(cđcs|công đoàn cơ sở)\s*:?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Made:
    """A report that was made: the paper, and the same figures as the command line answers them."""

    report: Report
    answer: dict[str, Any]


class FundNeeded(Refused):
    """There are several funds of the kind a book is about, and none was named."""


def plain_name(of: Union) -> str:
    """The unit's name without "CĐCS" before it."""
    return _PREFIX.sub("", of.name)


def letterhead(of: Union, style: str = "") -> Letterhead:
    """The block at the top left; `labelled` as B07-TLĐ has it, else in capitals as books and reports have it."""
    if style == "labelled":
        return Letterhead(
            f"CÔNG ĐOÀN CẤP TRÊN: {of.upper or '…' * 12}", f"CÔNG ĐOÀN CƠ SỞ: {_PREFIX.sub('', of.name)}", _code(of)
        )
    return Letterhead(of.upper.upper(), f"CÔNG ĐOÀN CƠ SỞ {_PREFIX.sub('', of.name)}".upper(), _code(of))


def _code(of: Union) -> tuple[str, ...]:
    return (f"Mã đơn vị: {of.code}",) if of.code else ()


def signatures(signers: tuple[Signer, ...], of: Union) -> tuple[Signature, ...]:
    """The signers with the names the union gave."""
    return tuple(
        Signature(
            signer.title,
            getattr(of, signer.who) if signer.who else "",
            signer.hint.replace("[upper]", of.upper or "Công đoàn cấp trên"),
        )
        for signer in signers
    )


def paper(
    book: Book,
    form: Form,
    period_label: str,
    sections: tuple[Section, ...],
    *,
    subtitle: str = "",
    mark: str = "",
    short: str = "",
) -> Report:
    """A `Report` of a form: its own texts, the union's names, and the journal head at the foot."""
    ours = payroll.union(book)
    return Report(
        form.code,
        form.title,
        letterhead(ours, form.letterhead),
        subtitle=subtitle or form.subtitle,
        period_label=period_label,
        form_note=form.note,
        sections=sections,
        signatures=signatures(form.upper_signers or form.signers, ours),
        place_and_date=UNSIGNED_DAY,
        measure=form.measure,
        footer=f"{form.code} · {short or period_label} · đầu nhật ký {books.journal_head(book)}",
        mark=mark,
        landscape=form.landscape,
        national=form.national,
    )
