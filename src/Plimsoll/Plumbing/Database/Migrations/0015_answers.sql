-- What a person is asked about: the number is that of the decision that asked. in_effect: an answer that still counts. Stage, project
-- and their names are kept when they are gone; container: for what is not a stage.
CREATE TABLE pending_decisions (
    id            INTEGER PRIMARY KEY,
    stage_id      INTEGER REFERENCES stages (id) ON DELETE SET NULL,
    project_id    INTEGER REFERENCES projects (id) ON DELETE SET NULL,
    project       TEXT,
    stage         TEXT,
    container     TEXT,
    repository    TEXT NOT NULL,
    tag           TEXT NOT NULL,
    digest        TEXT NOT NULL,
    trigger       TEXT NOT NULL,
    requested_by  TEXT NOT NULL,
    delivery_id   TEXT,
    asked_at      INTEGER NOT NULL,
    opened_at     INTEGER NOT NULL,
    reason_code   TEXT NOT NULL,
    reason        TEXT NOT NULL,
    state         TEXT NOT NULL DEFAULT 'open',
    in_effect     INTEGER NOT NULL DEFAULT 0,
    confirmed     INTEGER NOT NULL DEFAULT 0,
    answered_by   TEXT,
    closed_at     INTEGER,
    closed_reason TEXT,
    note          TEXT,
    verdict       TEXT,
    verdict_code  TEXT,
    deployment_id TEXT
);
CREATE INDEX pending_decisions_by_stage ON pending_decisions (stage_id, state);
CREATE INDEX pending_decisions_by_state ON pending_decisions (state, id);

CREATE TRIGGER stage_with_questions_removed BEFORE DELETE ON stages BEGIN
    UPDATE pending_decisions
    SET state = 'expired', in_effect = 0, closed_at = CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER), closed_reason = 'The stage is gone.'
    WHERE stage_id = old.id AND state = 'open';
    UPDATE pending_decisions SET in_effect = 0 WHERE stage_id = old.id;
END;

-- "Not now": everything of a repository for one stage or one container.
CREATE TABLE snoozes (
    id          INTEGER PRIMARY KEY,
    stage_id    INTEGER REFERENCES stages (id) ON DELETE CASCADE,
    container   TEXT,
    repository  TEXT NOT NULL,
    decision_id INTEGER NOT NULL,
    tag         TEXT NOT NULL,
    digest      TEXT NOT NULL,
    reason      TEXT NOT NULL,
    until       INTEGER NOT NULL,
    said_by     TEXT NOT NULL,
    said_at     INTEGER NOT NULL,
    CHECK ((stage_id IS NULL) <> (container IS NULL))
);
CREATE UNIQUE INDEX snoozes_by_stage ON snoozes (stage_id, repository) WHERE stage_id IS NOT NULL;
CREATE UNIQUE INDEX snoozes_by_container ON snoozes (container, repository) WHERE container IS NOT NULL;

-- "Not this one": a digest, or with whole_tag whatever comes under the tag.
CREATE TABLE skipped_versions (
    id          INTEGER PRIMARY KEY,
    stage_id    INTEGER REFERENCES stages (id) ON DELETE CASCADE,
    container   TEXT,
    repository  TEXT NOT NULL,
    decision_id INTEGER NOT NULL,
    tag         TEXT NOT NULL,
    digest      TEXT NOT NULL,
    whole_tag   INTEGER NOT NULL,
    reason      TEXT NOT NULL,
    said_by     TEXT NOT NULL,
    said_at     INTEGER NOT NULL,
    CHECK ((stage_id IS NULL) <> (container IS NULL))
);
CREATE UNIQUE INDEX skipped_versions_by_stage ON skipped_versions (stage_id, repository, tag, digest) WHERE stage_id IS NOT NULL;
CREATE UNIQUE INDEX skipped_versions_by_container ON skipped_versions (container, repository, tag, digest) WHERE container IS NOT NULL;

-- What people were told that something waits: once for each version and reason.
CREATE TABLE told_decisions (
    stage_id    INTEGER NOT NULL REFERENCES stages (id) ON DELETE CASCADE,
    digest      TEXT NOT NULL,
    reason_code TEXT NOT NULL,
    told_at     INTEGER NOT NULL,
    PRIMARY KEY (stage_id, digest, reason_code)
) WITHOUT ROWID;
