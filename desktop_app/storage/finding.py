"""What a forgiving search asks of the book at every keystroke: people by words and numbers, vouchers too."""

from __future__ import annotations

import json
from collections.abc import Mapping

from desktop_app.domain import vietnamese
from desktop_app.storage.book import Book
from desktop_app.storage.words import Group, Words

_SOUGHT = 'no, folded, cccd, card, retired, "left", until, member, sex, team, birth'  # what the index people_seek holds
_READ_BACK = 1000  # vouchers whose words are read, newest first; numbers are found in all years
_TOP = 2000  # so many lines are read down before an index is asked
_FEW = 4000  # so many people that an index named are put in order; of more, the list itself is read from its top


def seek(book: Book, words: Words, sieve: str, params: Mapping[str, object], most: int) -> list[int]:
    """The numbers (`people.no`) of the first `most` people who pass `sieve` and answer the words: the best first, then
    in name order. Parts of words are looked for only where nothing better is found: the whole line-up tells those.
    """
    if not words:
        return _read_down(book, sieve, params, most)
    found: dict[int, None] = {}
    asked = {**params, **words.params()}
    for group in words.groups():
        condition, wanted = f"{group.condition} AND {sieve}", most + len(found)
        # What many answer, as they do a letter or two, is met at the top of the list.
        told = _read_down(book, condition, asked, wanted, _TOP) if words.are_short and group.begun else []
        if len(told) < wanted:
            among = _named(book, words, group)
            if len(among) > _FEW:
                told = _read_down(book, condition, asked, wanted)
            else:
                told = _in_order(book, among, condition, asked, wanted) if among else []
        found |= dict.fromkeys(told)
        if len(found) >= most:
            break
    if len(found) < most and (among := merged(book, words)):
        found |= dict.fromkeys(_in_order(book, among, sieve, params, most))
    if not found and words.has_parts:
        return _read_down(book, f"{words.parts()} AND {sieve}", asked, most)
    return list(found)[:most]


def merged(book: Book, words: Words) -> list[int]:
    """Whom somebody was made one with who answers the words by the name, card or CCCD entered then?"""
    told = book.db.execute(
        "SELECT DISTINCT s.no FROM person_same m JOIN people p ON p.id = m.person JOIN people s ON s.id = m.survivor"  # noqa: S608
        f" WHERE {words.answered()}",
        words.params(),
    )
    return [no for (no,) in told]


def _named(book: Book, words: Words, group: Group) -> list[int]:
    """Whom an index names for a group, at most one more than can be put in order."""
    if group.match:
        told = book.db.execute(
            "SELECT rowid FROM people_words WHERE people_words MATCH ? LIMIT ?", [group.match, _FEW + 1]
        )
    else:
        first = words.numbers[0]
        told = book.db.execute(
            "SELECT no FROM people WHERE cccd <> '' AND cccd >= :from AND cccd < :to"
            " UNION ALL SELECT no FROM people WHERE card <> ''"
            " AND card COLLATE NOCASE >= :from AND card COLLATE NOCASE < :to LIMIT :most",
            {"from": first, "to": first + "\U0010ffff", "most": _FEW + 1},
        )
    return list(dict.fromkeys(no for (no,) in told))


def _read_down(book: Book, condition: str, params: Mapping[str, object], most: int, top: int = -1) -> list[int]:
    """The first who pass among the first `top` of the list (-1: all of it)."""
    told = book.db.execute(
        f"SELECT p.no FROM (SELECT {_SOUGHT} FROM people INDEXED BY people_seek"  # noqa: S608
        f" ORDER BY sort_key, no LIMIT :top) p WHERE {condition} LIMIT :most",
        {**params, "most": most, "top": top},
    )
    return [no for (no,) in told]


def _in_order(book: Book, among: list[int], condition: str, params: Mapping[str, object], most: int) -> list[int]:
    told = book.db.execute(
        "SELECT p.no FROM json_each(:among) j CROSS JOIN people p ON p.no = j.value"  # noqa: S608
        f" WHERE {condition} ORDER BY p.sort_key, p.no LIMIT :most",
        {**params, "among": json.dumps(among), "most": most},
    )
    return [no for (no,) in told]


def people(book: Book, query: str, most: int = 6) -> list[tuple[str, str, str, str]]:
    """Whose name, initials, card or CCCD has these words? (id, name, team, card), the best first."""
    words = Words(query)
    if not words:
        return []
    found = seek(book, words, "p.retired = 0", {}, most)
    told = book.db.execute(
        "SELECT p.id, p.name, p.team, p.card FROM json_each(?) j CROSS JOIN people p ON p.no = j.value ORDER BY j.key",
        [json.dumps(found)],
    )
    return list(told)


def vouchers(book: Book, query: str, most: int = 6) -> list[tuple[str, str, str, int]]:
    """Which vouchers have this number, or these words in text or party? (id, number, text, amount), newest first."""
    asked = query.strip()
    amount = "(SELECT max(sum(amount_in), sum(amount_out)) FROM vouchers_lines WHERE owner = v.id)"
    columns = f"v.id, v.number, v.text, {amount}"
    found: list[tuple[str, str, str, int]] = book.db.execute(
        f"SELECT {columns} FROM vouchers v WHERE v.number <> '' AND v.number BETWEEN ? AND ?"  # noqa: S608
        " AND v.retired = 0 ORDER BY v.day DESC LIMIT ?",
        [asked.upper(), asked.upper() + "\uffff", most],
    ).fetchall()
    if len(found) >= most or len(asked) < 2:
        return found
    newest = book.db.execute(
        "SELECT id, text || ' ' || party || ' ' || number FROM vouchers WHERE retired = 0 ORDER BY day DESC LIMIT ?",
        [_READ_BACK],
    )
    known = {row[0] for row in found}
    wanted = vietnamese.fold(asked).split()
    for id_, words in newest.fetchall():
        folded = vietnamese.fold(words)
        if id_ not in known and all(word in folded for word in wanted):
            found += book.db.execute(f"SELECT {columns} FROM vouchers v WHERE v.id = ?", [id_]).fetchall()  # noqa: S608
            if len(found) >= most:
                break
    return found
