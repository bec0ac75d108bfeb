-- How a customer is brought on board. {id} is a key that counts up by itself, {instant} holds UTC seconds and {small}
-- a small whole number, in the words of each database.

ALTER TABLE "onboarding" ADD COLUMN "state" TEXT NOT NULL DEFAULT 'running';
ALTER TABLE "onboarding" ADD COLUMN "plan" TEXT NOT NULL DEFAULT 'start';
ALTER TABLE "onboarding" ADD COLUMN "template" TEXT NOT NULL DEFAULT '';
ALTER TABLE "onboarding" ADD COLUMN "health" TEXT NOT NULL DEFAULT '';
ALTER TABLE "onboarding" ADD COLUMN "health_reason" TEXT NOT NULL DEFAULT '';
ALTER TABLE "onboarding" ADD COLUMN "health_until" TEXT;
ALTER TABLE "onboarding" ADD COLUMN "ended_at" {instant};
ALTER TABLE "onboarding" ADD COLUMN "outcome" TEXT NOT NULL DEFAULT '';

ALTER TABLE "onboarding_item" ADD COLUMN "part" TEXT NOT NULL DEFAULT 'topic';
ALTER TABLE "onboarding_item" ADD COLUMN "key" TEXT NOT NULL DEFAULT '';
ALTER TABLE "onboarding_item" ADD COLUMN "position" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "onboarding_item" ADD COLUMN "done_means" TEXT NOT NULL DEFAULT '';
ALTER TABLE "onboarding_item" ADD COLUMN "anchor" TEXT NOT NULL DEFAULT 'start';
ALTER TABLE "onboarding_item" ADD COLUMN "offset_days" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "onboarding_item" ADD COLUMN "days" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "onboarding_item" ADD COLUMN "pinned" {small} NOT NULL DEFAULT 0;
ALTER TABLE "onboarding_item" ADD COLUMN "starts_on" TEXT;
ALTER TABLE "onboarding_item" ADD COLUMN "person_id" INTEGER REFERENCES "person" ("id");
ALTER TABLE "onboarding_item" ADD COLUMN "blocked_by" TEXT NOT NULL DEFAULT '';
ALTER TABLE "onboarding_item" ADD COLUMN "reason" TEXT NOT NULL DEFAULT '';
ALTER TABLE "onboarding_item" ADD COLUMN "ended_at" {instant};

CREATE TABLE "onboarding_phase" (
    "id" {id},
    "version" INTEGER NOT NULL DEFAULT 1,
    "onboarding_id" INTEGER NOT NULL REFERENCES "onboarding" ("id"),
    "phase" TEXT NOT NULL,
    "starts_on" TEXT NOT NULL,
    "ends_on" TEXT NOT NULL,
    "extended_days" INTEGER NOT NULL,
    "ended_on" TEXT,
    "outcome" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "person_id" INTEGER REFERENCES "person" ("id"),
    "at" {instant}
);
CREATE UNIQUE INDEX "onboarding_phase_onboarding_id_phase" ON "onboarding_phase" ("onboarding_id", "phase");

CREATE TABLE "item_need" (
    "id" {id},
    "item_id" INTEGER NOT NULL REFERENCES "onboarding_item" ("id"),
    "needed_id" INTEGER NOT NULL REFERENCES "onboarding_item" ("id")
);
CREATE INDEX "item_need_needed_id" ON "item_need" ("needed_id");
CREATE UNIQUE INDEX "item_need_item_id_needed_id" ON "item_need" ("item_id", "needed_id");

CREATE TABLE "criterion" (
    "id" {id},
    "version" INTEGER NOT NULL DEFAULT 1,
    "onboarding_id" INTEGER NOT NULL REFERENCES "onboarding" ("id"),
    "position" INTEGER NOT NULL,
    "what" TEXT NOT NULL,
    "measure" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "found" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "agreed_at" {instant}
);
CREATE INDEX "criterion_onboarding_id" ON "criterion" ("onboarding_id");

CREATE TABLE "evidence" (
    "id" {id},
    "onboarding_id" INTEGER NOT NULL REFERENCES "onboarding" ("id"),
    "item_id" INTEGER REFERENCES "onboarding_item" ("id"),
    "criterion_id" INTEGER REFERENCES "criterion" ("id"),
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "content_id" INTEGER,
    "internal" {small} NOT NULL,
    "person_id" INTEGER REFERENCES "person" ("id"),
    "at" {instant} NOT NULL
);
CREATE INDEX "evidence_onboarding_id" ON "evidence" ("onboarding_id");

CREATE TABLE "session" (
    "id" {id},
    "version" INTEGER NOT NULL DEFAULT 1,
    "onboarding_id" INTEGER NOT NULL REFERENCES "onboarding" ("id"),
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "at" {instant} NOT NULL,
    "minutes" INTEGER NOT NULL,
    "audience" TEXT NOT NULL,
    "attendance" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "covers" TEXT NOT NULL,
    "note" TEXT NOT NULL
);
CREATE INDEX "session_onboarding_id" ON "session" ("onboarding_id");

CREATE TABLE "scope_request" (
    "id" {id},
    "version" INTEGER NOT NULL DEFAULT 1,
    "onboarding_id" INTEGER NOT NULL REFERENCES "onboarding" ("id"),
    "what" TEXT NOT NULL,
    "asked_by" TEXT NOT NULL,
    "exclusion" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    "person_id" INTEGER REFERENCES "person" ("id"),
    "at" {instant} NOT NULL,
    "ended_at" {instant}
);
CREATE INDEX "scope_request_onboarding_id" ON "scope_request" ("onboarding_id");

CREATE TABLE "gate_passing" (
    "id" {id},
    "onboarding_id" INTEGER NOT NULL REFERENCES "onboarding" ("id"),
    "gate" TEXT NOT NULL,
    "person_id" INTEGER REFERENCES "person" ("id"),
    "at" {instant} NOT NULL,
    "missing" TEXT NOT NULL,
    "reason" TEXT NOT NULL
);
CREATE INDEX "gate_passing_onboarding_id" ON "gate_passing" ("onboarding_id");

CREATE TABLE "sign_off" (
    "id" {id},
    "onboarding_id" INTEGER NOT NULL REFERENCES "onboarding" ("id"),
    "side" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "person_id" INTEGER REFERENCES "person" ("id"),
    "at" {instant} NOT NULL
);
CREATE UNIQUE INDEX "sign_off_onboarding_id_side" ON "sign_off" ("onboarding_id", "side");

CREATE TABLE "risk" (
    "id" {id},
    "version" INTEGER NOT NULL DEFAULT 1,
    "onboarding_id" INTEGER NOT NULL REFERENCES "onboarding" ("id"),
    "what" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "next_step" TEXT NOT NULL,
    "due_on" TEXT,
    "state" TEXT NOT NULL,
    "at" {instant} NOT NULL,
    "ended_at" {instant}
);
CREATE INDEX "risk_onboarding_id" ON "risk" ("onboarding_id");

CREATE TABLE "status_report" (
    "id" {id},
    "onboarding_id" INTEGER NOT NULL REFERENCES "onboarding" ("id"),
    "person_id" INTEGER REFERENCES "person" ("id"),
    "at" {instant} NOT NULL,
    "body" TEXT NOT NULL
);
CREATE INDEX "status_report_onboarding_id" ON "status_report" ("onboarding_id");
