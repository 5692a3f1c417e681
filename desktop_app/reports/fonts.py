"""The face papers are set in: Times New Roman where the system has it, else Liberation Serif (same widths)."""

from __future__ import annotations

import os
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

import resources

Face = Literal["Paper", "Paper-Bold", "Paper-Italic", "Paper-BoldItalic"]
PLAIN: Face = "Paper"
BOLD: Face = "Paper-Bold"
ITALIC: Face = "Paper-Italic"
BOLD_ITALIC: Face = "Paper-BoldItalic"

_SHIPPED: dict[Face, str] = {
    PLAIN: "LiberationSerif-Regular.ttf",
    BOLD: "LiberationSerif-Bold.ttf",
    ITALIC: "LiberationSerif-Italic.ttf",
    BOLD_ITALIC: "LiberationSerif-BoldItalic.ttf",
}
_TIMES: dict[Face, tuple[str, str]] = {  # file names on Windows and on macOS
    PLAIN: ("times.ttf", "Times New Roman.ttf"),
    BOLD: ("timesbd.ttf", "Times New Roman Bold.ttf"),
    ITALIC: ("timesi.ttf", "Times New Roman Italic.ttf"),
    BOLD_ITALIC: ("timesbi.ttf", "Times New Roman Bold Italic.ttf"),
}
_VIETNAMESE = "ăđơưạảấậắặẹếệịọốộớợụứựỵỹĂĐƠƯẠẢẤẬẮẶẸẾỆỊỌỐỘỚỢỤỨỰỴỸ"


def system_folders() -> tuple[Path, ...]:
    """Where Windows and macOS keep Times New Roman; folders that do not exist are harmless."""
    windows = Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"
    return windows, Path("/System/Library/Fonts/Supplemental")


def find(folders: tuple[Path, ...]) -> dict[Face, Path]:
    """The four files of one family: all four of Times New Roman from `folders`, or all four shipped."""
    times = {
        face: path
        for face, names in _TIMES.items()
        for name in names
        for folder in folders
        if (path := folder / name).is_file()
    }
    if len(times) == len(_TIMES):
        return times
    return {face: resources.path(f"fonts/{name}") for face, name in _SHIPPED.items()}


@cache
def load(face: Face) -> Any:
    """The font of a face, registered with reportlab under the face's name. Each file is read once."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    font = TTFont(face, str(find(system_folders())[face]))
    if any(ord(letter) not in font.face.charToGlyph for letter in _VIETNAMESE):
        # An old Times New Roman without Vietnamese would print boxes.
        font = TTFont(face, str(find(())[face]))
    pdfmetrics.registerFont(font)
    return font


@lru_cache(maxsize=20_000)
def width(text: str, face: Face, size: float) -> float:
    """How wide `text` prints, in points."""
    metrics = load(face).face
    widths, default = metrics.charWidths, metrics.defaultWidth
    total: float = sum(widths.get(ord(letter), default) for letter in text)
    return total * size / 1000


def wrap(text: str, face: Face, size: float, room: float) -> list[str]:
    """`text` in lines no wider than `room` points: broken at spaces, and within a word only when it must be."""
    lines: list[str] = []
    for given in text.split("\n"):
        if width(given, face, size) <= room:
            lines.append(given)
            continue
        line = ""
        for word in given.split():
            longer = f"{line} {word}" if line else word
            if width(longer, face, size) <= room:
                line = longer
                continue
            if line:
                lines.append(line)
            line = word
            while width(line, face, size) > room and len(line) > 1:
                fits = next((n for n in range(len(line) - 1, 1, -1) if width(line[:n], face, size) <= room), 1)
                lines.append(line[:fits])
                line = line[fits:]
        lines.append(line)
    return lines


def balanced(text: str, face: Face, size: float, room: float) -> list[str]:
    """`text` in as few lines as `wrap` makes, as equally long as they can be ("LĐLĐ tỉnh / Nghệ An")."""
    lines = wrap(text, face, size, room)
    if len(lines) < 2 or "\n" in text:
        return lines
    short, long = room / len(lines), room
    while long - short > size / 4:
        middle = (short + long) / 2
        fewer = wrap(text, face, size, middle)
        if len(fewer) > len(lines) or any(width(line, face, size) > middle for line in fewer):
            short = middle
        else:
            long = middle
    return wrap(text, face, size, long)
