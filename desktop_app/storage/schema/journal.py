"""Tables of the journal and of what waits beside it.

`op` and `payload` are kept packed (`storage.packing`); `hash` only at every 64th entry of a device.
"""

JOURNAL = """\
CREATE TABLE about (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE devices (no INTEGER PRIMARY KEY, device TEXT NOT NULL UNIQUE, dseq INTEGER NOT NULL, hash BLOB NOT NULL,
  confirmed INTEGER NOT NULL DEFAULT 0, clock INTEGER NOT NULL DEFAULT 0, own INTEGER NOT NULL DEFAULT 0);
CREATE TABLE journal (
  pos INTEGER PRIMARY KEY,
  device INTEGER NOT NULL REFERENCES devices(no),
  dseq INTEGER NOT NULL,
  entity TEXT NOT NULL,
  record BLOB NOT NULL,
  op BLOB NOT NULL,
  payload BLOB,
  hash BLOB
);
CREATE TABLE adopted (
  no INTEGER PRIMARY KEY,
  device INTEGER NOT NULL REFERENCES devices(no),
  dseq INTEGER NOT NULL,
  op BLOB NOT NULL,
  hash BLOB NOT NULL,
  by_device INTEGER NOT NULL REFERENCES devices(no),
  by_dseq INTEGER NOT NULL
);
CREATE INDEX adopted_by ON adopted (by_device, by_dseq);
CREATE TABLE quarantine (pos INTEGER PRIMARY KEY REFERENCES journal(pos), why TEXT NOT NULL, payload BLOB);
CREATE TABLE overlaps (record BLOB NOT NULL, field TEXT NOT NULL, entity TEXT NOT NULL, PRIMARY KEY (record, field))
  WITHOUT ROWID;
CREATE TABLE arriving (no INTEGER PRIMARY KEY, piece BLOB NOT NULL);
CREATE TABLE unfinished (form TEXT NOT NULL, id TEXT NOT NULL, content TEXT NOT NULL, UNIQUE (form, id));
CREATE UNIQUE INDEX journal_device ON journal (device, dseq);
CREATE INDEX journal_record ON journal (record);
"""
