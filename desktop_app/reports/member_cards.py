"""Cards and labels of members: many equal boxes on plain A4 pages, with cut marks and a QR code on cards."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import groupby, pairwise
from typing import Any

from desktop_app.domain import dates
from desktop_app.domain.records import Union
from desktop_app.reports.fonts import BOLD, ITALIC, PLAIN, Face, width
from desktop_app.reports.member_papers import shown_birth, words
from desktop_app.reports.paper import letterhead
from desktop_app.reports.sheet import LEADING, MM, Sheet
from desktop_app.storage.lists import Listed

_MARK = 4 * MM  # length of a cut mark
_QR = 17 * MM
_PAD = 4 * MM
_SMALLEST = 5.5


def cards(unit: Union, people: Sequence[Listed], day: date, photos: Mapping[str, bytes] | None = None) -> bytes:
    """The PDF of these people's cards, ten on an A4 page; the QR code holds the card number.

    `photos` are JPEGs by person; where there is none its place stays empty, to glue one in.
    """
    text = words("card", day)
    head = letterhead(unit)

    def draw(sheet: Sheet, left: float, top: float, one: Listed) -> None:
        _card(sheet, (left, top), one, text, (head.upper, head.name, (photos or {}).get(one.id, b"")))

    return _boxes(people, text, draw, text["title"], marks=True)


def labels(unit: Union, people: Sequence[Listed], day: date) -> bytes:
    """The PDF of one label a person, for sheets of 24 labels."""
    text = words("label", day)

    def draw(sheet: Sheet, left: float, top: float, one: Listed) -> None:
        room, middle = text["wide"] * MM - 2 * _PAD, left + text["wide"] * MM / 2
        lines: list[tuple[str, float, Face]] = [(part, 14, BOLD) for part in _name_lines(one.name, 14, room)]
        lines += [(told, 11, PLAIN) for line in text["lines"] if (told := _told(one, line))]
        lines.append((unit.name, 9, ITALIC))
        y = top - (text["high"] * MM - sum(size * 1.35 for _, size, _ in lines)) / 2
        for words_, size, face in lines:
            y -= size * 1.35
            _fitted(sheet, (middle, y + 0.35 * size), words_, (size, face), room, centred=True)

    return _boxes(people, text, draw, "Nhãn", marks=False)


def _boxes(
    people: Sequence[Listed],
    text: Mapping[str, Any],
    draw: Callable[[Sheet, float, float, Listed], None],
    title: str,
    *,
    marks: bool,
) -> bytes:
    sheet = Sheet(plain=True)
    wide, high, across, down = text["wide"] * MM, text["high"] * MM, text["across"], text["down"]
    left, top = (sheet.wide - across * wide) / 2, sheet.high - (sheet.high - down * high) / 2
    for number, one in enumerate(people):
        place = number % (across * down)
        if number and not place:
            sheet.new_page()
        if marks and not place:
            _cut_marks(sheet, [left + n * wide for n in range(across + 1)], [top - n * high for n in range(down + 1)])
        draw(sheet, left + place % across * wide, top - place // across * high, one)
    return sheet.pdf(title)


def _cut_marks(sheet: Sheet, across: Sequence[float], down: Sequence[float]) -> None:
    """Short lines outside the block, and small crosses where four cards meet."""
    for x in across:
        sheet.stroke(x, down[0] + 1 * MM, x, down[0] + 1 * MM + _MARK, 0.3)
        sheet.stroke(x, down[-1] - 1 * MM, x, down[-1] - 1 * MM - _MARK, 0.3)
    for y in down:
        sheet.stroke(across[0] - 1 * MM, y, across[0] - 1 * MM - _MARK, y, 0.3)
        sheet.stroke(across[-1] + 1 * MM, y, across[-1] + 1 * MM + _MARK, y, 0.3)
    for x in across[1:-1]:
        for y in down[1:-1]:
            sheet.stroke(x - 1.5 * MM, y, x + 1.5 * MM, y, 0.3)
            sheet.stroke(x, y - 1.5 * MM, x, y + 1.5 * MM, 0.3)


def _card(
    sheet: Sheet, at: tuple[float, float], one: Listed, text: Mapping[str, Any], of: tuple[str, str, bytes]
) -> None:
    left, top = at
    wide, high = text["wide"] * MM, text["high"] * MM
    right, middle = left + wide - _PAD, left + wide / 2
    room = wide - 2 * _PAD
    _fitted(sheet, (middle, top - 6 * MM), of[0], (7, PLAIN), room, centred=True)
    _fitted(sheet, (middle, top - 9.3 * MM), of[1], (7.5, BOLD), room, centred=True)
    sheet.stroke(left + _PAD, top - 11 * MM, right, top - 11 * MM, 0.8)
    photo = (text["photo_wide"] * MM, text["photo_high"] * MM)
    foot = top - 14.5 * MM - photo[1]
    if of[2]:
        sheet.picture(left + _PAD, foot, *photo, of[2])
    else:
        _photo(sheet, left + _PAD, foot, photo, text["photo"])
    start = left + _PAD + photo[0] + 3.5 * MM
    sheet.words((start + right) / 2, top - 16.6 * MM, text["title"], 11, BOLD, align="centre")
    y = top - 22.3 * MM
    for part in _name_lines(one.name.upper(), 11, right - start):
        _fitted(sheet, ((start + right) / 2, y), part, (11, BOLD), right - start, centred=True)
        y -= 4.6 * MM
    y -= 0.9 * MM
    step = min(4.3 * MM, (y - foot) / len(text["lines"]))
    for line in text["lines"]:
        told = _told(one, line)
        if told:
            _fitted(sheet, (start, y), told, (8, PLAIN), right - start - _QR - 1.5 * MM)
        y -= step
    _fitted(sheet, (start, foot), f"{text['number']}: {one.card}", (8.5, BOLD), right - start - _QR - 1.5 * MM)
    _qr(sheet, right - _QR, top - high + _PAD, one.card)


def _photo(sheet: Sheet, left: float, foot: float, size: tuple[float, float], hint: str) -> None:
    right, top = left + size[0], foot + size[1]
    corners = ((left, foot), (right, foot), (right, top), (left, top), (left, foot))
    for (x1, y1), (x2, y2) in pairwise(corners):
        sheet.stroke(x1, y1, x2, y2, 0.4)
    lines = hint.split("\n")
    for number, line in enumerate(lines):
        sheet.words((left + right) / 2, (foot + top) / 2 - number * 8 * LEADING, line, 7, grey=0.5, align="centre")


def _qr(sheet: Sheet, left: float, foot: float, number: str) -> None:
    """The QR code of a number, `_QR` points wide with no quiet zone of its own: paper around it is white."""
    import segno

    matrix = segno.make(number, micro=False, error="m").matrix
    step = _QR / len(matrix)
    for line, bits in enumerate(matrix):
        at = 0
        for dark, run in groupby(bits):
            count = len(list(run))
            if dark:
                # A hair's overlap downwards keeps viewers from drawing white seams between the rows.
                sheet.block(left + at * step, foot + _QR - (line + 1) * step - 0.05, count * step, step + 0.05)
            at += count


def _fitted(
    sheet: Sheet, at: tuple[float, float], text: str, letters: tuple[float, Face], room: float, *, centred: bool = False
) -> None:
    """One line in letters (size, face) that shrink to fit; what is too long even so ends in "…"."""
    size, face = letters
    while size > _SMALLEST and width(text, face, size) > room:
        size -= 0.25
    if width(text, face, size) > room:
        while text and width(f"{text}…", face, size) > room:
            text = text[:-1].rstrip()
        text = f"{text}…"
    sheet.words(*at, text, size, face, align="centre" if centred else "left")


def _name_lines(name: str, size: float, room: float) -> list[str]:
    """A name on one line, or on two where one would need letters much smaller."""
    if width(name, BOLD, size) * 0.85 <= room:
        return [name]
    parts = name.split()
    half = min(range(1, len(parts)), key=lambda n: abs(len(" ".join(parts[:n])) - len(name) / 2), default=0)
    return [" ".join(parts[:half]), " ".join(parts[half:])] if half else [name]


def _told(one: Listed, line: Mapping[str, str]) -> str:
    """A line of a card: its heading and value, "" if the value is not known."""
    value = {
        "birth": shown_birth(one.birth), "sex": one.sex, "team": one.team, "card": one.card,
        "joined": dates.show_day(date.fromisoformat(one.joined)) if one.joined else "",
    }[line["key"]]  # fmt: skip
    return f"{line['heading']}{value}" if value else ""
