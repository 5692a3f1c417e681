"""Old Vietnamese encodings in old workbooks: recognised by font or by spelling, read and written.

Before Unicode, fonts drew Vietnamese over Western codes, so a cell holds "NguyÔn" (TCVN3, fonts .Vn…) or
"Nguyeãn" (VNI, fonts VNI-…). Decode before cleaning: in TCVN3 the soft hyphen U+00AD is "ư" and Ð is "é".
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal

from desktop_app.domain.syllables import valid_syllable
from desktop_app.domain.vietnamese import SURNAMES, clean, take_tone

Encoding = Literal["unicode", "tcvn3", "tcvn3-caps", "vni", "cp1258"]

# Letters that no 8-bit font text can hold: such a cell is Unicode already, whatever its column.
_UNICODE_ONLY = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9\u0300\u0301\u0303\u0309\u0323]")
# A run of letters in any reading: the old codes use signs like "©" and "®" for letters.
_RUN = re.compile("[^\\s0-9!-/:-@\\[-`{-~\u2010-\u206f]+")
_GUESSED: tuple[Encoding, ...] = ("tcvn3", "vni", "cp1258")
_MOST_SAMPLES = 500

# Windows code page 1258 over 00A0-00FF: a letter, then its tone as a combining mark.
_CP1258 = {code: bytes([code]).decode("cp1258", "replace") for code in range(0xA0, 0x100)}


class Charsets:
    """The tables of the old encodings, and what is done with them.

    `tables` is the content of `catalogues/vn_charsets.json`: "tcvn3_byte_to_unicode" (hex of the code found
    in the cell -> letter) and "vni_sequence_to_unicode" (sequence -> letter).
    """

    def __init__(self, tables: Mapping[str, Mapping[str, str]]) -> None:
        self._tcvn3 = {chr(int(code, 16)): letter for code, letter in tables["tcvn3_byte_to_unicode"].items()}
        self._to_tcvn3 = {letter: code for code, letter in self._tcvn3.items()}
        # TCVN3 has no accented capitals: these letters may stand for either case.
        self._caseless = {c for c in self._to_tcvn3 if c.islower() and c.upper() not in self._to_tcvn3}
        self._vni = dict(tables["vni_sequence_to_unicode"])
        self._to_vni: dict[str, str] = {}
        for sequence, letter in self._vni.items():
            if sequence not in self._to_vni.values():
                self._to_vni.setdefault(letter, sequence)
        longest_first = sorted(self._vni, key=len, reverse=True)
        self._vni_run = re.compile("|".join(map(re.escape, longest_first)))

    def decode(self, text: str, encoding: Encoding) -> str:
        """The text as clean Unicode (see `vietnamese.clean`).

        A cell that already holds Unicode's own Vietnamese letters, or that reads well as it is and badly when
        converted, is only cleaned: columns are often mixed. Capitals that TCVN3 cannot say are put back when
        the words around show them ("TRÇN V¡N" -> "TRẦN VĂN", "NguyÔn ThÞ ¸nh" -> "Nguyễn Thị Ánh").
        """
        if encoding == "unicode" or _UNICODE_ONLY.search(text):
            return clean(text.replace("\u00ad", ""))
        decoded = clean(self._convert(text, encoding).replace("\u00ad", ""))
        if _reads_well(text) and not all(map(valid_syllable, _marked_runs(decoded))):
            return clean(text.replace("\u00ad", ""))
        if encoding == "tcvn3":
            return clean(self._put_back_capitals(decoded))
        return decoded

    def encode(self, text: str, encoding: Encoding) -> str:
        """The inverse of `decode`, for examples and tests. TCVN3 loses the case of accented capitals."""
        text = unicodedata.normalize("NFC", text)
        if encoding == "tcvn3":
            return "".join(self._to_tcvn3.get(c) or self._to_tcvn3.get(c.lower(), c) for c in text)
        if encoding == "tcvn3-caps":
            return "".join(self._to_tcvn3.get(c, c) for c in text.lower())
        if encoding == "vni":
            return "".join(self._to_vni.get(c, c) for c in text)
        if encoding == "cp1258":
            return "".join(_tone_apart(c) for c in text)
        return text

    def detect(self, samples: Sequence[str], fonts: Sequence[str] = ()) -> Encoding:
        """The encoding of a column, from its raw cells (before any cleaning) and their font names if known.

        A font is the strongest evidence. Else every reading is scored by valid syllables and known surnames,
        and an old encoding is named only when it wins clearly; in doubt "unicode". A guess is for showing
        before and after to a person, never for converting silently.
        """
        samples = [text for text in samples[:_MOST_SAMPLES] if not text.isascii()]
        if not samples:
            return "unicode"
        old = [text for text in samples if not _UNICODE_ONLY.search(text)]
        by_font = Counter(font_encoding(font) for font in fonts)
        if by_font and old:
            ((encoding, _),) = by_font.most_common(1)
            if encoding is not None:
                return encoding
        return self._best_reading([run for text in old for run in _marked_runs(text)])

    def _best_reading(self, runs: Sequence[str]) -> Encoding:
        valid: dict[Encoding, int] = {}
        points: dict[Encoding, int] = {}
        for encoding in ("unicode", *_GUESSED):
            words = [clean(run if encoding == "unicode" else self._convert(run, encoding)) for run in runs]
            valid[encoding] = sum(valid_syllable(word) for word in words)
            points[encoding] = valid[encoding] + sum(word.casefold() in SURNAMES for word in words)
        best = max(_GUESSED, key=lambda encoding: points[encoding])
        lead = points[best] - max(score for encoding, score in points.items() if encoding != best)
        clear = lead >= max(2, len(runs) / 4) and valid[best] >= 0.7 * len(runs)
        return best if clear else "unicode"

    def _convert(self, text: str, encoding: Encoding) -> str:
        if encoding == "vni":
            return self._vni_run.sub(lambda found: self._vni[found[0]], text)
        if encoding == "cp1258":
            return "".join(_CP1258.get(ord(c), c) for c in text)
        decoded = "".join(self._tcvn3.get(c, c) for c in text)
        return decoded.upper() if encoding == "tcvn3-caps" else decoded

    def _put_back_capitals(self, text: str) -> str:
        words = text.split(" ")
        plain = ["".join(c for c in word if c.isalpha() and c not in self._caseless) for word in words]
        loud = [len(letters) >= 2 and letters.isupper() for letters in plain]
        if any(loud) and not any(c.islower() for letters in plain for c in letters):
            return text.upper()
        words = [word.upper() if shouts else word for word, shouts in zip(words, loud, strict=True)]
        # A name: every word whose first letter can show its case shows a capital.
        if len(words) > 1 and all(word[0].isupper() or word[0] in self._caseless for word in words if word):
            shown = any(word[0].isupper() for word in words if word)
            words = [word[:1].upper() + word[1:] for word in words] if shown else words
        return " ".join(words)


def font_encoding(font: str) -> Encoding | None:
    """What a font name tells: ".VnTime" -> "tcvn3", ".VnTimeH" -> "tcvn3-caps", "VNI-Times" -> "vni"; else None."""
    name = font.strip()
    if name.casefold().startswith(".vn"):
        return "tcvn3-caps" if name.endswith("H") else "tcvn3"
    return "vni" if name.casefold().startswith(("vni-", "vni ")) else None


def _marked_runs(text: str) -> list[str]:
    return [run for run in _RUN.findall(text) if not run.isascii()]


def _reads_well(text: str) -> bool:
    """Whether there are marked words of two letters or more, and all are Vietnamese syllables as they stand."""
    words = [word for word in _marked_runs(text) if len(word) > 1]
    return bool(words) and all(valid_syllable(word) for word in words)


def _tone_apart(letter: str) -> str:
    base, tone = take_tone(letter)
    marks = [c for c in unicodedata.normalize("NFD", letter)[1:] if c in "\u0300\u0301\u0303\u0309\u0323"]
    return base + marks[0] if tone else letter
