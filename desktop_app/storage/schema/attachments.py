"""Tables of files: the records that name them, and their contents in pieces, which no journal holds.

`pieces` is of this PC's book alone; a piece has up to 256 KiB, all but the last of a content have exactly that.
`carried` names the contents that the server said it holds.
"""

ATTACHMENTS = """\
CREATE TABLE attachments (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "owner_entity" TEXT NOT NULL DEFAULT '',
  "owner" TEXT NOT NULL DEFAULT '',
  "name" TEXT NOT NULL DEFAULT '',
  "mime" TEXT NOT NULL DEFAULT '',
  "size" INTEGER NOT NULL DEFAULT 0,
  "sha256" TEXT NOT NULL DEFAULT '',
  "note" TEXT NOT NULL DEFAULT ''
);
CREATE TABLE pieces (sha256 TEXT NOT NULL, no INTEGER NOT NULL, piece BLOB NOT NULL, UNIQUE (sha256, no));
CREATE TABLE carried (sha256 TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE INDEX attachments_owner ON attachments (owner);
CREATE INDEX attachments_content ON attachments (sha256);
"""
