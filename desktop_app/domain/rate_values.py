"""Values of dated tables as people read and type them: "0,5 %", "2.530.000", a line for each row of a table.

What kinds there are is told in `resources/catalogues/rates.toml`. In a line the cells are parted by ";" or a tab (so
that rows come in from Excel), the members of a list by ",".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from desktop_app.domain import amounts, certificates

Declared = Mapping[str, Any]
"""A table as its catalogue declares it: label, kind, area, columns."""

_LARGEST = 10**12


def shown(declared: Declared, value: Any) -> str:
    """A value in words, as it is also typed; rows come as lines under a line of headings."""
    kind = declared["kind"]
    if kind == "rows":
        return "\n".join([heading(declared), *(_row_shown(declared, row) for row in value)])
    if kind == "record":
        return "; ".join(f"{c['label']}: {_cell_shown(c, value.get(c['key']))}" for c in declared["columns"])
    if kind == "groups":
        return "; ".join(f"nhóm {group}: {_part_shown(part)}" for group, part in sorted(value.items()))
    if kind == "words":
        return "\n".join(value)
    if kind == "certificates":
        return certificates.shown(value)
    return _SIMPLE[kind][0](value)


def heading(declared: Declared) -> str:
    """The line of headings of a table of rows."""
    return "; ".join(column["label"] for column in declared["columns"])


def read(declared: Declared, typed: str) -> Any:
    """What was typed as the value of the table. Raises ValueError with a sentence that says what to do."""
    kind, typed = declared["kind"], typed.strip()
    if not typed:
        raise ValueError("Hãy nhập giá trị.")
    if kind == "certificates":
        return certificates.read(typed)
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    if kind == "rows":
        lines = lines[1:] if lines[0] == heading(declared) else lines
        if not lines:
            raise ValueError("Hãy nhập ít nhất một dòng dưới dòng tiêu đề.")
        return [_row(declared, line, number) for number, line in enumerate(lines, 1)]
    if kind == "record":
        return _row(declared, re.sub(r"[^;\t]*:", "", typed), 1)
    if kind == "groups":
        return dict(_group(part) for part in re.split(r"[;\n]", typed) if part.strip())
    if kind == "words":
        return lines
    return _SIMPLE[kind][1](typed)


def _part_shown(value: Any) -> str:
    """ "0.005" -> "0,5 %"."""
    return f"{_decimal(Fraction(str(value)) * 100)} %"


def _part(typed: str) -> str:
    """ "0,5 %" or "0,5" -> "0.005"."""
    found = _fraction(typed.removesuffix("%"))
    if not 0 <= found <= 100:
        raise ValueError(f"{typed}: hãy nhập phần trăm từ 0 đến 100.")
    return _text(found / 100)


def _percent(typed: str) -> int:
    number = _whole(typed.removesuffix("%"))
    if number > 100:
        raise ValueError(f"{typed}: hãy nhập phần trăm từ 0 đến 100.")
    return number


def _whole(typed: str) -> int:
    if not re.fullmatch(r"\d{1,9}", typed.strip()):
        raise ValueError(f"“{typed.strip()}” không phải số nguyên. Hãy nhập số từ 0 trở lên.")
    return int(typed)


def _money(typed: str) -> int:
    try:
        amount = amounts.parse_amount(typed)
    except ValueError as error:
        raise ValueError(f"“{typed.strip()}” không phải số tiền. Hãy nhập như 2.530.000.") from error
    if not 0 < amount < _LARGEST:
        raise ValueError(f"“{typed.strip()}”: hãy nhập số tiền lớn hơn 0.")
    return amount


def _number(typed: str) -> str:
    return _text(_fraction(typed))


def _fraction(typed: str) -> Fraction:
    bare = typed.strip().replace(",", ".")
    if not re.fullmatch(r"\d{1,6}(\.\d{1,6})?", bare):
        raise ValueError(f"“{typed.strip()}” không phải số. Hãy nhập như 0,15.")
    return Fraction(bare)


def _text(number: Fraction) -> str:
    """A decimal of at most eight places, as the data files write it."""
    return f"{float(number):.8f}".rstrip("0").rstrip(".")


def _decimal(number: Fraction) -> str:
    return _text(number).replace(".", ",")


def _group(typed: str) -> tuple[str, str]:
    found = re.fullmatch(r"\s*(?:nhóm)?\s*([1-9])\s*:\s*(.+)", typed, re.IGNORECASE)
    if found is None:
        raise ValueError(f"“{typed.strip()}”: hãy nhập như “nhóm 3: 10 %”, các nhóm cách nhau bằng dấu chấm phẩy.")
    return found[1], _part(found[2].strip())


def _row(declared: Declared, line: str, number: int) -> dict[str, Any]:
    columns, cells = declared["columns"], [cell.strip() for cell in re.split(r"[;\t]", line)]
    if len(cells) != len(columns):
        raise ValueError(f"Dòng {number} có {len(cells)} ô, cần {len(columns)}: {heading(declared)}.")
    made = {}
    for column, cell in zip(columns, cells, strict=True):
        try:
            made[column["key"]] = _cell(column, cell)
        except ValueError as error:
            raise ValueError(f"Dòng {number}, cột {column['label']}: {error}") from error
    return made


def _row_shown(declared: Declared, row: Mapping[str, Any]) -> str:
    return "; ".join(_cell_shown(column, row.get(column["key"])) for column in declared["columns"])


def _cell(column: Mapping[str, Any], typed: str) -> Any:
    kind, options = column["kind"], column.get("options", {})
    words = {word: key for key, word in options.items()}
    if kind == "list":
        return [_option(words, part.strip()) for part in typed.split(",") if part.strip()]
    if kind == "text":
        return _option(words, typed)
    return _SIMPLE[kind][1](typed)


def _option(words: Mapping[str, str], typed: str) -> str:
    if words and typed not in words:
        raise ValueError(f"“{typed}” không có trong danh mục. Hãy chọn: {', '.join(words)}.")
    return words.get(typed, typed)


def _cell_shown(column: Mapping[str, Any], value: Any) -> str:
    options = column.get("options", {})
    if column["kind"] == "list":
        return ", ".join(options.get(part, part) for part in value or ())
    if column["kind"] == "text":
        return str(options.get(value, value or ""))
    return _SIMPLE[column["kind"]][0](value)


def _yes(typed: str) -> bool:
    if typed.lower() not in ("có", "không"):
        raise ValueError("hãy nhập “có” hoặc “không”.")
    return typed.lower() == "có"


_SIMPLE: Mapping[str, tuple[Callable[[Any], str], Callable[[str], Any]]] = {
    "part": (_part_shown, _part),
    "percent": (lambda value: f"{value} %", _percent),
    "whole": (str, _whole),
    "money": (amounts.format_amount, _money),
    "number": (lambda value: _decimal(Fraction(str(value))), _number),
    "yes": (lambda value: "có" if value else "không", _yes),
}
