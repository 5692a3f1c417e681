"""One person entered twice: what was said of two records, and why they were parted again."""

from __future__ import annotations

from datetime import date

from desktop_app.domain import fields as f
from desktop_app.domain.fields import entity

YES, NO = "Có", "Không"


@entity("person_pair", "person_pairs", "Hai hồ sơ một người")
class PersonPair:
    """Two records (ids, the smaller first) are one person, or are not. The id is made of the two, so that what two PCs
    say of one pair is one field of one record. No name and no number is in it: it stays when a person is erased.

    `one_seen`, `other_seen`: how many entries of each record who said it had seen. The two ids are kept as written,
    never read as a survivor's.
    """

    id: str
    one: str = f.ref("Hồ sơ thứ nhất", "", required=True, merge="fixed")
    other: str = f.ref("Hồ sơ thứ hai", "", required=True, merge="fixed")
    same: str = f.choice("Là một người", (YES, NO), required=True, merge="identity")
    one_seen: int = f.whole("Số mục đã xem, hồ sơ thứ nhất", least=0)
    other_seen: int = f.whole("Số mục đã xem, hồ sơ thứ hai", least=0)


@entity("person_split", "person_splits", "Tách lại hồ sơ", private=True)
class PersonSplit:
    """Why a record (`apart`) that was merged into a person's stands alone again."""

    id: str
    person: str = f.ref("Người lao động", "person", required=True, merge="fixed")
    apart: str = f.ref("Hồ sơ tách ra", "", required=True, merge="fixed")
    day: date | None = f.day("Ngày", required=True, merge="fixed")
    reason: str = f.text("Lý do", required=True, longest=300)
