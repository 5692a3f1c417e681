"""A `Report` drawn as PDF: letterhead, title, sections, signatures, on A4 by NĐ 30/2020."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.reports.fonts import BOLD, BOLD_ITALIC, ITALIC, PLAIN, width, wrap
from desktop_app.reports.grid import draw_table, start_height
from desktop_app.reports.layout import MOTTO, NATION, UNSIGNED_DAY
from desktop_app.reports.model import Letterhead, Report, Section, Signature
from desktop_app.reports.sheet import LEADING, MM, Align, Sheet

_BODY = 13.0
_SIGNATURE_ROOM = 22 * MM
_LEAST_SIGNATURE_ROOM = 15 * MM
"""Where that much is left on a page, the signatures stay on it."""
_TABLE_GAP = 3 * MM
_PER_ROW = 5
_PHOTO = (30 * MM, 40 * MM)


def draw(report: Report) -> bytes:
    """The report as a PDF file; the same report gives the same bytes."""
    sheet = Sheet(landscape=report.landscape, footer=report.footer, mark=report.mark)
    _draw(sheet, report)
    return sheet.pdf(report.title, report.unit.name)


def draw_all(reports: Sequence[Report], *, slip: bool = False) -> bytes:
    """Several papers in one PDF file, each from a page of its own; with `slip` pages are half an A4."""
    sheet = Sheet(slip=slip, plain=True)
    for number, report in enumerate(reports):
        if number:
            sheet.new_page()
        _draw(sheet, report)
    return sheet.pdf(reports[0].title, reports[0].unit.name)


def _draw(sheet: Sheet, report: Report) -> None:
    draw_letterhead(sheet, report)
    _title(sheet, report)
    signing_day = "" if report.national else report.place_and_date
    for place, section in enumerate(report.sections):
        height = _ending(sheet, report, place)
        if not section.table and height < sheet.depth:
            sheet.need(height)  # words that are signed stay on the page of their signatures
        after = height and height + _TABLE_GAP
        _texts(sheet, section, start_height(sheet, section.table, after) if section.heading and section.table else 0.0)
        if section.table:
            if report.measure and section.table is report.measured:
                sheet.need(8 * _BODY * LEADING)
                sheet.lines(report.measure, 11, ITALIC, align="right")
                sheet.gap(1 * MM)
            draw_table(sheet, section.table, after)
            sheet.gap(_TABLE_GAP)
        if section.signatures:
            draw_signatures(sheet, section.signatures, signing_day)
            sheet.gap(4 * MM)
            signing_day = UNSIGNED_DAY
    if report.signatures:
        draw_signatures(sheet, report.signatures, signing_day)


def _ending(sheet: Sheet, report: Report, place: int) -> float:
    """What must stay on one page from a section on, down to the next signatures; of a table only what follows it.

    0 where nobody signs before another table begins.
    """
    height = 0.0
    for number, section in enumerate(report.sections[place:], place):
        if section.table and number > place:
            return 0.0
        height += 0.0 if section.table else _words_height(sheet, section)
        if signed := section.signatures or (report.signatures if section is report.sections[-1] else ()):
            return height + _signed_height(sheet, signed)
    return 0.0


def _words_height(sheet: Sheet, section: Section) -> float:
    body = _body(sheet)
    heading = body * LEADING + 2 * MM if section.heading else 0.0
    lines = sum(len(wrap(text, PLAIN, body, sheet.room - 10 * MM)) for text in section.paragraphs)
    return heading + lines * body * LEADING + len(section.paragraphs) * MM


def _body(sheet: Sheet) -> float:
    """The size of running words: under the small letters of a turned book they are smaller too."""
    return 11.0 if sheet.wide > sheet.high else _BODY


def _size(sheet: Sheet, signatures: Sequence[Signature]) -> float:
    return 12.0 if len(signatures) <= 4 and sheet.room > 120 * MM else 10.5


def _rows(signatures: Sequence[Signature]) -> list[Sequence[Signature]]:
    return [signatures[at : at + _PER_ROW] for at in range(0, len(signatures), _PER_ROW)]


def _heights(sheet: Sheet, signatures: Sequence[Signature], size: float) -> list[float]:
    """What each row of signers needs, without the room to sign in."""
    found = []
    for row in _rows(signatures):
        room = sheet.room / len(row) - 2 * MM
        titles = max(sum(len(wrap(t, BOLD, size, room)) for t in s.title.split("\n")) for s in row)
        names = max(len(wrap(s.name, BOLD, size, room)) for s in row)
        found.append((titles + 1 + names) * size * LEADING)
    return found


def _signed_height(sheet: Sheet, signatures: Sequence[Signature]) -> float:
    """What the day and the signers need at least, with the gaps above them."""
    heights = _heights(sheet, signatures, _size(sheet, signatures))
    return _day_height(UNSIGNED_DAY) + sum(heights) + len(heights) * _LEAST_SIGNATURE_ROOM + 6 * MM


def _day_height(day: str) -> float:
    return 18.0 if day else 0.0


def draw_signatures(
    sheet: Sheet, signatures: Sequence[Signature], day: str, *, room: float = _SIGNATURE_ROOM, size: float = 0
) -> None:
    """The signers side by side under the day, all on one page; about `room` points are left to sign in."""
    size = size or _size(sheet, signatures)
    rows, heights = _rows(signatures), _heights(sheet, signatures, size)
    sheet.gap(min(3 * MM, room / 8))
    words = sum(heights) + _day_height(day)
    spare = (sheet.y - sheet.foot - words) / len(rows)
    if min(room, _LEAST_SIGNATURE_ROOM) <= spare < room:
        room = spare
    heights = [height + room for height in heights]
    sheet.need(min(sum(heights) + _day_height(day), sheet.depth))
    if day:
        within = (sheet.left + sheet.room / 2, sheet.right)
        if len(rows[-1]) > 2:
            # The day stands over the last signer, who signs for the union.
            within = (sheet.right - sheet.room / 2.4, sheet.right)
        sheet.lines(day, min(12, size), ITALIC, align="centre", within=within)
    for row, height in zip(rows, heights, strict=True):
        top = sheet.y
        for place, signature in enumerate(row):
            share = sheet.room / len(row)
            start = sheet.left + place * share + 1 * MM
            within = (start, start + share - 2 * MM)
            sheet.y = top
            for title in signature.title.split("\n"):
                sheet.lines(title, size, BOLD, align="centre", within=within)
            sheet.lines(signature.hint, size - 0.5, ITALIC, align="centre", within=within)
            sheet.y = top - height + len(wrap(signature.name, BOLD, size, share - 2 * MM)) * size * LEADING
            sheet.lines(signature.name, size, BOLD, align="centre", within=within)
        sheet.y = top - height


def draw_unit(sheet: Sheet, unit: Letterhead, within: tuple[float, float], size: float, *, centred: bool) -> None:
    """The block at the top left: the level above, the union in bold, further lines."""
    align: Align = "centre" if centred else "left"
    sheet.lines(unit.upper, size, align=align, within=within)
    name = unit.name
    if centred and width(name, BOLD, size) > within[1] - within[0]:
        # Two lines part where one reads on: "CÔNG ĐOÀN CƠ SỞ / CÔNG TY MAY HƯNG LỘC".
        name = name.replace("CÔNG ĐOÀN CƠ SỞ ", "CÔNG ĐOÀN CƠ SỞ\n", 1)
    sheet.lines(name, size, BOLD, align=align, within=within)
    if centred:
        middle, half = (within[0] + within[1]) / 2, (within[1] - within[0]) / 6
        sheet.stroke(middle - half, sheet.y - 1, middle + half, sheet.y - 1)
        sheet.gap(3)
    for line in unit.lines:
        sheet.lines(line, size, align=align, within=within)


def draw_letterhead(sheet: Sheet, report: Report) -> None:
    """Whose paper it is at the left; Quốc hiệu, or the form's note, at the right."""
    # The union's lines stay whole where they can; the form's note beside them may be wrapped.
    unit = (report.unit.upper, report.unit.name, *report.unit.lines)
    split = sheet.left + min(max(sheet.room * 0.5, *(width(line, BOLD, 12) for line in unit)), sheet.room * 0.62)
    left, right = (sheet.left, split), (split + 3 * MM, sheet.right)
    if report.national and report.form_note:
        sheet.lines(report.form_note[0], 11, BOLD, align="right")
        for line in report.form_note[1:]:
            sheet.lines(line, 10, ITALIC, align="right")
        sheet.gap(1 * MM)
    if report.national:
        # Quốc hiệu at 12–13 points must stay on one line: it decides the split.
        need = width(NATION, BOLD, 12) + 2
        split = sheet.right - max(need, sheet.room * 0.55)
        left, right = (sheet.left, split - 1 * MM), (split, sheet.right)
    top = sheet.y
    draw_unit(sheet, report.unit, left, 12, centred=report.national)
    left_end, sheet.y = sheet.y, top
    if report.national:
        sheet.lines(NATION, 12, BOLD, align="centre", within=right)
        sheet.lines(MOTTO, 13, BOLD, align="centre", within=right)
        middle, half = (right[0] + right[1]) / 2, width(MOTTO, BOLD, 13) / 2
        sheet.stroke(middle - half, sheet.y - 1, middle + half, sheet.y - 1)
        sheet.gap(4)
        sheet.lines(report.place_and_date, 13, ITALIC, align="centre", within=right)
    elif report.form_note:
        sheet.lines(report.form_note[0], 12, BOLD, align="centre", within=right)
        for line in report.form_note[1:]:
            sheet.lines(line, 11, ITALIC, align="centre", within=right)
    sheet.y = min(sheet.y, left_end)
    if report.photo:
        wide, high = _PHOTO
        sheet.picture(sheet.right - wide, sheet.top - high, wide, high, report.photo)
        sheet.y = min(sheet.y, sheet.top - high)
    sheet.gap(5 * MM)


def _title(sheet: Sheet, report: Report) -> None:
    sheet.lines(report.title, 14, BOLD, align="centre")
    if report.subtitle:
        sheet.lines(report.subtitle, 13, BOLD_ITALIC if report.national else ITALIC, align="centre")
    if report.period_label:
        sheet.lines(report.period_label, 13, ITALIC, align="centre")
    sheet.gap(4 * MM)


def _texts(sheet: Sheet, section: Section, below: float) -> None:
    """The heading and paragraphs; a heading stays with two lines of what follows, or the beginning of its table."""
    body = _body(sheet)
    if section.heading:
        sheet.gap(1 * MM)
        under = below if not section.paragraphs else 0.0
        sheet.need(min(max(4 * body * LEADING, 2 * body * LEADING + under), sheet.depth))
        sheet.lines(section.heading, body, BOLD)
        sheet.gap(1 * MM)
    for paragraph in section.paragraphs:
        sheet.lines(paragraph, body, PLAIN, first=10 * MM)
        sheet.gap(1 * MM)
