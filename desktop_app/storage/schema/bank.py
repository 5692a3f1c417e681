"""Tables of the papers from outside: e-invoices."""

BANK = """\
CREATE TABLE invoices (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "seller_tax" TEXT NOT NULL DEFAULT '',
  "seller" TEXT NOT NULL DEFAULT '',
  "form" TEXT NOT NULL DEFAULT '',
  "series" TEXT NOT NULL DEFAULT '',
  "number" TEXT NOT NULL DEFAULT '',
  "day" TEXT,
  "buyer_tax" TEXT NOT NULL DEFAULT '',
  "net" INTEGER NOT NULL DEFAULT 0,
  "tax" INTEGER NOT NULL DEFAULT 0,
  "total" INTEGER NOT NULL DEFAULT 0,
  "signature" TEXT NOT NULL DEFAULT '',
  "digest" TEXT NOT NULL DEFAULT '',
  "voucher" TEXT NOT NULL DEFAULT ''
);
CREATE INDEX invoices_seller ON invoices (seller_tax);
CREATE INDEX invoices_voucher ON invoices (voucher);
"""
