"""One window in one process: `python -m tests.bench.painted bare` or `… PROFILE`.

It prints three moments: when the window stood painted, when it answered, and when every background work it had started
for its first page had ended. Modules load in the order in which they do when the program starts: Qt after the book.
"""

from __future__ import annotations

import sys
from pathlib import Path


def main(whose: str) -> None:
    """Show the bare window, or the program's on the book of a profile folder, until it is painted."""
    if whose == "bare":
        from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

        app = QApplication(sys.argv[:1])
        bare = QMainWindow()
        bare.setCentralWidget(QLabel("Sổ Công đoàn"))
        bare.resize(1366, 768)
        bare.show()
        _until_painted()
        app.quit()
        return
    import desktop_app.__main__  # noqa: F401
    from desktop_app.storage import places, secrets

    key = secrets.fetch_ahead(Path(whose) / places.KEYS)
    from PySide6.QtWidgets import QApplication

    from desktop_app.ui import window

    QApplication.exec = staticmethod(_until_painted)  # type: ignore[method-assign, assignment]
    window.run(Path(whose), key)


def _until_painted() -> int:
    from tests.bench.first_paint import moments

    print(*moments())
    return 0


if __name__ == "__main__":
    main(sys.argv[1])
