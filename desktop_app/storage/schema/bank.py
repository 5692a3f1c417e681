"""Tables of the papers from outside: e-invoices, bank statements."""

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
CREATE TABLE bank_statements (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "fund" TEXT NOT NULL DEFAULT '',
  "first" TEXT,
  "last" TEXT,
  "told" INTEGER NOT NULL DEFAULT 0,
  "closing" INTEGER NOT NULL DEFAULT 0,
  "name" TEXT NOT NULL DEFAULT ''
);
CREATE TABLE bank_lines (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "fund" TEXT NOT NULL DEFAULT '',
  "day" TEXT,
  "place" INTEGER NOT NULL DEFAULT 0,
  "amount" INTEGER NOT NULL DEFAULT 0,
  "text" TEXT NOT NULL DEFAULT '',
  "reference" TEXT NOT NULL DEFAULT '',
  "party" TEXT NOT NULL DEFAULT '',
  "told" INTEGER NOT NULL DEFAULT 0,
  "balance" INTEGER NOT NULL DEFAULT 0,
  "aside" TEXT NOT NULL DEFAULT ''
);
CREATE TABLE bank_lines_papers (
  owner TEXT NOT NULL,
  no INTEGER NOT NULL,
  voucher TEXT NOT NULL DEFAULT '',
  amount INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, no)
) WITHOUT ROWID;
CREATE TABLE bank_rules (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "words" TEXT NOT NULL DEFAULT '',
  "side" TEXT NOT NULL DEFAULT '',
  "item" TEXT NOT NULL DEFAULT '',
  "text" TEXT NOT NULL DEFAULT ''
);
CREATE INDEX invoices_seller ON invoices (seller_tax);
CREATE INDEX invoices_voucher ON invoices (voucher);
CREATE INDEX bank_lines_day ON bank_lines (fund, day, place);
CREATE INDEX bank_lines_papers_voucher ON bank_lines_papers (voucher);
"""
