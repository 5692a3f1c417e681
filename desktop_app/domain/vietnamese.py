"""Vietnamese text as people see it: one spelling in store, one folding for search, names in their own order."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

SURNAMES = frozenset({
    "nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ", "hồ", "ngô",
    "dương", "lý", "đinh", "đoàn", "trịnh", "mai", "cao", "thái", "lương", "hà", "tô", "tạ", "chu", "phùng",
    "vương", "đào", "lưu", "quách", "nghiêm", "tăng", "trương", "đậu", "cù", "kiều", "lô", "vi", "lữ", "kha",
    "lang", "tống", "thân", "từ", "văn", "la", "lại", "lâm", "mạc", "ông", "phó", "quang", "sầm", "thạch",
    "tiêu", "tôn", "triệu", "trang", "viên", "vừ", "xồng", "hờ", "và", "lầu", "moong",
})  # fmt: skip
"""Common surnames of the country and of Nghệ An, lower case: evidence when an encoding is guessed, no rule."""

_LOOK_ALIKES = str.maketrans({"Ð": "Đ", "ð": "đ", "\u200b": "", "\u200c": "", "\u200d": "", "\ufeff": ""})
_LOOK_ALIKES.update(dict.fromkeys([*range(9), *range(14, 28), 127], ""))  # control characters that are no blanks
_ODD = re.compile("[Ðð\u200b-\u200d\ufeff\x00-\x08\x0e-\x1b\x7f]")
_WORD = re.compile(r"[^\W_]+")

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_PLACE = {letter: chr(ord("A") + place) for place, letter in enumerate(_ALPHABET)}
# CLDR vi: ngang < huyền < hỏi < ngã < sắc < nặng.
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}

_NEW_TONES = {
    old + tone: unicodedata.normalize("NFC", old[0] + tone + old[1:])
    for old in ("oa", "oe", "uy")
    for tone in _TONES
}
_NEW_TONES = {unicodedata.normalize("NFC", old): new for old, new in _NEW_TONES.items()}
_OLD_TONES = re.compile("|".join(_NEW_TONES))


def clean(text: str) -> str:
    """The text as it is stored: NFC, Ð/ð typed for Đ/đ mended, invisible characters out, single spaces.

    For text whose encoding is settled: in TCVN3 the characters Ð and U+00AD are letters (é and ư), so decode
    first. U+00AD itself is left alone here for the same reason; `Charsets.decode` takes it out of Unicode.
    """
    if _ODD.search(text):
        text = text.translate(_LOOK_ALIKES)
    return " ".join(unicodedata.normalize("NFC", text).split())


@lru_cache(maxsize=1024)
def fold(text: str) -> str:
    """The text without marks and case, for search and for matching headings: "Đặng  Thúy" -> "dang thuy"."""
    return " ".join(map(_folded, clean(text).split(" ")))


@lru_cache(maxsize=4096)  # names are made of few words
def _folded(word: str) -> str:
    apart = unicodedata.normalize("NFD", word.casefold())
    kept = (c for c in apart if not unicodedata.combining(c) and c != "\u00ad")
    return "".join(kept).replace("đ", "d")


def initials(name: str) -> str:
    """First letters of the words, folded: "Nguyễn Văn Thắng" -> "nvt"."""
    return "".join(word[0] for word in _WORD.findall(fold(name)))


def spoken(text: str) -> str:
    """The text in small letters with its marks, the tone where new and old spelling both find it: "HOÀ" -> "hòa"."""
    return _OLD_TONES.sub(lambda found: _NEW_TONES[found[0]], clean(text).casefold())


def words_of(text: str) -> list[str]:
    """The words of a text without signs: "K'Sor H'Bia" -> ["K", "Sor", "H", "Bia"]."""
    return _WORD.findall(text)


def search_words(name: str) -> str:
    """What a search of a name looks in: its words folded, first letters from each place on, then words with marks.

    "Nguyễn Văn Thắng" -> "nguyen van thang nvt vt nguyễn văn thắng"; the words begin, a blank parts them.
    """
    plain, marked, firsts = words_of(fold(name)), words_of(spoken(name)), initials(name)
    starts = [firsts[place:] for place in range(max(1, len(firsts) - 1))]
    return " ".join([*plain, *starts, *(word for word in marked if word not in plain)])


def reading_order(text: str) -> str:
    """A text whose plain comparison puts "Tổ 2" before "Tổ 10"."""
    return re.sub(r"\d+", lambda found: found[0].zfill(9), fold(text))


def split_name(name: str) -> tuple[str, str]:
    """Surname with middle names, and given name: ("Nguyễn Văn", "Thắng"); a single word is a given name."""
    family, _, given = clean(name).rpartition(" ")
    return family, given


def given_name(name: str) -> str:
    """The last word, by which people are called and sorted."""
    return split_name(name)[1]


@lru_cache(maxsize=1024)
def sort_key(name: str) -> str:
    """A text whose plain comparison sorts names by given name, then surname, then middle names.

    Within each the letters decide first (a ă â b c d đ e ê …), then the tones, one a syllable, so that
    "Hoà" and "Hòa" stand together. Made of printable ASCII for Vietnamese names; store it beside the name.
    """
    family, given = split_name(name)
    surname, _, middle = family.partition(" ")
    levels = [level for part in (given, surname, middle) for level in _levels(part)]
    # A space ends each level: below every other character, so the shorter name comes first.
    return " ".join(levels).rstrip()


def matches(query: str, text: str) -> bool:
    """Whether `text` answers a forgiving `query`: no diacritics needed, any word order, first letters, numbers.

    Each word of the query must begin a word of the text, be first letters of neighbouring words ("nvt"), or,
    from three characters, lie within it.
    """
    words = _WORD.findall(fold(text))
    spaced, firsts, joined = " ".join(words), "".join(w[0] for w in words), "".join(words)

    def found(asked: str) -> bool:
        return (
            any(word.startswith(asked) for word in words)
            or (len(asked) >= 2 and asked in firsts)
            or (len(asked) >= 3 and asked in spaced)
            or (len(asked) >= 5 and asked in joined)
        )

    return all(found(asked) for asked in _WORD.findall(fold(query)))


@lru_cache(maxsize=4096)
def _levels(part: str) -> tuple[str, str]:
    """Letters and tones of some words, each as a comparable text; "!" parts words, below letters and digits."""
    words = [_letters_and_tones(word) for word in part.casefold().split()]
    return "!".join(letters for letters, _ in words), "!".join(tones for _, tones in words)


@lru_cache(maxsize=4096)
def _letters_and_tones(word: str) -> tuple[str, str]:
    spelled, heard = "", ""
    for letter in word:
        base, tone = take_tone(letter)
        heard += tone
        if base in _PLACE:
            spelled += _PLACE[base]
        elif base.isalnum():
            spelled += base
    return spelled, heard or "0"


@lru_cache(maxsize=1024)
def take_tone(letter: str) -> tuple[str, str]:
    """A letter without its tone, and the tone's digit or "": "ặ" -> ("ă", "5")."""
    apart = unicodedata.normalize("NFD", letter)
    tone = "".join(_TONES.get(mark, "") for mark in apart[1:])
    base = unicodedata.normalize("NFC", apart[0] + "".join(m for m in apart[1:] if m not in _TONES))
    return (base if base in _PLACE else base[0]), tone
