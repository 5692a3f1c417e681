"""The words of a forgiving search, as conditions over `people p` and questions to the index of names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.domain import vietnamese

_WHOLE = "instr(' ' || p.folded || ' ', :{key}w{n}) > 0"
_BEGUN = "instr(' ' || p.folded, :{key}f{n}) > 0"
_BEGUN_AS_TYPED = "instr(' ' || p.folded, :{key}t{n}) > 0"
_WITHIN = "instr(p.folded, :{key}i{n}) > 0"
_NUMBER_BEGUN = "(p.cccd LIKE :{key}b{n} ESCAPE '!' OR p.card LIKE :{key}b{n} ESCAPE '!')"
_NUMBER_WITHIN = "(p.cccd LIKE :{key}n{n} ESCAPE '!' OR p.card LIKE :{key}n{n} ESCAPE '!')"


@dataclass(frozen=True)
class Group:
    """People who answer a query equally well: `condition` over `people p`, `match` for the index of words ("" if the
    query has numbers only); by beginnings of words, or by whole ones."""

    condition: str
    match: str
    begun: bool = True


class Words:
    """A query as its words: of letters (as typed and folded), and numbers (each word that has a digit).

    Every word must be found. Letters are looked for in names: whole words first, then beginnings and first letters
    ("nvt"), with the marks that were typed before those without; within words only if nobody answers so. Numbers are
    the beginning of a CCCD or card, then any part of it.
    """

    def __init__(self, query: str, key: str = "w") -> None:
        """`key` sets the names of the parameters apart where one statement holds several queries."""
        self._key = key
        self.letters: list[tuple[str, str]] = []
        self.numbers: list[str] = []
        for part in vietnamese.spoken(query).split():
            if any(letter.isdigit() for letter in part):
                self.numbers.append(vietnamese.fold(part))
            else:
                self.letters += [(word, vietnamese.fold(word)) for word in vietnamese.words_of(part)]

    def __bool__(self) -> bool:
        return bool(self.letters or self.numbers)

    @property
    def are_short(self) -> bool:
        """Is there a word that very many begin with?"""
        return any(len(folded) <= 2 for _, folded in self.letters) or any(len(number) <= 5 for number in self.numbers)

    @property
    def has_parts(self) -> bool:
        """Can a part of a word answer where no beginning does?"""
        return bool(self.numbers) or any(len(folded) >= 3 for _, folded in self.letters)

    def params(self) -> Mapping[str, str]:
        """The values of the conditions by name."""
        key = self._key
        told: dict[str, str] = {}
        for place, (typed, folded) in enumerate(self.letters):
            told |= {f"{key}t{place}": f" {typed}", f"{key}f{place}": f" {folded}"}
            told |= {f"{key}w{place}": f" {typed} ", f"{key}i{place}": folded}
        for place, number in enumerate(self.numbers):
            plain = number.replace("!", "!!").replace("%", "!%").replace("_", "!_")
            told |= {f"{key}b{place}": f"{plain}%", f"{key}n{place}": f"%{plain}%"}
        return told

    def groups(self) -> list[Group]:
        """Who answers by whole words or beginnings, the best first; each group holds the one before it."""
        if not self.letters:
            return [Group(self._all("", _NUMBER_BEGUN), "")]
        whole = " ".join(f'"{typed}"' for typed, _ in self.letters)
        found = [Group(self._all(_WHOLE, _NUMBER_BEGUN), whole, begun=False)]
        for condition, place in ((_BEGUN_AS_TYPED, 0), (_BEGUN, 1)):
            match = " ".join(f'"{word[place]}"*' for word in self.letters)
            if match != found[-1].match:
                found.append(Group(self._all(condition, _NUMBER_BEGUN), match))
        return found

    def answered(self) -> str:
        """The condition of answering: beginnings of words, and any part of a number."""
        return self._all(_BEGUN, _NUMBER_WITHIN)

    def parts(self) -> str:
        """The condition of answering by any part of a word of three letters or more, where nobody answers otherwise."""
        return self._all(_WITHIN, _NUMBER_WITHIN)

    def _all(self, letters: str, numbers: str) -> str:
        told = [
            (_BEGUN if letters == _WITHIN and len(folded) < 3 else letters).format(key=self._key, n=place)
            for place, (_, folded) in enumerate(self.letters)
        ]
        told += [numbers.format(key=self._key, n=place) for place in range(len(self.numbers))]
        return " AND ".join(told) or "1"
