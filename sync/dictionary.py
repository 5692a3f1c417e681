"""What both ends know of every message beforehand, so that a small one is not mostly the names of its keys.

A raw-content dictionary of Zstandard: frames of either kind, with it and without, are read with it. It is part of the
protocol (`PROTOCOL.md` §2 shows its bytes) and never changes within version 1.
"""

from __future__ import annotations

from sync.protocol import canonical

_NOTHING = bytes(32)
_OPS = (
    "fund.save", "voucher.draft", "voucher.post", "voucher.edit", "voucher.cancel", "dues.collect", "members.add",
    "members.edit", "members.leave", "movement", "exemption", "office", "wage", "dues", "budget", "closing",
    "submission", "report", "verdict", "attachment", "person", "voucher", "retire", "erase", "set", "kind", "number",
    "day", "month", "text", "party", "address", "lines", "item", "fund", "amount_in", "amount_out", "posted", "reason",
    "insured", "net", "from_month", "amount", "name", "birth", "sex", "cccd", "card", "team", "joined", "note",
)  # fmt: skip
_RECEIPT = {"device": "", "dseq": 0, "epoch": 1, "hash": _NOTHING, "time": 0, "union": "40-"}
_REPLY = {
    "confirmed": 0, "cursor": [1, 0], "epoch": 1, "ops": [], "receipt": _RECEIPT, "receipt_sig": bytes(64), "time": 0,
    "top": 0, "v": 1,
}  # fmt: skip
_REQUEST = {
    "cursor": [1, 0], "device": "", "first": 1, "head": _NOTHING, "nonce": bytes(16), "ops": [], "prev": _NOTHING,
    "schema": 1, "time": 0, "union": "40-", "v": 1, "want": 32768,
}  # fmt: skip
_QUIET = {**_REPLY, "receipt": None, "receipt_sig": None}

DICTIONARY = b"".join(canonical(part) for part in (*_OPS, _REPLY, _QUIET, _REQUEST))
