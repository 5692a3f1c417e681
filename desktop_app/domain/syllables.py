"""Whether a word can be a Vietnamese syllable: the proof that an old encoding was read rightly.

Built from how Vietnamese is spelled (an onset, a rime, one tone), not from a word list; foreign names and
abbreviations fail, and are meant to.
"""

from __future__ import annotations

import unicodedata

from desktop_app.domain.vietnamese import take_tone

# Longest first, so that "ngh" is tried before "ng" and "n"; "" for syllables that begin with their vowel.
_ONSETS = (
    *("ngh", "ng", "nh", "ch", "gh", "gi", "kh", "ph", "qu", "th", "tr"),
    *("b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", ""),
)

# Each vowel with the endings it takes; "-" for none.
_ENDINGS = {
    "a": "- c ch i m n ng nh o p t u y",
    "ă": "c m n ng p t",
    "â": "c m n ng p t u y",
    "e": "- c m n ng o p t",
    "ê": "- c ch m n ng nh p t u",
    "i": "- c ch m n nh p t u",
    "o": "- c i m n ng p t",
    "ô": "- c i m n ng p t",
    "ơ": "- i m n p t",
    "u": "- c i m n ng p t",
    "ư": "- c i m n ng t u",
    "y": "- ch n nh p t u",
    "ia": "-",
    "ya": "-",
    "ua": "-",
    "ưa": "-",
    "iê": "c m n ng p t u",
    "yê": "m n ng t u",
    "uô": "c i m n ng t",
    "ươ": "c i m n ng p t u",
    "oa": "- c ch i m n ng nh o p t y",
    "oă": "c m n ng t",
    "oe": "- n o t",
    "oo": "c ng",
    "uâ": "n ng t y",
    "uê": "- ch n nh",
    "uơ": "-",
    "uy": "- ch n nh p t u",
    "uya": "-",
    "uyê": "n t",
}
_RIMES = frozenset(vowel + end.strip("-") for vowel, ends in _ENDINGS.items() for end in ends.split())

_FRONT, _BACK = "eêiy", "aăâoôơuư"
_BEGINS = {
    **dict.fromkeys(("k", "gh", "ngh"), _FRONT),
    **dict.fromkeys(("c", "g", "ng"), _BACK),
    "qu": "aăâeêiyôơ",
    "gi": "aăâeêoôơuư",
}
_ONLY_AFTER_QU = frozenset({"ych", "yn", "ynh", "yp", "yt", "yu"})
_STOPS = ("c", "ch", "p", "t")
_SHARP, _HEAVY = "4", "5"
# Where a last vowel glides, the tone stands before it ("áo", "mía"); "hoà" and "hòa" are both in use.
_MAY_END_TONED = frozenset({"oa", "uy"})


def valid_syllable(word: str) -> bool:
    """True for "Nguyễn", "giếng", "quốc"; False for "Nguyôn", "bát" without its mark, "ABC" and numbers."""
    spelled, tones, toned_last = "", "", False
    for letter in unicodedata.normalize("NFC", word).casefold():
        base, tone = take_tone(letter)
        spelled, tones, toned_last = spelled + base, tones + tone, bool(tone)
    if len(tones) > 1:
        return False
    # A stopped syllable has only the two high tones: "bát", "bạt", never "bat" nor "bàt".
    if spelled.endswith(_STOPS) and tones not in (_SHARP, _HEAVY):
        return False
    rimes = [(onset, spelled[len(onset) :]) for onset in _ONSETS if spelled.startswith(onset)]
    return any(_fits(onset, rime) and not (toned_last and _glides(rime)) for onset, rime in rimes)


def _glides(rime: str) -> bool:
    """Whether the last letter is a gliding vowel, which never carries the tone."""
    return len(rime) > 1 and rime not in _MAY_END_TONED and rime[-1] in "aiouy"


def _fits(onset: str, rime: str) -> bool:
    if rime not in _RIMES:
        return False
    if onset == "g" and rime[0] == "i":
        return True  # "gì", "gìn", "giếng": the i belongs to both
    if rime in _ONLY_AFTER_QU:
        return onset == "qu"
    if rime.startswith("y") and rime != "y":
        return onset in ("", "qu")
    return rime[0] in _BEGINS.get(onset, rime[0])
