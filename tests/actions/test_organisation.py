"""The union's tree as Hoa keeps it: units of the names people have, renamed, merged and split by dated movements."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.actions import members, movements, organisation
from desktop_app.actions.organisation_picture import Heads, Picture, picture
from desktop_app.domain.errors import Refused
from desktop_app.domain.records import Movement, Person, Union, Unit
from desktop_app.reports.head_count import heads
from desktop_app.storage.book import Book
from tests.unions import found_union, hire

BEFORE, MAY, JUNE = date(2026, 4, 30), date(2026, 5, 10), date(2026, 6, 1)
JOINED = date(2020, 1, 1)


def shop(book: Book) -> dict[str, str]:
    """Six people of three tổ, the last one no member; answers the units' ids by name."""
    for name, sex, team in (("Lê Thị Lan", "Nữ", "Tổ 1"), ("Trần Văn Tám", "Nam", "tổ 1"), ("Võ Thị Yến", "Nữ", "Tổ 2"),
                            ("Hồ Thị Ánh", "Nữ", "Tổ 2"), ("Phan Đình Ân", "Nam", "Tổ 10")):  # fmt: skip
        hire(book, name, sex=sex, team=team, joined=JOINED)
    hire(book, "Bùi Văn Đức", sex="Nam", team="Tổ 10", member=False)
    done = organisation.make_missing(book, "Hoa")
    return {unit.name: unit.id for unit in done.made}


def told(shown: Picture) -> list[tuple[str, Heads]]:
    def lines(nodes: tuple[object, ...], depth: int) -> list[tuple[str, Heads]]:
        return [line for node in nodes for line in
                [("  " * depth + node.unit.name, node.heads), *lines(node.below, depth + 1)]]  # type: ignore[attr-defined]  # fmt: skip

    return lines(shown.nodes, 0)


def teams(book: Book) -> dict[str, str]:
    return {person.name: person.team for person in book.all(Person)}


def test_the_names_people_have_become_units_once_and_are_found_whatever_the_spelling(book: Book) -> None:
    units = shop(book)
    assert list(units) == ["Tổ 1", "Tổ 2", "Tổ 10"]
    with pytest.raises(Refused, match="đều đã có trong sơ đồ"):
        organisation.make_missing(book, "Hoa")
    members.add(book, {"name": "Đặng Quốc Bảo", "team": "TO 2"}, "Hoa")
    assert teams(book)["Đặng Quốc Bảo"] == "Tổ 2"
    with pytest.raises(Refused, match=r"Đã có Tổ 2\. Hãy đặt tên khác"):
        organisation.found(book, {"kind": "TCD", "name": "tổ 2"}, "Hoa")


def test_teams_lie_in_a_section_which_counts_them_and_lists_filter_by_the_branch(book: Book) -> None:
    units = shop(book)
    (sewing,) = organisation.found(book, {"kind": "CDBP", "name": "CĐBP Xưởng may"}, "Hoa").made
    for name in ("Tổ 1", "Tổ 2"):
        organisation.move(book, units[name], sewing.id, {"day": MAY}, "Hoa")
    shown = picture(book, MAY)
    assert told(shown) == [
        ("CĐBP Xưởng may", Heads(4, 3, 4)), ("  Tổ 1", Heads(2, 1, 2)), ("  Tổ 2", Heads(2, 2, 2)),
        ("Tổ 10", Heads(1, 0, 2)),
    ]  # fmt: skip
    assert shown.total == Heads(5, 3, 6)
    assert [line for line, _ in told(picture(book, BEFORE))] == ["CĐBP Xưởng may", "Tổ 1", "Tổ 2", "Tổ 10"]
    assert organisation.teams_under(book, sewing.id, MAY) == ["Tổ 1", "tổ 1", "Tổ 2"]
    assert organisation.teams_under(book, sewing.id, BEFORE) == []
    with pytest.raises(Refused, match="không đặt vào chính nó"):
        organisation.move(book, sewing.id, organisation.tree(book, JUNE).named("Tổ 1").id, {"day": JUNE}, "Hoa")  # type: ignore[union-attr]
    with pytest.raises(Refused, match="Tổ công đoàn không đặt trong Tổ công đoàn Tổ 10 được"):
        organisation.move(book, organisation.tree(book, JUNE).named("Tổ 1").id, units["Tổ 10"], {"day": JUNE}, "Hoa")  # type: ignore[union-attr]


def test_a_renamed_team_takes_its_people_along_and_a_past_day_still_shows_the_old_name(book: Book) -> None:
    units = shop(book)
    organisation.rename(book, units["Tổ 1"], {"name": "Tổ cắt", "day": MAY, "document": "07/QĐ-CĐCS"}, "Hoa")
    assert teams(book)["Lê Thị Lan"] == teams(book)["Trần Văn Tám"] == "Tổ cắt"
    assert heads(book, BEFORE, BEFORE)["Tổ 1"]["E"] == 2
    assert {team: row["E"] for team, row in heads(book, MAY, MAY).items()} == {
        "Tổ 1": 0, "Tổ 2": 2, "Tổ 10": 1, "Tổ cắt": 2,
    }  # fmt: skip
    assert [line for line, _ in told(picture(book, BEFORE))] == ["Tổ 1", "Tổ 2", "Tổ 10"]
    assert told(picture(book, MAY))[-1] == ("Tổ cắt", Heads(2, 1, 2))
    assert {m.document for m in book.all(Movement) if m.kind == "CNB"} == {"07/QĐ-CĐCS"}
    assert organisation.missing(book, MAY) == []
    with pytest.raises(Refused, match="Tổ 1 đã hết từ ngày 10/05/2026"):
        organisation.rename(book, units["Tổ 1"], {"name": "Tổ 3", "day": JUNE}, "Hoa")
    assert book.verify().first_fault is None


def test_a_merger_moves_everybody_or_nobody_and_can_be_taken_back(book: Book) -> None:
    units = shop(book)
    before = list(book.all(Person)), list(book.all(Unit))
    with pytest.raises(Refused, match="còn 2 người"):
        organisation.end(book, units["Tổ 1"], {"day": MAY}, "Hoa")
    done = organisation.merge(book, [units["Tổ 1"], units["Tổ 10"]], units["Tổ 2"], {"day": MAY}, "Hoa")
    assert told(picture(book, MAY)) == [("Tổ 2", Heads(5, 3, 6))]
    assert organisation.teams_under(book, "", MAY) == ["Tổ 2"]
    organisation.undo(book, done, "Hoa")
    assert (list(book.all(Person)), list(book.all(Unit))) == before
    with pytest.raises(Refused, match="Hãy chọn đơn vị khác"):
        organisation.merge(book, [units["Tổ 1"]], units["Tổ 1"], {"day": MAY}, "Hoa")
    members.leave(book, organisation.people_of(book, "Tổ 2")[:1], JUNE, "Hoa")
    with pytest.raises(Refused, match="Hãy ghi khi đã đến ngày"):
        organisation.merge(book, [units["Tổ 1"]], units["Tổ 2"], {"day": "01/01/2100"}, "Hoa")


def test_a_team_is_split_and_one_who_moved_later_stops_it(book: Book) -> None:
    units = shop(book)
    yen, anh = sorted(organisation.people_of(book, "Tổ 2"), key=lambda id_: book.get(Person, id_).name)[::-1]  # type: ignore[union-attr]
    organisation.split(book, units["Tổ 2"], [yen], {"name": "Tổ 3", "day": JUNE}, "Hoa")
    assert (teams(book)["Võ Thị Yến"], teams(book)["Hồ Thị Ánh"]) == ("Tổ 3", "Tổ 2")
    movements.record(book, [anh], {"kind": "TD", "day": date(2026, 6, 5)}, "Hoa")
    with pytest.raises(Refused, match="Ngày này trước biến động sau cùng của Hồ Thị Ánh"):
        organisation.rename(book, units["Tổ 2"], {"name": "Tổ là", "day": JUNE}, "Hoa")
    with pytest.raises(Refused, match="Hãy chọn người sang đơn vị mới"):
        organisation.split(book, units["Tổ 2"], [], {"name": "Tổ 4", "day": JUNE}, "Hoa")
    assert anh in organisation.people_of(book, "Tổ 2")


def test_who_comes_in_under_an_old_name_goes_to_what_took_its_place(book: Book) -> None:
    units = shop(book)
    (cut,) = organisation.rename(book, units["Tổ 1"], {"name": "Tổ cắt", "day": MAY}, "Hoa").made
    organisation.merge(book, [cut.id], units["Tổ 2"], {"day": JUNE}, "Hoa")
    hire(book, "Đậu Thị Mai", team="TỔ 1", joined=JOINED)
    assert (organisation.missing(book, JUNE), picture(book, JUNE).stray) == ([], (("TỔ 1", "Tổ 2"),))
    assert len(organisation.catch_up(book, "Hoa").moved) == 1
    assert teams(book)["Đậu Thị Mai"] == "Tổ 2"
    with pytest.raises(Refused, match="Không còn ai ở tổ đã hết"):
        organisation.catch_up(book, "Hoa")


def test_a_dissolved_unit_ends_its_members_by_decision_and_they_work_on(book: Book) -> None:
    units = shop(book)
    with pytest.raises(Refused, match="Hãy ghi số quyết định giải thể"):
        organisation.dissolve(book, units["Tổ 10"], {"day": MAY}, "Hoa")
    paper = {"day": MAY, "document": "15/QĐ-LĐLĐ"}
    assert len(organisation.dissolve(book, units["Tổ 10"], paper, "Hoa").moved) == 1
    row = heads(book, MAY, MAY)["Tổ 10"]
    assert (row["GT"], row["E"], row["A"], row["I"]) == (1, 0, 2, 2)
    assert [line for line, _ in told(picture(book, MAY))] == ["Tổ 1", "Tổ 2"]
    done = organisation.dissolve(book, "", {"day": JUNE, "document": "16/QĐ-LĐLĐ"}, "Hoa")
    assert picture(book, JUNE).total == Heads(0, 0, 6)
    assert told(picture(book, JUNE)) == []
    organisation.undo(book, done, "Hoa")
    assert picture(book, JUNE).total == Heads(4, 3, 6)


def test_two_pcs_that_put_two_units_into_each_other_still_show_both(book: Book) -> None:
    units = shop(book)
    one, two = (book.get(Unit, units[name]) for name in ("Tổ 1", "Tổ 2"))
    assert one is not None
    assert two is not None
    with book.transact("organisation.move", "Hoa") as transaction:
        transaction.save(Unit(id=one.id, kind="CDBP", name=one.name, parent=two.id))
        transaction.save(Unit(id=two.id, kind="CDBP", name=two.name, parent=one.id))
    assert [line for line, _ in told(picture(book, MAY))] == ["Tổ 1", "  Tổ 2", "Tổ 10"]


def test_the_union_above_changes_on_a_day_and_papers_name_the_new_one(book: Book) -> None:
    found_union(book, upper="LĐLĐ huyện Nghi Lộc")
    old, new = date(2020, 1, 1), date(2025, 6, 24)
    organisation.set_upper(book, {"kind": "Đơn vị quản lý", "name": "LĐLĐ huyện Nghi Lộc", "since": old}, "Hoa")
    organisation.set_upper(book, {"kind": "Đơn vị quản lý", "name": "LĐLĐ tỉnh Nghệ An", "since": new}, "Hoa")
    organisation.set_upper(book, {"kind": "Hỗ trợ địa bàn", "name": "Công đoàn xã Nghi Lộc", "since": new}, "Hoa")
    assert [(one.name, one.until) for one in organisation.uppers(book)] == [
        ("LĐLĐ tỉnh Nghệ An", None), ("Công đoàn xã Nghi Lộc", None), ("LĐLĐ huyện Nghi Lộc", new),
    ]  # fmt: skip
    assert next(book.all(Union)).upper == "LĐLĐ tỉnh Nghệ An"
    with pytest.raises(Refused, match=r"đang là LĐLĐ tỉnh Nghệ An từ ngày 24/06/2025"):
        organisation.set_upper(book, {"kind": "Đơn vị quản lý", "name": "CĐ ngành", "since": new}, "Hoa")
