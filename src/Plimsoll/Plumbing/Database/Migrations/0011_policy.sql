-- What has to hold before a stage deploys a new image by itself, as JSON; null: the defaults.
ALTER TABLE stages ADD COLUMN policy TEXT;
DROP TRIGGER stages_changed;
CREATE TRIGGER stages_changed AFTER UPDATE OF name, position, tag_pattern, auto_deploy, max_instances, confirm, promote_from, subdomain, memory_limit, cpu_limit, stop_seconds, policy ON stages BEGIN
    UPDATE projects SET revision = lower(hex(randomblob(8))) WHERE id = new.project_id;
END;

-- When a decision to wait is looked at again; what the image would change, as JSON.
ALTER TABLE decisions ADD COLUMN look_again_at INTEGER;
ALTER TABLE decisions ADD COLUMN changes TEXT;

-- What a deployment changes, for people.
ALTER TABLE deployments ADD COLUMN changes TEXT;

-- Why an instance that should serve does not; null: nothing is known against it.
ALTER TABLE instances ADD COLUMN trouble TEXT;

-- Candidates that a rule asked to wait. One for each tag of a stage, the newest; superseded_by: the tag that came later and waits as well.
CREATE TABLE waiting_candidates (
    stage_id      INTEGER NOT NULL REFERENCES stages (id) ON DELETE CASCADE,
    tag           TEXT NOT NULL,
    repository    TEXT NOT NULL,
    digest        TEXT NOT NULL,
    trigger       TEXT NOT NULL,
    requested_by  TEXT NOT NULL,
    delivery_id   TEXT,
    asked_at      INTEGER NOT NULL,
    reason_code   TEXT NOT NULL,
    reason        TEXT NOT NULL,
    waiting_since INTEGER NOT NULL,
    look_again_at INTEGER,
    superseded_by TEXT,
    PRIMARY KEY (stage_id, tag)
) WITHOUT ROWID;
CREATE INDEX waiting_candidates_by_time ON waiting_candidates (look_again_at) WHERE look_again_at IS NOT NULL;

-- What is known of an image, read once for each digest. facts: JSON; null: not read, and problem says why if it was tried.
CREATE TABLE image_facts (
    repository    TEXT NOT NULL,
    digest        TEXT NOT NULL,
    first_seen_at INTEGER NOT NULL,
    read_at       INTEGER,
    facts         TEXT,
    problem       TEXT,
    PRIMARY KEY (repository, digest)
) WITHOUT ROWID;
CREATE INDEX image_facts_by_age ON image_facts (first_seen_at);
