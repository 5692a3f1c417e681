"""Pages being filled from the top: what is put down is kept as ink, and turned into a PDF at the end."""

from __future__ import annotations

import io
from typing import Any, Literal, NamedTuple

from desktop_app.reports.fonts import BOLD, ITALIC, PLAIN, Face, balanced, load, width, wrap

MM = 72 / 25.4
"""Points in a millimetre."""
LEADING = 1.2
"""Height of a line, in sizes of its letters."""
_A4 = (210 * MM, 297 * MM)
_SLIP = (210 * MM, 148 * MM)
_MARK_SIZE = 84
_GREY = 0.45
_PALE = 0.87

Align = Literal["left", "centre", "right"]


class Words(NamedTuple):
    """A line of text; `x` is its left edge, middle or right edge, as `align` says; `y` its base line."""

    x: float
    y: float
    text: str
    size: float
    face: Face
    align: Align
    grey: float


class Stroke(NamedTuple):
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    dashed: bool


class Block(NamedTuple):
    """A filled black rectangle (the modules of a QR code)."""

    x: float
    y: float
    width: float
    height: float


class Picture(NamedTuple):
    """A JPEG that fills a rectangle; what stands out of it at two sides is cut off."""

    x: float
    y: float
    width: float
    height: float
    jpeg: bytes


Ink = Words | Stroke | Block | Picture


class Sheet:
    """A4 pages with the margins of NĐ 30/2020 (Phụ lục I); lengths in points, `y` counts up from the page's foot.

    `y` is where the next thing begins. Pages after the first carry their number at the top, centred.
    With `slip` a page is half an A4 (A5 turned) with narrow margins and no number: one voucher.
    With `plain` a page has no number: cards and labels, which stand where they must.
    `mark` may be changed before `new_page`: each page keeps the one it began with.
    """

    def __init__(
        self, *, landscape: bool = False, footer: str = "", mark: str = "", slip: bool = False, plain: bool = False
    ) -> None:
        self.wide, self.high = _SLIP if slip else (_A4[1], _A4[0]) if landscape else _A4
        # Turned pages are bound at their top edge, so it is the top that is wider there.
        self.left = (20 if landscape else 30) * MM
        self.right = self.wide - 15 * MM
        self.top = self.high - (25 if landscape else 20) * MM
        self.foot = 20 * MM
        if slip:
            self.right, self.top, self.foot = self.wide - 12 * MM, self.high - 9 * MM, 7 * MM
            self.left = 20 * MM
        self.numbered = not slip and not plain
        self.footer = footer
        self.mark = mark
        self.pages: list[list[Ink]] = []
        self._marks: list[str] = []
        self.y = 0.0
        self.new_page()

    @property
    def room(self) -> float:
        """Width between the margins."""
        return self.right - self.left

    @property
    def depth(self) -> float:
        """Height between the margins of an empty page."""
        return self.top - self.foot

    def fits(self, height: float) -> bool:
        """Whether `height` points are left on this page."""
        return self.y - height >= self.foot - 0.01

    def need(self, height: float) -> None:
        """Begin a new page unless `height` points are left on this one."""
        if not self.fits(height) and self.y < self.top:
            self.new_page()

    def new_page(self) -> None:
        """Turn to an empty page."""
        self.pages.append([])
        self._marks.append(self.mark)
        self.y = self.top
        if len(self.pages) > 1 and self.numbered:
            self.words(self.wide / 2, self.high - 12 * MM, str(len(self.pages)), 13, align="centre")
        if self.footer:
            self.words(self.left, 10 * MM, self.footer, 8, ITALIC, grey=_GREY)

    def words(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        face: Face = PLAIN,
        *,
        align: Align = "left",
        grey: float = 0,
    ) -> None:
        """Put one line of text down where told."""
        if text:
            self.pages[-1].append(Words(x, y, text, size, face, align, grey))

    def stroke(self, x1: float, y1: float, x2: float, y2: float, width: float = 0.5, *, dashed: bool = False) -> None:
        """Draw a straight line."""
        self.pages[-1].append(Stroke(x1, y1, x2, y2, width, dashed))

    def block(self, x: float, y: float, width: float, height: float) -> None:
        """Fill a rectangle."""
        self.pages[-1].append(Block(x, y, width, height))

    def picture(self, x: float, y: float, width: float, height: float, jpeg: bytes) -> None:
        """Fill a rectangle with a JPEG; one that cannot be read leaves it empty."""
        self.pages[-1].append(Picture(x, y, width, height, jpeg))

    def lines(
        self,
        text: str,
        size: float,
        face: Face = PLAIN,
        *,
        align: Align = "left",
        within: tuple[float, float] | None = None,
        first: float = 0,
        leading: float = LEADING,
    ) -> None:
        """Set a paragraph at `y` and move below it; `within` are its edges, `first` the indent of its first line.

        Centred lines are made about equally long, so that no single word is left under a long line.
        """
        start, end = within or (self.left, self.right)
        step, room = size * leading, end - start
        # The indent is set as wide spaces so that wrapping knows of it.
        indent = " " * round(first / width(" ", face, size)) if first else ""
        for given in text.split("\n"):
            centred = align == "centre"
            parts = balanced(given, face, size, room) if centred else _indented(given, indent, face, size, room)
            for number, line in enumerate(parts):
                self.need(step)
                self.y -= step
                edge = {"left": start, "centre": (start + end) / 2, "right": end}[align]
                at = edge + (first if number == 0 and first else 0)
                self.words(at, self.y + 0.25 * size, line, size, face, align=align)

    def gap(self, height: float) -> None:
        """Leave empty space, unless at the top of a page."""
        if self.y < self.top:
            self.y -= height

    def pdf(self, title: str, author: str = "") -> bytes:
        """The pages as a PDF file, the same bytes for the same ink. `{pages}` in texts becomes their number."""
        from reportlab.pdfgen.canvas import Canvas

        for face in {ink.face for page in self.pages for ink in page if isinstance(ink, Words)} | {BOLD}:
            load(face)
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=(self.wide, self.high), invariant=1, pageCompression=1, lang="vi-VN")
        canvas.setTitle(title)
        canvas.setAuthor(author)
        canvas.setCreator("Sổ Công đoàn")
        for page, mark in zip(self.pages, self._marks, strict=True):
            if mark:
                self._stamp(canvas, mark)
            for ink in page:
                _put(canvas, ink, len(self.pages))
            canvas.showPage()
        canvas.save()
        return out.getvalue()

    def _stamp(self, canvas: Any, mark: str) -> None:
        canvas.saveState()
        canvas.setFillGray(_PALE)
        canvas.translate(self.wide / 2, self.high / 2)
        canvas.rotate(35)
        canvas.setFont(BOLD, _MARK_SIZE)
        canvas.drawCentredString(0, -_MARK_SIZE / 3, mark)
        canvas.restoreState()


def _indented(text: str, indent: str, face: Face, size: float, room: float) -> list[str]:
    """The lines of a paragraph whose first line leaves room for `indent`."""
    if not indent:
        return wrap(text, face, size, room)
    words, first = text.split(), ""
    while words and width(indent + (first + " " + words[0]).strip(), face, size) <= room:
        first = f"{first} {words.pop(0)}".strip()
    return [first, *wrap(" ".join(words), face, size, room)] if words else [first]


def _put(canvas: Any, ink: Ink, pages: int) -> None:
    if isinstance(ink, Words):
        text = ink.text.replace("{pages}", str(pages)) if "{" in ink.text else ink.text
        x = ink.x
        if ink.align != "left":
            x -= width(text, ink.face, ink.size) / (1 if ink.align == "right" else 2)
        canvas.setFont(ink.face, ink.size)
        if ink.grey:
            canvas.setFillGray(ink.grey)
        canvas.drawString(x, ink.y, text)
        if ink.grey:
            canvas.setFillGray(0)
    elif isinstance(ink, Stroke):
        canvas.setLineWidth(ink.width)
        if ink.dashed:
            canvas.setDash(3, 3)
        canvas.line(ink.x1, ink.y1, ink.x2, ink.y2)
        if ink.dashed:
            canvas.setDash()
    elif isinstance(ink, Picture):
        _draw_picture(canvas, ink)
    else:
        canvas.rect(ink.x, ink.y, ink.width, ink.height, stroke=0, fill=1)


def _draw_picture(canvas: Any, ink: Picture) -> None:
    from reportlab.lib.utils import ImageReader

    try:
        image = ImageReader(io.BytesIO(ink.jpeg))
        wide, high = image.getSize()
    except (OSError, ValueError):  # another PC's file: no reason to lose the paper
        return
    scale = max(ink.width / wide, ink.height / high)
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(ink.x, ink.y, ink.width, ink.height)
    canvas.clipPath(path, stroke=0, fill=0)
    left, foot = ink.x + (ink.width - wide * scale) / 2, ink.y + (ink.height - high * scale) / 2
    canvas.drawImage(image, left, foot, wide * scale, high * scale)
    canvas.restoreState()
