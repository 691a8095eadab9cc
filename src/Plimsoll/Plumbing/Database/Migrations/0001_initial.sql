-- Times are Unix milliseconds in UTC. Columns that end in _sealed hold AES-256-GCM ciphertext, never plain text.

CREATE TABLE settings (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE users (
    id            INTEGER PRIMARY KEY,
    name          TEXT NOT NULL UNIQUE COLLATE NOCASE,
    password_hash TEXT NOT NULL,
    role          TEXT NOT NULL,
    created_at    INTEGER NOT NULL
);

CREATE TABLE sessions (
    secret_hash TEXT PRIMARY KEY,
    user_id     INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at  INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE tokens (
    id          INTEGER PRIMARY KEY,
    name        TEXT NOT NULL,
    secret_hash TEXT NOT NULL UNIQUE,
    role        TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    expires_at  INTEGER
);

CREATE TABLE registries (
    id           INTEGER PRIMARY KEY,
    name         TEXT NOT NULL UNIQUE,
    host         TEXT NOT NULL,
    type         TEXT NOT NULL,
    username     TEXT,
    token_sealed BLOB,
    insecure     INTEGER NOT NULL DEFAULT 0,
    created_at   INTEGER NOT NULL
);

CREATE TABLE projects (
    id           INTEGER PRIMARY KEY,
    name         TEXT NOT NULL UNIQUE,
    registry_id  INTEGER REFERENCES registries (id),
    repository   TEXT NOT NULL,
    port         INTEGER NOT NULL DEFAULT 0,
    health_path  TEXT,
    env_sealed   BLOB NOT NULL,
    auto_created INTEGER NOT NULL DEFAULT 0,
    created_at   INTEGER NOT NULL
);
CREATE INDEX projects_by_repository ON projects (repository);

CREATE TABLE stages (
    id            INTEGER PRIMARY KEY,
    project_id    INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    name          TEXT NOT NULL,
    position      INTEGER NOT NULL,
    tag_pattern   TEXT NOT NULL,
    auto_deploy   INTEGER NOT NULL,
    max_instances INTEGER NOT NULL,
    confirm       INTEGER NOT NULL DEFAULT 0,
    promote_from  TEXT,
    subdomain     TEXT,
    UNIQUE (project_id, name)
);

-- What came in from outside and is not decided yet survives a crash here.
CREATE TABLE deliveries (
    id              TEXT PRIMARY KEY,
    received_at     INTEGER NOT NULL,
    image           TEXT NOT NULL,
    sender          TEXT NOT NULL,
    attempts        INTEGER NOT NULL DEFAULT 0,
    next_attempt_at INTEGER,
    decided_at      INTEGER,
    decision        TEXT,
    reason_code     TEXT,
    reason          TEXT,
    deployment_id   TEXT
) WITHOUT ROWID;
CREATE INDEX deliveries_undecided ON deliveries (received_at) WHERE decided_at IS NULL;

-- Tags that a poll has seen, so that the next poll knows which are new.
CREATE TABLE seen_tags (
    repository TEXT NOT NULL,
    tag        TEXT NOT NULL,
    seen_at    INTEGER NOT NULL,
    PRIMARY KEY (repository, tag)
) WITHOUT ROWID;

CREATE TABLE decisions (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    at            INTEGER NOT NULL,
    trigger       TEXT NOT NULL,
    repository    TEXT NOT NULL,
    tag           TEXT NOT NULL,
    digest        TEXT,
    project_id    INTEGER REFERENCES projects (id) ON DELETE SET NULL,
    stage_id      INTEGER REFERENCES stages (id) ON DELETE SET NULL,
    project       TEXT,
    stage         TEXT,
    verdict       TEXT NOT NULL,
    reason_code   TEXT NOT NULL,
    reason        TEXT NOT NULL,
    rules         TEXT NOT NULL,
    delivery_id   TEXT,
    deployment_id TEXT
);
CREATE INDEX decisions_by_stage ON decisions (stage_id, id);
CREATE INDEX decisions_by_repository ON decisions (repository, id);

CREATE TABLE blocked_digests (
    stage_id      INTEGER NOT NULL REFERENCES stages (id) ON DELETE CASCADE,
    digest        TEXT NOT NULL,
    repository    TEXT NOT NULL,
    tag           TEXT NOT NULL,
    reason_code   TEXT NOT NULL,
    reason        TEXT NOT NULL,
    deployment_id TEXT NOT NULL,
    blocked_at    INTEGER NOT NULL,
    PRIMARY KEY (stage_id, digest)
) WITHOUT ROWID;

CREATE TABLE deployments (
    sequence       INTEGER PRIMARY KEY AUTOINCREMENT,
    id             TEXT NOT NULL UNIQUE,
    stage_id       INTEGER NOT NULL REFERENCES stages (id) ON DELETE CASCADE,
    repository     TEXT NOT NULL,
    tag            TEXT NOT NULL,
    digest         TEXT NOT NULL,
    trigger        TEXT NOT NULL,
    requested_by   TEXT NOT NULL,
    state          TEXT NOT NULL,
    version        INTEGER NOT NULL DEFAULT 1,
    starts         INTEGER NOT NULL DEFAULT 0,
    state_deadline INTEGER,
    reason_code    TEXT,
    reason         TEXT,
    queued_at      INTEGER NOT NULL,
    started_at     INTEGER,
    finished_at    INTEGER
);
CREATE INDEX deployments_by_stage ON deployments (stage_id, sequence);
CREATE INDEX deployments_unfinished ON deployments (stage_id) WHERE finished_at IS NULL;

CREATE TABLE deployment_steps (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    deployment_id TEXT NOT NULL REFERENCES deployments (id) ON DELETE CASCADE,
    at            INTEGER NOT NULL,
    state         TEXT NOT NULL,
    text          TEXT NOT NULL
);
CREATE INDEX deployment_steps_by_deployment ON deployment_steps (deployment_id, id);

-- One instance is one container. Its id is the id of the deployment that made it.
CREATE TABLE instances (
    id             TEXT PRIMARY KEY,
    stage_id       INTEGER NOT NULL REFERENCES stages (id) ON DELETE CASCADE,
    container_name TEXT NOT NULL,
    repository     TEXT NOT NULL,
    tag            TEXT NOT NULL,
    digest         TEXT NOT NULL,
    port           INTEGER NOT NULL,
    standing       TEXT NOT NULL,
    created_at     INTEGER NOT NULL,
    sequence       INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX instances_by_stage ON instances (stage_id);

-- What the router serves. This table is the truth about "live".
CREATE TABLE routes (
    host        TEXT PRIMARY KEY,
    stage_id    INTEGER NOT NULL REFERENCES stages (id) ON DELETE CASCADE,
    instance_id TEXT NOT NULL REFERENCES instances (id) ON DELETE CASCADE,
    port        INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    switched_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE events (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    at            INTEGER NOT NULL,
    kind          TEXT NOT NULL,
    project       TEXT,
    stage         TEXT,
    deployment_id TEXT,
    text          TEXT NOT NULL
);
