"""Tables of the posting lease and of vouchers that came after their month was closed."""

LEASE = """\
CREATE TABLE lease_moves (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "lease" INTEGER NOT NULL DEFAULT 0,
  "giver" TEXT NOT NULL DEFAULT '',
  "to" TEXT NOT NULL DEFAULT ''
);
CREATE TABLE late_entries (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "voucher" TEXT NOT NULL DEFAULT '',
  "booked" TEXT NOT NULL DEFAULT '',
  "what" TEXT NOT NULL DEFAULT ''
);
CREATE INDEX late_entries_voucher ON late_entries (voucher);
CREATE TABLE late_booked (
  voucher TEXT PRIMARY KEY,
  home TEXT NOT NULL,
  booked TEXT NOT NULL,
  what TEXT NOT NULL
) WITHOUT ROWID;
"""
