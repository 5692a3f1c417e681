"""Slow work leaves the window alive, counts, stops when told, and never speaks to a window that is gone."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop_app.domain.errors import Trouble
from desktop_app.ui.tasks import Cancelled, Progress, Step, Tasks
from desktop_app.ui.widgets.banner import WorkStrip


def test_work_runs_on_another_thread_and_its_answer_comes_back_to_the_windows(qtbot: QtBot) -> None:
    tasks, heard = Tasks(), []
    tasks.run(lambda _: threading.get_ident(), lambda worker: heard.append((worker, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(heard))
    worker, here = heard[0]
    assert here == threading.get_ident() != worker
    assert tasks.close()


def test_trouble_is_told_and_a_bug_is_loud(qtbot: QtBot) -> None:
    tasks, failed = Tasks(in_place=True), []

    def no_network(_: Progress) -> None:
        raise Trouble("Không có mạng.")

    tasks.run(no_network, print, failed.append)
    assert [str(error) for error in failed] == ["Không có mạng."]
    with qtbot.captureExceptions() as bugs:
        tasks.run(lambda _: 1 // 0, print, failed.append)
    assert [kind for kind, _, _ in bugs] == [ZeroDivisionError]


def test_progress_counts_rows(qtbot: QtBot) -> None:
    strip = WorkStrip()
    qtbot.addWidget(strip)
    strip.begin("Đang nhập Excel")
    seen: list[str] = []

    def work(progress: Progress) -> int:
        progress.step(25_000, 25_000, "dòng")
        return 25_000

    def follow(step: Step) -> None:
        strip.show_step(step)
        seen.append(strip.text())

    Tasks(in_place=True).run(work, lambda _: strip.end(), progressed=follow)
    assert seen == ["Đang nhập Excel: 25.000/25.000 dòng"]
    assert strip.isHidden()


def test_stopped_work_ends_at_its_next_step(qtbot: QtBot) -> None:
    tasks, ended, started = Tasks(), [], threading.Event()

    def endless(progress: Progress) -> None:
        while True:
            started.set()
            progress.step(1)

    task = tasks.run(endless, lambda _: ended.append("done"), ended.append)
    assert started.wait(5)
    task.cancel()
    qtbot.waitUntil(lambda: bool(ended))
    assert isinstance(ended[0], Cancelled)
    assert tasks.close()


def test_a_page_that_is_gone_hears_nothing(qtbot: QtBot) -> None:
    tasks, heard, go = Tasks(), [], threading.Event()
    owner = QObject()
    tasks.run(lambda _: go.wait(5), heard.append, heard.append, owner=owner)
    owner.deleteLater()
    qtbot.waitUntil(lambda: not tasks.listening())
    go.set()
    assert tasks.close()
    qtbot.wait(20)
    assert heard == []


@pytest.mark.parametrize("asks", [True, False])
def test_closing_the_window_is_safe_at_any_moment(qtbot: QtBot, asks: bool) -> None:
    tasks, heard, started = Tasks(), [], threading.Event()

    def work(progress: Progress) -> None:
        started.set()
        while not progress.cancelled:
            if asks:
                progress.step(1)

    tasks.run(work, heard.append, heard.append)
    assert started.wait(5)
    assert tasks.close()
    tasks.deleteLater()
    qtbot.wait(20)
    assert heard == []
