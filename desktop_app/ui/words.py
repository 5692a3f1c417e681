"""Vietnamese for Qt's own buttons, menus and dates: Qt ships no Vietnamese translation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTranslator

_WORDS: Mapping[str, str] = {
    "OK": "Đồng ý",
    "Cancel": "Bỏ qua",
    "Close": "Đóng",
    "Save": "Lưu",
    "Save All": "Lưu tất cả",
    "Open": "Mở",
    "Yes": "Có",
    "Yes to All": "Có, tất cả",
    "No": "Không",
    "No to All": "Không, tất cả",
    "Abort": "Dừng",
    "Retry": "Thử lại",
    "Ignore": "Cứ tiếp tục",
    "Discard": "Không lưu",
    "Don't Save": "Không lưu",
    "Close without Saving": "Đóng, không lưu",
    "Help": "Trợ giúp",
    "Apply": "Áp dụng",
    "Reset": "Đặt lại",
    "Restore Defaults": "Về mặc định",
    "Show Details...": "Xem chi tiết…",
    "Hide Details...": "Ẩn chi tiết…",
    "Undo": "Hoàn tác",
    "Redo": "Làm lại",
    "Cut": "Cắt",
    "Copy": "Sao chép",
    "Copy Link Location": "Sao chép liên kết",
    "Paste": "Dán",
    "Delete": "Xóa",
    "Clear": "Xóa trắng",
    "Select All": "Chọn tất cả",
    "Select all": "Chọn tất cả",
    "Look in:": "Xem trong:",
    "File name:": "Tên tệp:",
    "File &name:": "Tên tệp:",
    "Files of type:": "Loại tệp:",
    "Directory:": "Thư mục:",
    "Folder": "Thư mục",
    "Choose": "Chọn",
    "Back": "Lùi",
    "Forward": "Tiến",
    "Parent Directory": "Thư mục cha",
    "Create New Folder": "Tạo thư mục mới",
    "New Folder": "Thư mục mới",
    "List View": "Dạng danh sách",
    "Detail View": "Dạng chi tiết",
    "Rename": "Đổi tên",
    "Show hidden files": "Hiện tệp ẩn",
    "All Files (*)": "Mọi tệp (*)",
    "Find Directory": "Tìm thư mục",
    "Open File": "Mở tệp",
    "Save As": "Lưu thành",
    "Name": "Tên",
    "Size": "Cỡ",
    "Type": "Loại",
    "Date Modified": "Ngày sửa",
    "My Computer": "Máy tính này",
    "Computer": "Máy tính",
    "Recent Places": "Nơi vừa mở",
    "Next": "Tiếp",
    "Finish": "Xong",
    "Today": "Hôm nay",
    "Previous Month": "Tháng trước",
    "Next Month": "Tháng sau",
    "Step up": "Tăng",
    "Step down": "Giảm",
    "Minimize": "Thu nhỏ",
    "Maximize": "Phóng to",
    "Restore": "Khôi phục",
    "Menu": "Bảng chọn",
    "More": "Thêm",
    "%1 already exists.\nDo you want to replace it?": "%1 đã có. Bạn có muốn ghi đè không?",
    "%1\nFile not found.\nPlease verify the correct file name was given.": "Không thấy tệp %1. Hãy kiểm tra lại tên tệp.",
}


class Words(QTranslator):
    """Answers Qt's own English words in Vietnamese, whatever the class that asks."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = {_bare(english): word for english, word in _WORDS.items()}

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1) -> str | None:  # noqa: N803
        return self._words.get(_bare(sourceText or ""))  # None: Qt keeps its own word


def speak_vietnamese(app: QCoreApplication) -> None:
    """Install the words and make Vietnamese the locale of new widgets (Monday first, 1.250.000)."""
    QLocale.setDefault(QLocale(QLocale.Language.Vietnamese, QLocale.Country.Vietnam))
    app.installTranslator(Words(app))


WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


def weekday(value: date) -> str:
    return WEEKDAYS[value.weekday()]


def _bare(english: str) -> str:
    return english.replace("&", "")
