"""What old titles mean, and the days a dossier has."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.domain.officer_doubts import working_days_after
from desktop_app.domain.officers import is_full_time
from desktop_app.domain.records import Office
from desktop_app.storage.officers import catalogue

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Chủ tịch", "CT"), ("CHỦ TỊCH CĐCS", "CT"), ("Phó chủ tịch chuyên trách", "PCT"), ("UV BCH", "UVBCH"),
        ("Uỷ viên Ban chấp hành", "UVBCH"), ("Ủy viên BTV, Trưởng ban Nữ công", "UVBTV"), ("Kế toán trưởng", "KT"),
        ("Tổ trưởng Tổ may 2", "TT"), ("Chủ tịch CĐ bộ phận kho", "CTBP"), ("Chủ nhiệm UBKT", "CNKT"),
        ("An toàn vệ sinh viên", "ATV"), ("Ủy viên BCH CĐBP", "UVBP"),
    ],
)  # fmt: skip
def test_a_title_of_an_old_list_means_a_post(title: str, code: str) -> None:
    post = catalogue(TODAY).called(title)
    assert post is not None
    assert post.code == code


def test_words_that_are_no_post_mean_none() -> None:
    assert catalogue(TODAY).called("Chủ tịchh") is None
    assert catalogue(TODAY).called("") is None


def test_full_time_is_marked_or_told_by_the_title() -> None:
    told = [("Phó Chủ tịch chuyên trách", False), ("Chủ tịch", True), ("Chủ tịch (không chuyên trách)", False)]
    assert [is_full_time(Office("1", title=title, full_time=full)) for title, full in told] == [True, True, False]


def test_ten_working_days_pass_over_two_weekends() -> None:
    assert working_days_after(date(2026, 11, 20), 10) == date(2026, 12, 4)
