"""Every Vietnamese syllable, not a sample: whole names come back from each old encoding, folded and sorted as they should."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain import cccd, vietnamese
from desktop_app.domain.encodings import Encoding
from tests.domain.test_encodings import CHARSETS, SYLLABLES

NAMES = [f"Nguyễn Văn {word.capitalize()}" for word in SYLLABLES]
SHOUTED = [name.upper() for name in NAMES]
ALPHABET = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "cp1258"])
@pytest.mark.parametrize("names", [NAMES, SHOUTED], ids=["as written", "capitals"])
def test_every_name_comes_back_from_every_old_encoding(names: list[str], encoding: Encoding) -> None:
    wrong = [name for name in names if CHARSETS.decode(CHARSETS.encode(name, encoding), encoding) != name]
    assert wrong == []


def test_a_capital_font_gives_every_name_in_capitals() -> None:
    wrong = [n for n in NAMES if CHARSETS.decode(CHARSETS.encode(n, "tcvn3-caps"), "tcvn3-caps") != n.upper()]
    assert wrong == []


@pytest.mark.parametrize("encoding", ["unicode", "tcvn3", "vni", "cp1258"])
def test_decomposed_names_are_composed_and_never_converted(encoding: Encoding) -> None:
    apart = ((name, unicodedata.normalize("NFD", name)) for name in NAMES)
    assert [name for name, typed in apart if CHARSETS.decode(typed, encoding) != name] == []


def stored(encoding: Encoding) -> list[str]:
    """The names as a file of the encoding shows them; CP1258 seen through the Western code page."""
    if encoding == "cp1258":
        return [CHARSETS.encode(name, encoding).encode("cp1258").decode("latin-1") for name in NAMES]
    return [CHARSETS.encode(name, encoding) for name in NAMES]


def test_a_file_of_cp1258_seen_through_another_code_page_comes_back() -> None:
    pairs = zip(NAMES, stored("cp1258"), strict=True)
    assert [name for name, seen in pairs if CHARSETS.decode(seen, "cp1258") != name] == []


@pytest.mark.parametrize("encoding", ["unicode", "tcvn3", "vni", "cp1258"])
def test_a_column_of_any_twenty_names_is_recognised(encoding: Encoding) -> None:
    column = stored(encoding)
    assert {CHARSETS.detect(column[at : at + 20]) for at in range(0, len(column), 20)} == {encoding}


def test_folding_leaves_plain_letters_and_search_finds_every_name() -> None:
    folded = [vietnamese.fold(name) for name in NAMES]
    assert all(text.isascii() and text.islower() for text in folded)
    assert all(vietnamese.matches(text.rpartition(" ")[2], name) for text, name in zip(folded, NAMES, strict=True))


def test_names_sort_by_letters_then_tones_as_the_dictionary_does() -> None:
    by_key = sorted(NAMES, key=lambda name: (vietnamese.sort_key(name), name))
    assert by_key == sorted(NAMES, key=lambda name: (_spelled(name.rpartition(" ")[2]), name))


def _spelled(word: str) -> tuple[list[int], list[int]]:
    letters, tones = [], []
    for letter in word.lower():
        marks = unicodedata.normalize("NFD", letter)
        tone = next((mark for mark in marks if mark in TONES[1:]), "")
        letters.append(ALPHABET.index(unicodedata.normalize("NFC", marks.replace(tone, ""))))
        tones += [TONES.index(tone)] if tone else []
    return letters, tones or [0]


@given(st.from_regex(r"0[0-9]{2}[0-3][0-9]{8}", fullmatch=True))
def test_a_cccd_is_kept_as_it_is_and_its_lost_zero_is_named(number: str) -> None:
    assert cccd.check_cccd(number) == number
    with pytest.raises(ValueError, match=number if number[1] != "0" else "12 chữ số|Có phải"):
        cccd.check_cccd(number[1:])
