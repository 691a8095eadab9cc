import type { ProjectRequest, ProjectResponse, RegistryResponse } from '$lib/api/schema';
import { environmentOf, rowsOf, type EnvironmentRow } from './environment';

/** A project as it is edited: no field is absent, and a number that was wiped out is null. */
export interface ProjectForm {
  name: string;
  image: string;
  /** Name of the registry; empty: the one of the image's host, if any. */
  registry: string;
  port: number | null;
  healthcheck: string;
  health: HealthForm;
  env: EnvironmentRow[];
}

export interface HealthForm {
  startSeconds: number | null;
  intervalSeconds: number | null;
  timeoutSeconds: number | null;
  successes: number | null;
  status: string;
  deadlineSeconds: number | null;
}

/** What the server takes for fields that are absent. */
const usualHealth: HealthForm = { startSeconds: null, intervalSeconds: null, timeoutSeconds: 5, successes: 1, status: '200-299', deadlineSeconds: null };

export const newProject = (): ProjectForm => ({ name: '', image: '', registry: '', port: null, healthcheck: '', health: { ...usualHealth }, env: [] });

export function projectFormOf(project: ProjectResponse, registries: readonly RegistryResponse[]): ProjectForm {
  const { startSeconds = null, intervalSeconds = null, timeoutSeconds, successes, status, deadlineSeconds = null } = project.health;
  return {
    name: project.name,
    image: project.image,
    registry: registries.find((registry) => registry.id === project.registryId)?.name ?? '',
    port: project.port || null,
    healthcheck: project.healthcheck ?? '',
    health: {
      startSeconds,
      intervalSeconds,
      timeoutSeconds: timeoutSeconds ?? usualHealth.timeoutSeconds,
      successes: successes ?? usualHealth.successes,
      status: status ?? usualHealth.status,
      deadlineSeconds,
    },
    env: rowsOf(project.env),
  };
}

export const projectRequestOf = (form: ProjectForm): ProjectRequest => ({
  name: form.name.trim(),
  image: form.image.trim(),
  registry: form.registry,
  port: form.port ?? 0,
  healthcheck: form.healthcheck.trim(),
  health: { ...form.health, status: form.health.status.trim() || usualHealth.status },
  env: environmentOf(form.env),
});

export const isUsualHealth = (health: HealthForm) => (Object.keys(usualHealth) as (keyof HealthForm)[]).every((name) => health[name] === usualHealth[name]);
