"""Officers: which bodies and posts there are, what a title means, who held what when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from desktop_app.domain import vietnamese
from desktop_app.domain.records import Office

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Body:
    """A body or group of posts; `officer`: its people are cán bộ công đoàn (Luật 50/2024/QH15 art. 4)."""

    code: str
    name: str
    officer: bool
    evidence: str
    term: bool = False


@dataclass(frozen=True)
class Post:
    """A post of a body; `one` holder at a time, of each unit where it is of a `unit`.

    `allowance` is its column of the table of allowances, `group` "committee" or "standing" in the Ban Chấp hành,
    `signs` the signer of papers its holder is (a field of `Union`).
    """

    code: str
    body: str
    name: str
    allowance: str
    evidence: str
    also: tuple[str, ...] = ()
    one: bool = False
    unit: bool = False
    group: str = ""
    signs: str = ""


class Pair(NamedTuple):
    """Two posts that one person should not hold, and why."""

    posts: tuple[str, str]
    why: str


@dataclass(frozen=True)
class Catalogue:
    """Bodies, posts and words in force, each in the order of rank."""

    bodies: Mapping[str, Body]
    posts: Mapping[str, Post]
    pairs: tuple[Pair, ...]
    careers: Mapping[str, str]
    means: tuple[str, ...]
    ends: tuple[str, ...]
    _prefixes: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    def post_of(self, office: Office) -> Post | None:
        """The post of an office: by its code, else by what its title begins with; None if no post is called so."""
        known = self.posts.get(office.post)
        return known or self.called(office.title)

    def called(self, title: str) -> Post | None:
        """The post that a title means: "Tổ trưởng Tổ may 2" is Tổ trưởng, "UV BCH" Ủy viên Ban Chấp hành."""
        folded = _words(title)
        code = next((code for prefix, code in self._prefixes if folded.startswith(prefix)), "")
        return self.posts.get(code)

    def rank(self, code: str) -> int:
        """The place of a post in the order of rank; unknown ones come last."""
        return next((place for place, known in enumerate(self.posts) if known == code), len(self.posts))


def catalogue(
    bodies: Iterable[Body], posts: Iterable[Post], pairs: Iterable[Pair], *, careers: Mapping[str, str],
    means: Iterable[str], ends: Iterable[str],
) -> Catalogue:  # fmt: skip
    """A catalogue that knows the words of each post; the longest that fits a title wins."""
    found = {post.code: post for post in posts}
    words = [(_words(word), post.code) for post in found.values() for word in (post.name, *post.also)]
    prefixes = tuple(sorted(words, key=lambda pair: -len(pair[0])))
    return Catalogue(
        {body.code: body for body in bodies}, found, tuple(pairs), careers, tuple(means), tuple(ends), prefixes
    )


def _words(text: str) -> str:
    """The words alone, folded, with a space behind each."""
    return "".join(f"{word} " for word in _WORD.findall(vietnamese.fold(text)))


def is_full_time(office: Office) -> bool:
    """Is it held full time: marked so, or called so ("Phó Chủ tịch chuyên trách") in an old list?"""
    told = vietnamese.fold(office.title)
    return office.full_time or ("chuyen trach" in told and "khong chuyen trach" not in told)


class Held(NamedTuple):
    """An office with who holds it and what it is; `left` is the person's first day out of the union or the work."""

    office: Office
    name: str
    sex: str
    team: str
    left: date | None
    post: Post | None
    full_time: bool

    @property
    def unit(self) -> str:
        """The tổ or bộ phận it is of: the one written, else of a post of a unit the person's own."""
        return self.office.unit or (self.team if self.post and self.post.unit else "")

    def on(self, day: date) -> bool:
        """Was it held on that day?"""
        since, until = self.office.since, self.office.until
        return (since is None or since <= day) and (until is None or until >= day)
