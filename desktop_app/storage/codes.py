"""The code lists shipped with the program: what a code is called, and which code a name has."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import resources
from desktop_app.domain import vietnamese
from desktop_app.domain.codes import Code, parted


@dataclass(frozen=True)
class CodeList:
    """One official list: `entries` are names by code, in the list's order; `since` the day it holds from."""

    id: str
    title: str
    since: date
    law: str
    evidence: str
    entries: Mapping[str, str]


@cache
def code_list(id_: str) -> CodeList | None:
    """A list by its id, read when it is first wanted; None if this program does not have it."""
    told = next((one for one in resources.read("catalogues/codes.toml")["list"] if one["id"] == id_), None)
    if told is None:
        return None
    entries = told.get("entries") or _of_file(told["file"])
    return CodeList(id_, told["title"], told["from"], told["law"], told["evidence"], entries)


def name_of(value: str) -> str:
    """What a value "list/code" is called; a value of a list that this program lacks as it stands."""
    code = parted(value)
    found = code_list(code.of) if code else None
    return found.entries.get(code.code, value) if code and found else value


def offered(*lists: str) -> Sequence[tuple[str, str]]:
    """The values and names of these lists, to pick from."""
    return [
        (str(Code(id_, code)), name)
        for id_ in lists
        if (found := code_list(id_))
        for code, name in found.entries.items()
    ]


def code_of(name: str, *lists: str) -> str:
    """The value of the entry with this name (diacritics, case and signs aside) or of this code; "" if there is none."""
    wanted = _key(name)
    return next((value for value, told in offered(*lists) if wanted in (_key(told), value.split("/")[1])), "")


def _key(text: str) -> str:
    return "".join(letter for letter in vietnamese.fold(text) if letter.isalnum())


def _of_file(name: str) -> dict[str, str]:
    path = resources.path(f"catalogues/codes/{name}")
    if name.endswith(".json"):
        read: dict[str, str] = json.loads(path.read_text("utf-8"))
        return read
    with path.open(encoding="utf-8", newline="") as held:
        return {row["code"]: row["name"] for row in csv.DictReader(held)}
