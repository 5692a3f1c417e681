"""Tables of templates of vouchers and of how numbers are written."""

VOUCHER_MORE = """\
CREATE TABLE voucher_templates (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "name" TEXT NOT NULL DEFAULT '',
  "content" TEXT NOT NULL DEFAULT '{}'
);
CREATE TABLE numberings (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "pattern" TEXT NOT NULL DEFAULT '',
  "volumes" TEXT NOT NULL DEFAULT '',
  "volume_size" INTEGER NOT NULL DEFAULT 0
);
"""
