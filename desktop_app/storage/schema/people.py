"""Tables of workers and members."""

PEOPLE = """\
CREATE TABLE people (
  no INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "name" TEXT NOT NULL DEFAULT '',
  "birth" TEXT NOT NULL DEFAULT '',
  "sex" TEXT NOT NULL DEFAULT '',
  "cccd" TEXT NOT NULL DEFAULT '',
  "card" TEXT NOT NULL DEFAULT '',
  "team" TEXT NOT NULL DEFAULT '',
  "joined" TEXT,
  "left" TEXT,
  "until" TEXT,
  "member" INTEGER NOT NULL DEFAULT 0,
  "note" TEXT NOT NULL DEFAULT '',
  "phone" TEXT NOT NULL DEFAULT '',
  "email" TEXT NOT NULL DEFAULT '',
  "address" TEXT NOT NULL DEFAULT '',
  "workplace" TEXT NOT NULL DEFAULT '',
  "job" TEXT NOT NULL DEFAULT '',
  "contract" TEXT NOT NULL DEFAULT '',
  "hired" TEXT,
  "education" TEXT NOT NULL DEFAULT '',
  "registered" TEXT,
  sort_key TEXT NOT NULL DEFAULT '',
  folded TEXT NOT NULL DEFAULT ''
);
CREATE TABLE movements (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "person" TEXT NOT NULL DEFAULT '',
  "kind" TEXT NOT NULL DEFAULT '',
  "day" TEXT,
  "from_unit" TEXT NOT NULL DEFAULT '',
  "to_unit" TEXT NOT NULL DEFAULT '',
  "document" TEXT NOT NULL DEFAULT '',
  "document_day" TEXT,
  "reason" TEXT NOT NULL DEFAULT '',
  "corrects" TEXT NOT NULL DEFAULT ''
);
CREATE TABLE wages (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "person" TEXT NOT NULL DEFAULT '',
  "from_month" TEXT NOT NULL DEFAULT '',
  "insured" INTEGER NOT NULL DEFAULT 0,
  "net" INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE exemptions (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "person" TEXT NOT NULL DEFAULT '',
  "from_month" TEXT NOT NULL DEFAULT '',
  "to_month" TEXT NOT NULL DEFAULT '',
  "reason" TEXT NOT NULL DEFAULT ''
);
CREATE TABLE data_requests (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "person" TEXT NOT NULL DEFAULT '',
  "day" TEXT,
  "kind" TEXT NOT NULL DEFAULT '',
  "reason" TEXT NOT NULL DEFAULT '',
  "card" TEXT NOT NULL DEFAULT ''
);
CREATE INDEX people_seek ON people (sort_key, no, folded, cccd, card, retired, "left", until, member, sex, team, birth);
CREATE VIRTUAL TABLE people_words USING fts5 (
  folded, content='people', content_rowid='no', tokenize="unicode61 remove_diacritics 0", prefix='1 2 3',
  detail='none', columnsize=0
);
INSERT INTO people_words (people_words, rank) VALUES ('secure-delete', 1);
CREATE INDEX people_cccd ON people (cccd, retired, id) WHERE cccd <> '';
CREATE INDEX people_card ON people (card, retired, id) WHERE card <> '';
CREATE INDEX people_card_seek ON people (card COLLATE NOCASE) WHERE card <> '';
CREATE INDEX movements_person ON movements (person, day);
CREATE INDEX movements_pause ON movements (person, day) WHERE kind = 'TD' AND retired = 0;
CREATE INDEX movements_day ON movements (day);
CREATE INDEX wages_person ON wages (person, from_month);
CREATE INDEX exemptions_person ON exemptions (person);
"""
