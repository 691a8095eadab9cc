-- The container a decision was about; null: it was about a stage.
ALTER TABLE decisions ADD COLUMN container TEXT;
CREATE INDEX decisions_by_container ON decisions (container, id) WHERE container IS NOT NULL;

-- What was found out about each container of the engine that no stage of ours decides about. rules: JSON; tag: the one that is offered.
CREATE TABLE container_findings (
    name           TEXT PRIMARY KEY,
    container_id   TEXT NOT NULL,
    image          TEXT NOT NULL,
    image_id       TEXT NOT NULL,
    tag            TEXT,
    current_digest TEXT,
    remote_digest  TEXT,
    status         TEXT NOT NULL,
    reason_code    TEXT NOT NULL,
    reason         TEXT NOT NULL,
    rules          TEXT NOT NULL,
    checked_at     INTEGER NOT NULL,
    look_again_at  INTEGER
) WITHOUT ROWID;

-- Which images were told of for which container: each once.
CREATE TABLE container_notices (
    name   TEXT NOT NULL REFERENCES container_findings (name) ON DELETE CASCADE,
    digest TEXT NOT NULL,
    PRIMARY KEY (name, digest)
) WITHOUT ROWID;
