"""The photo of a person: chosen from a file, turned upright, cut to 3 × 4 and made small, shown beside the name."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.actions import photos
from desktop_app.domain.errors import Problem, Refused, Trouble
from desktop_app.ui import files, theme
from desktop_app.ui.page import Desk
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.texts import label

_KINDS = "Ảnh (*.jpg *.jpeg *.png *.bmp *.webp)"
SIZE = QSize(480, 640)  # dots of a photo of 3 × 4 cm: 400 dpi
_TOP = 0.15  # of what is cut off, this part goes at the top: a face is in the upper half


def small(name: str, most: int) -> bytes:
    """An image file as JPEG of 3 × 4, of at most `most` bytes. Raises `Refused` (field "photo") if it is no image."""
    reader = QImageReader(name)
    reader.setAutoTransform(True)  # a telephone lays its photos on the side and notes so
    image = reader.read()
    if image.isNull():
        raise Refused([Problem("photo", "Không đọc được ảnh này. Hãy chọn tệp ảnh JPG hoặc PNG.")])
    wide, high = image.width(), image.height()
    if wide * 4 > high * 3:
        cut = QRect((wide - high * 3 // 4) // 2, 0, high * 3 // 4, high)
    else:
        rest = high - wide * 4 // 3
        cut = QRect(0, int(rest * _TOP), wide, wide * 4 // 3)
    part = image.copy(cut)
    if part.width() > SIZE.width():
        part = part.scaled(SIZE, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
    part = part.convertToFormat(QImage.Format.Format_RGB32)
    for quality in (90, 80, 70, 60, 45, 30):
        made = _jpeg(part, quality)
        if len(made) <= most:
            return made
    return made


def _jpeg(image: QImage, quality: int) -> bytes:
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG", quality)
    return bytes(held.data())


class PhotoPart(QWidget):
    """The photo with its two buttons; a choice is stored at once."""

    def __init__(self, desk: Desk, id_: str) -> None:
        super().__init__()
        self._desk, self._id = desk, id_
        look = theme.worn()
        self.picture = QLabel()
        self.picture.setFixedSize(look.px(60), look.px(80))
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setProperty("role", "panel")
        self.refusal = label("", "hint", tone="bad", wrap=True)
        self.choose_button = KeyButton("Chọn ảnh…", tone="link", clicked=self.choose)
        self.remove_button = KeyButton("Bỏ ảnh", tone="link", clicked=self.remove)
        side = QVBoxLayout()
        side.setSpacing(0)
        side.addStretch(1)
        for part in (self.choose_button, self.remove_button, self.refusal):
            side.addWidget(part)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.picture)
        row.addLayout(side)
        self.read()

    def read(self) -> None:
        """Show the photo that is kept."""
        shown = QPixmap()
        data = photos.of(self._desk.book, self._id)
        there = bool(data) and shown.loadFromData(data)
        if there:
            mode = Qt.TransformationMode.SmoothTransformation
            self.picture.setPixmap(shown.scaled(self.picture.size(), Qt.AspectRatioMode.KeepAspectRatio, mode))
        else:
            self.picture.clear()
            self.picture.setText("Chưa có\nảnh")
        self.picture.setAccessibleName("Ảnh của người này" if there else "Chưa có ảnh")
        self.remove_button.setVisible(there)
        self._tell("")

    def choose(self) -> None:
        """Ask for an image file and keep it."""
        path = files.to_open(self, "Chọn ảnh", _KINDS)
        if path is None:
            return
        day = self._desk.today()
        try:
            jpeg = small(str(path), photos.largest(self._desk.book, day))
            changes = photos.put(self._desk.book, self._id, jpeg, self._desk.by, day=day)
        except (Refused, Trouble) as error:
            self._tell(str(error))
            return
        self.read()
        self._desk.changed(changes.entities)

    def remove(self) -> None:
        """Take the photo away."""
        try:
            changes = photos.remove(self._desk.book, self._id, self._desk.by)
        except (Refused, Trouble) as error:
            self._tell(str(error))
            return
        self.read()
        self._desk.changed(changes.entities)

    def _tell(self, sentence: str) -> None:
        self.refusal.setText(sentence)
        self.refusal.setVisible(bool(sentence))
