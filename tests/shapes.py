"""The documented shape of every command's JSON answer, and a matcher that says where an answer departs from it.

A shape is a type, a tuple of shapes (any of them), `[shape]` (a list of such), `{"key": shape}` (exactly these keys),
`{str: shape}` (any keys), or a compiled pattern for text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

NONE = type(None)
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MONTH = re.compile(r"\d{4}-\d\d")
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
HASH = re.compile(r"[0-9a-f]{64}")

REFUSED_ROW = {"sheet": str, "row": int, "column": str, "value": (str, int, float, NONE), "problem": str}
LINE = {"item": (str, NONE), "fund": str, "in": int, "out": int}
CHECK = {"rule": str, "severity": re.compile("warning|error"), "holds": bool, "left": (int, str), "right": (int, str)}

ANSWERS: dict[str, Any] = {
    "packet export": {"ops": int, "blobs": int, "check_code": re.compile(r"\d{6}")},
    "packet import": {"ops": int, "blobs": int, "check_code": re.compile(r"\d{6}")},
    "init": {"book": str, "device": str, "recovery_code": str},
    "import": {"stored": {str: int}, "refused": [REFUSED_ROW], "ignored_columns": [object], "returned": (str, NONE)},
    "export": {"sheets": {str: int}},
    "members list": {
        "members": [
            {
                "id": ID,
                "name": str,
                "birth": re.compile(r"(\d{4}(-\d\d(-\d\d)?)?)?"),
                "sex": re.compile("(Nam|Nữ)?"),
                "cccd": str,
                "card": str,
                "team": str,
                "joined": (DAY, NONE),
                "member": bool,
                "status": str,
                "wage": int,
            }
        ]
    },
    "members add": {"id": ID},
    "members import": {
        "rows": int,
        "stored": int,
        "merged": int,
        "refused": [REFUSED_ROW],
        "encoding": {str: str},
        "mapping": {str: str},
        "undo": object,
    },
    "voucher add": {"id": ID, "number": (str, NONE), "state": re.compile("nháp")},
    "voucher post": {"id": ID, "number": str, "state": re.compile("đã ghi sổ")},
    "voucher reverse": {"id": ID, "number": str},
    "voucher cancel": {"id": ID, "number": str},
    "voucher list": {
        "vouchers": [
            {
                "id": ID,
                "kind": re.compile("PT|PC|BC|BN|UNC|ĐC"),
                "number": (str, NONE),
                "date": DAY,
                "text": str,
                "party": (str, NONE),
                "lines": [LINE],
                "state": re.compile("nháp|đã ghi sổ|đã đảo|đã hủy"),
                "adjusts": (str, NONE),
            }
        ]
    },
    "dues": {
        "members": int,
        "base": int,
        "due": int,
        "keep": int,
        "up": int,
        "lines": [{"person": object, "base": int, "due": int, "exempt": (str, NONE)}],
    },
    "fee": {
        "base": int,
        "due": int,
        "keep": int,
        "up": int,
        "received": int,
        "deadline": DAY,
        "late_from": DAY,
        "unpaid_from": DAY,
    },
    "close": {"period": MONTH, "state": str},
    "report B07": {
        "form": str,
        "period": str,
        "version": (int, str),
        "cells": {str: int},
        "totals": dict.fromkeys(("cong_thu", "tong_thu", "cong_chi", "tong_chi", "V.a", "V.b", "V.c", "V.d"), int),
        "basics": dict.fromkeys(("workers", "fee_fund", "members", "dues_fund", "full_time"), int),
        "checks": [CHECK],
    },
    "report S11": {
        "opening": int,
        "rows": [{"date": DAY, "number": str, "text": str, "in": int, "out": int, "balance": int}],
        "closing": int,
        "totals": object,
    },
    "report S82": {
        "opening": object,
        "rows": [{"date": DAY, "number": str, "text": str, "cells": {str: int}}],
        "closing": object,
        "totals": object,
    },
    "report S81": {
        "opening": object,
        "rows": [{"person": object, "name": str, "months": [int], "total": int}],
        "closing": object,
        "totals": object,
    },
    "report activity": {
        "form": str,
        "period": str,
        "state": str,
        "cells": {str: object},
        "overridden": {str: str},
        "checks": [object],
    },
    "submit": {"id": ID, "state": str, "hash": HASH},
    "enrol": {"device": str, "server": str},
    "sync": {
        "sent": int,
        "received": int,
        "bytes_up": int,
        "bytes_down": int,
        "round_trips": int,
        "seconds": (int, float),
        "conflicts": int,
        "state": str,
    },
    "status": {
        "union": str,
        "year": int,
        "pending": int,
        "last_sync": (str, NONE),
        "returned": [object],
        "conflicts": int,
        "chain_ok": bool,
    },
    "verify": {"entries": int, "chain_ok": bool, "rows_ok": bool, "first_fault": (str, NONE)},
    "backup": {"file": str, "entries": int, "checked": bool},
    "error": {
        "error": {
            "kind": re.compile("refused|trouble"),
            "problems": [{"field": str, "problem": str}],
            "message": str,
        }
    },
}


def departures(answer: Any, shape: Any, at: str = "") -> Iterator[str]:
    """Where `answer` is not as `shape` says: a path and a word each."""
    if isinstance(shape, tuple):
        if all(list(departures(answer, one, at)) for one in shape):
            yield f"{at}: {answer!r} is none of {shape}"
    elif isinstance(shape, re.Pattern):
        if not isinstance(answer, str) or not shape.fullmatch(answer):
            yield f"{at}: {answer!r} is not {shape.pattern}"
    elif isinstance(shape, list):
        if not isinstance(answer, list):
            yield f"{at}: not a list"
            return
        for place, one in enumerate(answer):
            yield from departures(one, shape[0], f"{at}[{place}]")
    elif isinstance(shape, dict):
        if not isinstance(answer, dict):
            yield f"{at}: not a map"
        elif str in shape:
            for key, one in answer.items():
                yield from departures(one, shape[str], f"{at}.{key}")
        elif answer.keys() != shape.keys():
            yield f"{at}: keys {sorted(answer)} are not {sorted(shape)}"
        else:
            for key, one in answer.items():
                yield from departures(one, shape[key], f"{at}.{key}")
    elif not isinstance(answer, shape) or (shape is int and isinstance(answer, bool)):
        yield f"{at}: {answer!r} is not {getattr(shape, '__name__', shape)}"
