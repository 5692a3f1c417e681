"""Tables of what is kept of a person besides the list."""

PERSON_MORE = """\
CREATE TABLE person_details (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "person" TEXT NOT NULL DEFAULT '',
  "cccd_day" TEXT,
  "cccd_place" TEXT NOT NULL DEFAULT '',
  "home" TEXT NOT NULL DEFAULT '',
  "home_code" TEXT NOT NULL DEFAULT '',
  "address_code" TEXT NOT NULL DEFAULT '',
  "rented" INTEGER NOT NULL DEFAULT 0,
  "title" TEXT NOT NULL DEFAULT '',
  "job_code" TEXT NOT NULL DEFAULT '',
  "covered" INTEGER NOT NULL DEFAULT 0,
  "insurance" TEXT NOT NULL DEFAULT '',
  "schooling" TEXT NOT NULL DEFAULT '',
  "specialty" TEXT NOT NULL DEFAULT '',
  "skill" TEXT NOT NULL DEFAULT '',
  "degree" TEXT NOT NULL DEFAULT '',
  "politics" TEXT NOT NULL DEFAULT '',
  "administration" TEXT NOT NULL DEFAULT '',
  "computing" TEXT NOT NULL DEFAULT '',
  "card_day" TEXT,
  "card_kind" TEXT NOT NULL DEFAULT '',
  "decision" TEXT NOT NULL DEFAULT '',
  "married" TEXT NOT NULL DEFAULT '',
  "emergency" TEXT NOT NULL DEFAULT '',
  "emergency_phone" TEXT NOT NULL DEFAULT ''
);
CREATE TABLE person_details_languages (
  owner TEXT NOT NULL,
  no INTEGER NOT NULL,
  name TEXT NOT NULL DEFAULT '',
  level TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (owner, no)
) WITHOUT ROWID;
CREATE TABLE person_numbers (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "person" TEXT NOT NULL DEFAULT '',
  "kind" TEXT NOT NULL DEFAULT '',
  "value" TEXT NOT NULL DEFAULT '',
  "since" TEXT,
  "until" TEXT,
  "note" TEXT NOT NULL DEFAULT ''
);
CREATE TABLE children (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "person" TEXT NOT NULL DEFAULT '',
  "name" TEXT NOT NULL DEFAULT '',
  "birth" TEXT NOT NULL DEFAULT '',
  "sex" TEXT NOT NULL DEFAULT ''
);
CREATE INDEX person_details_person ON person_details (person);
CREATE INDEX person_numbers_person ON person_numbers (person);
CREATE INDEX children_person ON children (person);
"""
