"""The words of forms and papers that can be corrected one by one: which there are, and an entry with other words.

An entry is a version of a form or paper as its data file holds it. A text is named by the id of its form and its path:
"B07/title", "B07/rows.31.text", "PT/issued", "B07/enclosures" (a whole list). Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop_app.domain import vietnamese

Entry = Mapping[str, Any]
_LONGEST, _MOST = 600, 30
_FILLED = re.compile(r"\[\w+\]")
_LINES = "lines"


@dataclass(frozen=True)
class Source:
    """A form or paper: its id, how it is called, of which area, and its versions by day of force."""

    id: str
    name: str
    area: str
    versions: tuple[Entry, ...]

    def on(self, day: date) -> Entry:
        """The version in force on a day; of days before the first, the first."""
        return next((one for one in reversed(self.versions) if one["from"] <= day), self.versions[0])


@dataclass(frozen=True)
class Text:
    """A text of a form: `kind` "text" (one line), "lines" or "words" (a list, one a line); `value` as shipped."""

    path: str
    label: str
    kind: str
    value: Any
    evidence: str


def sources(
    declared: Mapping[str, Any], read: Callable[[str], Entry], names: Callable[[str], list[str]]
) -> list[Source]:
    """Every form and paper of the catalogue; `read` and `names` are those of the data files."""
    made: dict[str, list[Entry]] = {}
    areas: dict[str, str] = {}
    for told in declared["source"]:
        files = [told["file"]] if "file" in told else names(told["folder"])
        for file in files:
            for entry in read(file).get(told["list"], ()):
                id_ = told.get("as") or told.get("before", "") + (entry[told["id"]] or told.get("blank", ""))
                made.setdefault(id_, []).append(entry)
                areas[id_] = told["area"]
    found = []
    for id_, entries in made.items():
        versions = tuple(sorted(entries, key=_since))
        found.append(Source(id_, _called(id_, versions[-1]), areas[id_], versions))
    return found


def texts(declared: Mapping[str, Any], entry: Entry) -> Iterator[Text]:
    """The texts of an entry that can be corrected, in the order of the catalogue."""
    sure = str(entry.get("evidence", ""))
    for field, label in declared["words"].items():
        value = entry.get(field)
        told = str(entry.get(f"{field}_evidence", sure))
        if isinstance(value, str):
            yield Text(field, label, _kind(value), value, told)
        elif isinstance(value, Mapping):
            for key, text in value.items():
                named = key if key.isupper() else f"“{text}”"
                yield Text(f"{field}.{key}", label.replace("[n]", named), _kind(text), text, told)
        elif isinstance(value, Sequence):
            for number, text in enumerate(value, 1):
                yield Text(f"{field}.{number}", label.replace("[n]", str(number)), _kind(text), text, told)
    for part, fields in declared["parts"].items():
        rows = entry.get(part, ())
        if isinstance(rows, Mapping):  # the rows of a paper, by key
            for key, text in rows.items():
                yield Text(f"{part}.{key}", fields["text"].replace("[n]", f"“{text}”"), _kind(text), text, sure)
            continue
        for number, row in enumerate(rows, 1):
            for field, label in fields.items():
                value = row.get("code") if field == "printed_code" else row.get(field)
                if value:
                    kind = _LINES if field == "title" else _kind(value)
                    shown = label.replace("[n]", _named(row, number))
                    yield Text(f"{part}.{_key(row, number)}.{field}", shown, kind, value, row.get("evidence", sure))
    for field, label in declared["lists"].items():
        if field in entry:
            told = entry[field]
            yield Text(field, label, "words", [row["text"] for row in told], told[0].get("evidence", sure))


def with_texts(entry: Entry, changed: Mapping[str, Any]) -> Entry:
    """The entry with these texts by path; a path that it does not have (any more) is passed over."""
    made: dict[str, Any] = dict(entry)
    for path, value in sorted(changed.items(), key=lambda pair: pair[0].count(".")):
        field, *inner = path.split(".")
        held = made.get(field)
        if not inner and isinstance(value, list):
            made[field] = _listed(held or (), value)
        elif not inner and isinstance(held, str):
            made[field] = value
        elif inner and isinstance(held, Mapping):
            key = ".".join(inner)
            made[field] = {**held, **({key: value} if key in held else {})}
        elif inner and isinstance(held, Sequence) and not isinstance(held, str):
            made[field] = _in_list(held, inner, value)
    return made


def read(text: Text, typed: str, entry: Entry) -> Any:
    """What was typed for a text. Raises ValueError with a sentence that says what to do."""
    lines = [vietnamese.clean(line) for line in typed.splitlines()]
    lines = [line for line in lines if line]
    if not lines:
        raise ValueError("Hãy nhập chữ thay thế.")
    if max(map(len, lines)) > _LONGEST or len(lines) > _MOST:
        raise ValueError(f"Chữ quá dài. Mỗi dòng nhiều nhất {_LONGEST} ký tự, nhiều nhất {_MOST} dòng.")
    known = set(_FILLED.findall(str(entry)))
    if strange := [name for line in lines for name in _FILLED.findall(line) if name not in known]:
        held = ", ".join(sorted(known)) or "không có chỗ điền nào"
        raise ValueError(f"Mẫu này không điền được {strange[0]}. Chỗ điền dùng được: {held}.")
    if text.kind == "words":
        return lines
    return ("\n" if text.kind == _LINES else " ").join(lines)


def shown(value: Any) -> str:
    """A text as it is shown and typed."""
    return "\n".join(value) if isinstance(value, list) else str(value)


def _in_list(held: Sequence[Any], inner: list[str], value: Any) -> list[Any]:
    """A list with the text of one member changed: of plain texts by place, of parts by key."""
    made = list(held)
    key = inner[0] if len(inner) == 1 else ".".join(inner[:-1])
    for number, row in enumerate(held, 1):
        if len(inner) == 1 and isinstance(row, str) and str(number) == key:
            made[number - 1] = value
        elif len(inner) > 1 and isinstance(row, Mapping) and _key(row, number) == key:
            own = {"key": row["code"]} if row.get("code") and "key" not in row else {}
            made[number - 1] = {**row, **own, inner[-1]: value}
    return made


def _listed(held: Sequence[Mapping[str, Any]], lines: Sequence[str]) -> list[Mapping[str, Any]]:
    """A list in other words: a line that was there stays what it was, another gets a key of its own."""
    by_text = {row["text"]: row for row in held}
    return [by_text.get(line) or {"key": _slug(line), "text": line, "evidence": "design"} for line in lines]


def _slug(text: str) -> str:
    return "-".join(re.findall("[a-z0-9]+", vietnamese.fold(text)))[:60]


def _key(row: Mapping[str, Any], number: int) -> str:
    return str(row.get("key") or row.get("code") or number)


def _named(row: Mapping[str, Any], number: int) -> str:
    named = row.get("heading") or row.get("code") or row.get("text") or row.get("title") or row.get("key") or number
    return str(named).replace("\n", " ")


def _called(id_: str, entry: Entry) -> str:
    title = str(entry.get("title") or entry.get("what") or id_).replace("\n", " ")
    told = title.capitalize() if title.isupper() else title
    code = str(entry["note"][0]).removeprefix("Mẫu số ") if entry.get("note") else entry.get("form", "")
    return f"{code} · {told}" if code else told


def _kind(value: str) -> str:
    return _LINES if "\n" in value else "text"


def _since(entry: Entry) -> date:
    since: date = entry["from"]
    return since
