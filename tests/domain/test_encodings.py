"""Old workbooks in TCVN3 and VNI are recognised and read without one wrong letter."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.encodings import Charsets, Encoding, font_encoding
from desktop_app.domain.syllables import valid_syllable

TABLES = json.loads(
    (Path(__file__).parents[2] / "resources" / "catalogues" / "vn_charsets.json").read_text(encoding="utf-8")
)
CHARSETS = Charsets(TABLES)

NAMES = [
    "Nguyễn Thị Ánh",
    "Trần Văn Út",
    "Lê Như Ý",
    "Vũ Đức Thắng",
    "Đặng Ước",
    "Phạm Hà",
    "Võ Quỳnh Giang",
    "Hoàng Thị Mười",
    "Bùi Hữu Nghĩa",
    "Đỗ Thị Thuỷ",
]
OLD: tuple[Encoding, ...] = ("tcvn3", "tcvn3-caps", "vni", "cp1258")

_MARKS = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
VOWELS = [unicodedata.normalize("NFC", vowel + mark) for vowel in "aăâeêioôơuưy" for mark in _MARKS]
LETTERS = [*VOWELS, *"bcdđghklmnpqrstvx"]
ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh ph qu r s t th tr v x".split()  # noqa: SIM905
ENDS = ["", "n", "m", "ng", "nh", "c", "ch", "t", "p", "i", "u", "o", "y"]
SYLLABLES = sorted(
    {
        word
        for onset in ("", *ONSETS)
        for vowel in VOWELS
        for glide in ("", "i", "u", "o", "y", "uy", "ư")
        for end in ENDS
        if valid_syllable(word := onset + glide + vowel + end)
    }
)


def test_the_tables_hold_every_lower_case_letter() -> None:
    marked = {c for c in (*VOWELS, "đ") if not c.isascii()}
    assert set(TABLES["tcvn3_byte_to_unicode"].values()) >= marked
    assert set(TABLES["vni_sequence_to_unicode"].values()) >= marked | {c.upper() for c in marked}


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "cp1258"])
def test_every_letter_comes_back(encoding: Encoding) -> None:
    wrong = [c for c in LETTERS if CHARSETS.decode(CHARSETS.encode(c, encoding), encoding) != c]
    assert wrong == []


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "cp1258"])
def test_every_syllable_comes_back(encoding: Encoding) -> None:
    assert len(SYLLABLES) > 5_000
    wrong = [w for w in SYLLABLES if CHARSETS.decode(CHARSETS.encode(w, encoding), encoding) != w]
    assert wrong == []


def test_every_capital_comes_back_from_vni_and_from_a_capital_font() -> None:
    capitals = [word.upper() for word in SYLLABLES]
    assert [w for w in capitals if CHARSETS.decode(CHARSETS.encode(w, "vni"), "vni") != w] == []
    assert [w for w in capitals if CHARSETS.decode(CHARSETS.encode(w, "tcvn3-caps"), "tcvn3-caps") != w] == []


def test_the_raw_codes_of_old_fonts_are_read() -> None:
    assert CHARSETS.decode("NguyÔn ThÞ Th\u00ad", "tcvn3") == "Nguyễn Thị Thư"
    assert CHARSETS.decode("Hä vµ tªn", "tcvn3") == "Họ và tên"
    assert CHARSETS.decode("nguyÔn v¨n", "tcvn3-caps") == "NGUYỄN VĂN"
    assert CHARSETS.decode("Nguyeãn Thò Höông", "vni") == "Nguyễn Thị Hương"
    assert CHARSETS.decode("TRAÀN ÑÖÙC", "vni") == "TRẦN ĐỨC"
    assert CHARSETS.decode("Aùnh Traàn", "vni") == "Ánh Trần"
    assert CHARSETS.decode("NguyêÞn", "cp1258") == "Nguyễn"
    assert CHARSETS.decode("Nguyê\u0303n", "cp1258") == "Nguyễn"


@pytest.mark.parametrize(
    "text",
    [
        "TRẦN VĂN HÀ",
        "Nguyễn Thị Ánh",
        "Lê Như Ý",
        "Vũ Hà",
        "Ông Ích Khiêm",
        "Bùi TRẦN",
        "ngày ấy",
        "Số ổn định",
        "ở nhà",
    ],
)
def test_capitals_that_tcvn3_cannot_say_are_put_back(text: str) -> None:
    assert CHARSETS.decode(CHARSETS.encode(text, "tcvn3"), "tcvn3") == text


@pytest.mark.parametrize("encoding", ["unicode", *OLD])
@pytest.mark.parametrize("text", ["Nguyễn Thị Ánh", "Đặng Hà", "Lương Tú", "Trương Ðức", "0912 345 678", ""])
def test_a_cell_that_is_unicode_already_is_never_converted(text: str, encoding: Encoding) -> None:
    assert CHARSETS.decode(text, encoding) == text.replace("Ð", "Đ")


def test_a_cell_that_reads_well_as_it_is_stays() -> None:
    assert CHARSETS.decode("Công", "vni") == "Công"
    assert CHARSETS.decode("Hà", "vni") == "Hà"


def test_a_soft_hyphen_in_unicode_text_is_dropped() -> None:
    assert CHARSETS.decode("công\u00ad đoàn", "unicode") == "công đoàn"


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
def test_a_column_is_recognised_by_its_spelling(encoding: Encoding) -> None:
    assert CHARSETS.detect([CHARSETS.encode(name, encoding) for name in NAMES]) == encoding
    assert CHARSETS.detect([CHARSETS.encode("Họ và tên", encoding)]) == encoding
    assert CHARSETS.detect(["STT", "12", "", CHARSETS.encode("Nguyễn Văn A", encoding)]) == encoding


def test_a_column_read_through_the_wrong_code_page_is_recognised() -> None:
    assert CHARSETS.detect(["NguyêÞn Vãn Nam", "Trâ\u00ecn Thi\u00f2 Hoa", "Lê Thi\u00f2 Loan"]) == "cp1258"


@pytest.mark.parametrize(
    "column",
    [
        NAMES,
        [unicodedata.normalize("NFD", name) for name in NAMES],
        ["Hà", "Lê", "Vân", "Công", "Tú"],
        ["José", "Café Müller", "Übergröße"],
        ["Le Van A", "12"],
        ["§ 5", "20 °C", "© 2026"],
        [],
    ],
)
def test_a_column_is_unicode_unless_an_old_encoding_wins_clearly(column: list[str]) -> None:
    assert CHARSETS.detect(column) == "unicode"


@pytest.mark.parametrize(
    ("font", "encoding"),
    [
        (".VnTime", "tcvn3"),
        (".VnTimeH", "tcvn3-caps"),
        (".VnArial NarrowH", "tcvn3-caps"),
        (".vntime", "tcvn3"),
        ("VNI-Times", "vni"),
        ("vni-helve", "vni"),
        ("Times New Roman", None),
        ("", None),
    ],
)
def test_a_font_tells_the_encoding(font: str, encoding: Encoding | None) -> None:
    assert font_encoding(font) == encoding


def test_a_font_is_stronger_than_spelling_but_not_than_unicode_letters() -> None:
    assert CHARSETS.detect(["L\u00aa"], [".VnTimeH"]) == "tcvn3-caps"
    assert CHARSETS.detect(["Leâ"], ["VNI-Times", "VNI-Times", "Arial"]) == "vni"
    assert CHARSETS.detect(["NguyÔn V¨n Thµnh"], ["Arial"]) == "tcvn3"
    assert CHARSETS.detect(["Nguyễn Văn Thành"], [".VnTime"]) == "unicode"


@given(st.text(max_size=40), st.sampled_from(OLD))
def test_any_text_can_be_decoded_and_judged(text: str, encoding: Encoding) -> None:
    assert CHARSETS.decode(text, encoding) == CHARSETS.decode(CHARSETS.decode(text, encoding), "unicode")
    assert CHARSETS.detect([text]) in ("unicode", *OLD)


REAL = (
    "nguyễn giếng gì gìn giết quốc quỳnh huỳnh quyết yêu yến khuya khuỷu thuở hươu rượu bưu xoong ngoằn nghiêng kỳ lý thy"
    " ý ở uống oanh uyên ướt quýt hoạch mười tháng chuyển khuếch huyện giặc giữa cuốn Đoàn PHẠM hoà hòa ngoẹo khoeo quạ"
)


@pytest.mark.parametrize("word", REAL.split())
def test_real_syllables_are_valid(word: str) -> None:
    assert valid_syllable(word)
    assert valid_syllable(unicodedata.normalize("NFD", word))


@pytest.mark.parametrize(
    "word",
    [
        "bat",
        "bàt",
        "Nguyôn",
        "ABC",
        "",
        "12",
        "ngh",
        "qu",
        "kà",
        "cê",
        "ngiêng",
        "cơng",
        "hòá",
        "aù",
        "mià",
        "café",
        "L\u00aa",
    ],
)
def test_impossible_syllables_are_not(word: str) -> None:
    assert not valid_syllable(word)
