-- Who may: more than one user, restricted to projects if need be, with a second factor; sessions that can be told apart; the audit trail.

-- Empty password_hash: nobody can sign in with a password, because an invitation waits or another system signs the user in.
ALTER TABLE users ADD COLUMN disabled INTEGER NOT NULL DEFAULT 0;
-- 1: only the projects of user_projects, which may have become none.
ALTER TABLE users ADD COLUMN restricted INTEGER NOT NULL DEFAULT 0;
-- Issuer and subject of the OpenID Connect provider that signs this user in.
ALTER TABLE users ADD COLUMN openid_subject TEXT;
ALTER TABLE users ADD COLUMN factor_sealed BLOB;
ALTER TABLE users ADD COLUMN factor_enabled INTEGER NOT NULL DEFAULT 0;
-- The newest time step whose code was used: no code counts twice.
ALTER TABLE users ADD COLUMN factor_step INTEGER NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX users_by_openid ON users (openid_subject) WHERE openid_subject IS NOT NULL;

CREATE TABLE user_projects (
    user_id    INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    project_id INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    PRIMARY KEY (user_id, project_id)
) WITHOUT ROWID;
CREATE INDEX user_projects_by_project ON user_projects (project_id);

ALTER TABLE tokens ADD COLUMN restricted INTEGER NOT NULL DEFAULT 0;

CREATE TABLE token_projects (
    token_id   INTEGER NOT NULL REFERENCES tokens (id) ON DELETE CASCADE,
    project_id INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    PRIMARY KEY (token_id, project_id)
) WITHOUT ROWID;
CREATE INDEX token_projects_by_project ON token_projects (project_id);

CREATE TABLE recovery_codes (
    user_id   INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    code_hash TEXT NOT NULL,
    PRIMARY KEY (user_id, code_hash)
) WITHOUT ROWID;

CREATE TABLE invitations (
    user_id    INTEGER PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    code_hash  TEXT NOT NULL UNIQUE,
    expires_at INTEGER NOT NULL
);

-- What a person calls a session by. It opens nothing.
ALTER TABLE sessions ADD COLUMN id TEXT;
UPDATE sessions SET id = lower(hex(randomblob(8)));
ALTER TABLE sessions ADD COLUMN last_seen_at INTEGER;
ALTER TABLE sessions ADD COLUMN address TEXT;
ALTER TABLE sessions ADD COLUMN user_agent TEXT;

CREATE TABLE audit (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    at      INTEGER NOT NULL,
    who     TEXT NOT NULL,
    address TEXT,
    action  TEXT NOT NULL,
    subject TEXT NOT NULL,
    project TEXT,
    before  TEXT,
    after   TEXT
);
CREATE INDEX audit_by_project ON audit (project, id) WHERE project IS NOT NULL;
CREATE INDEX audit_by_who ON audit (who, id);
