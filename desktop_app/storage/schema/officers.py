"""Tables of officers: terms, recognition dossiers, posts held, an officer's course."""

OFFICERS = """\
CREATE TABLE terms (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "body" TEXT NOT NULL DEFAULT '',
  "name" TEXT NOT NULL DEFAULT '',
  "since" TEXT,
  "until" TEXT,
  "planned" INTEGER NOT NULL DEFAULT 0,
  "congress" TEXT,
  "first_meeting" TEXT
);
CREATE TABLE dossiers (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "term" TEXT NOT NULL DEFAULT '',
  "sent" TEXT,
  "sent_to" TEXT NOT NULL DEFAULT '',
  "decision" TEXT NOT NULL DEFAULT '',
  "decision_day" TEXT,
  "note" TEXT NOT NULL DEFAULT ''
);
CREATE TABLE dossiers_papers (
  owner TEXT NOT NULL,
  no INTEGER NOT NULL,
  paper TEXT NOT NULL DEFAULT '',
  number TEXT NOT NULL DEFAULT '',
  day TEXT,
  PRIMARY KEY (owner, no)
) WITHOUT ROWID;
CREATE TABLE offices (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "person" TEXT NOT NULL DEFAULT '',
  "title" TEXT NOT NULL DEFAULT '',
  "since" TEXT,
  "until" TEXT,
  "post" TEXT NOT NULL DEFAULT '',
  "unit" TEXT NOT NULL DEFAULT '',
  "term" TEXT NOT NULL DEFAULT '',
  "full_time" INTEGER NOT NULL DEFAULT 0,
  "means" TEXT NOT NULL DEFAULT '',
  "votes" TEXT NOT NULL DEFAULT '',
  "decision" TEXT NOT NULL DEFAULT '',
  "decision_day" TEXT,
  "tasks" TEXT NOT NULL DEFAULT '',
  "ended" TEXT NOT NULL DEFAULT ''
);
CREATE TABLE careers (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "person" TEXT NOT NULL DEFAULT '',
  "kind" TEXT NOT NULL DEFAULT '',
  "since" TEXT NOT NULL DEFAULT '',
  "until" TEXT NOT NULL DEFAULT '',
  "what" TEXT NOT NULL DEFAULT '',
  "place" TEXT NOT NULL DEFAULT '',
  "result" TEXT NOT NULL DEFAULT '',
  "document" TEXT NOT NULL DEFAULT '',
  "document_day" TEXT
);
CREATE INDEX offices_person ON offices (person);
CREATE INDEX careers_person ON careers (person);
"""
