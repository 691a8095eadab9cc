-- What a person wants of an instance, written before it is done: stopping, stopped, starting, restarting, removing. Null: that it serves.
ALTER TABLE instances ADD COLUMN wish TEXT;
-- Why a wish could not be fulfilled.
ALTER TABLE instances ADD COLUMN wish_reason TEXT;

-- 1: on its way out. Its containers go first, then the row.
ALTER TABLE projects ADD COLUMN deleting INTEGER NOT NULL DEFAULT 0;
ALTER TABLE stages ADD COLUMN deleting INTEGER NOT NULL DEFAULT 0;

-- Instances whose project was forgotten while their containers go on running: the sweep leaves them alone.
CREATE TABLE released_instances (
    id             TEXT PRIMARY KEY,
    container_name TEXT NOT NULL,
    project        TEXT NOT NULL,
    stage          TEXT NOT NULL,
    released_at    INTEGER NOT NULL
) WITHOUT ROWID;

-- A new random value with each change of what a person configures, whoever writes it: two people who edit the same thing find out.
ALTER TABLE projects ADD COLUMN revision TEXT NOT NULL DEFAULT '';
ALTER TABLE registries ADD COLUMN revision TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN revision TEXT NOT NULL DEFAULT '';
UPDATE projects SET revision = lower(hex(randomblob(8)));
UPDATE registries SET revision = lower(hex(randomblob(8)));
UPDATE users SET revision = lower(hex(randomblob(8)));

CREATE TRIGGER projects_added AFTER INSERT ON projects BEGIN
    UPDATE projects SET revision = lower(hex(randomblob(8))) WHERE id = new.id;
END;
CREATE TRIGGER projects_changed AFTER UPDATE OF name, registry_id, repository, port, health_path, health, env_sealed ON projects BEGIN
    UPDATE projects SET revision = lower(hex(randomblob(8))) WHERE id = new.id;
END;
-- A project's stages are part of it. Whether the traffic of one is held is not.
CREATE TRIGGER stages_added AFTER INSERT ON stages BEGIN
    UPDATE projects SET revision = lower(hex(randomblob(8))) WHERE id = new.project_id;
END;
CREATE TRIGGER stages_changed AFTER UPDATE OF name, position, tag_pattern, auto_deploy, max_instances, confirm, promote_from, subdomain, memory_limit, cpu_limit, stop_seconds ON stages BEGIN
    UPDATE projects SET revision = lower(hex(randomblob(8))) WHERE id = new.project_id;
END;
CREATE TRIGGER stages_removed AFTER DELETE ON stages BEGIN
    UPDATE projects SET revision = lower(hex(randomblob(8))) WHERE id = old.project_id;
END;

CREATE TRIGGER registries_added AFTER INSERT ON registries BEGIN
    UPDATE registries SET revision = lower(hex(randomblob(8))) WHERE id = new.id;
END;
CREATE TRIGGER registries_changed AFTER UPDATE OF name, host, type, username, token_sealed, insecure ON registries BEGIN
    UPDATE registries SET revision = lower(hex(randomblob(8))) WHERE id = new.id;
END;

CREATE TRIGGER users_added AFTER INSERT ON users BEGIN
    UPDATE users SET revision = lower(hex(randomblob(8))) WHERE id = new.id;
END;
CREATE TRIGGER users_changed AFTER UPDATE OF name, role, disabled, restricted, openid_subject ON users BEGIN
    UPDATE users SET revision = lower(hex(randomblob(8))) WHERE id = new.id;
END;
CREATE TRIGGER user_projects_added AFTER INSERT ON user_projects BEGIN
    UPDATE users SET revision = lower(hex(randomblob(8))) WHERE id = new.user_id;
END;
CREATE TRIGGER user_projects_removed AFTER DELETE ON user_projects BEGIN
    UPDATE users SET revision = lower(hex(randomblob(8))) WHERE id = old.user_id;
END;
