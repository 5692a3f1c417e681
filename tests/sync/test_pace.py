"""Pages grow while the line is good, and find the size that comes through one that breaks."""

from __future__ import annotations

import pytest

from sync.pace import LARGEST_PAGE, LEAST_PAGE, Pace


def sent_over(cut: int, total: int = 2_000_000) -> tuple[int, list[int]]:
    """How many bytes go, and in which pages, until a total came over a line that breaks after so many bytes."""
    pace, page, left, came, went, pages = Pace(), 32 << 10, cut, 0, 0, []
    while came < total:
        went += min(page, left)
        if page > left:
            page, left = pace.broke(page), cut
            assert len(pages) < 3_000
            continue
        came, left = came + page, left - page
        pages.append(page)
        page = pace.came(page, 0.1, used=True)
    return went, pages


def test_on_a_quick_whole_line_pages_double_up_to_the_largest() -> None:
    assert sent_over(1 << 40, 6 << 20)[1][:8] == [2**n << 10 for n in (5, 6, 7, 8, 9, 10, 10, 10)]


@pytest.mark.parametrize("cut", [1_000_000, 300_000, 100_000, 50_000, 20_000])
def test_over_a_line_that_breaks_little_is_sent_twice(cut: int) -> None:
    went, pages = sent_over(cut)
    assert went < 1.35 * sum(pages)


def test_a_slow_line_gets_smaller_pages_but_never_less_than_the_least() -> None:
    pace, page = Pace(), LARGEST_PAGE
    for _ in range(20):
        page = pace.came(page, 9.0, used=True)
    assert page == LEAST_PAGE
    assert pace.broke(page) == LEAST_PAGE


def test_after_many_whole_pages_larger_ones_are_tried_again() -> None:
    pace = Pace()
    page = pace.broke(64 << 10)
    sizes = [page := pace.came(page, 0.1, used=True) for _ in range(20)]
    assert (sizes[14], sizes[15]) == (32 << 10, 64 << 10)
