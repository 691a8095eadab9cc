-- Certificates (PEM) of authorities that vouch for this registry, in addition to the system's.
ALTER TABLE registries ADD COLUMN authorities TEXT;
-- Where its token server is, when the registry itself says it wrongly.
ALTER TABLE registries ADD COLUMN realm_host TEXT;
-- How fast it may be asked; null: what its type says.
ALTER TABLE registries ADD COLUMN requests_per_second REAL;
ALTER TABLE registries ADD COLUMN concurrency INTEGER;
-- Only for ecr, and only where the host does not tell it.
ALTER TABLE registries ADD COLUMN aws_region TEXT;

DROP TRIGGER registries_changed;
CREATE TRIGGER registries_changed AFTER UPDATE OF name, host, type, username, token_sealed, insecure, authorities, realm_host, requests_per_second, concurrency, aws_region ON registries BEGIN
    UPDATE registries SET revision = lower(hex(randomblob(8))) WHERE id = new.id;
END;

-- Registries that want to be left alone, by their host: a restart is no reason to ask again.
CREATE TABLE registry_cool_downs (
    host     TEXT PRIMARY KEY,
    until    INTEGER NOT NULL,
    reason   TEXT NOT NULL,
    began_at INTEGER NOT NULL
) WITHOUT ROWID;
