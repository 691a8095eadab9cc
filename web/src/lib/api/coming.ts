import { exchange } from './ask';
import type { InstanceResponse, RegistryResponse } from './schema';

/**
 * Addresses that the description of the API does not have yet, written by hand. Each goes away when `npm run types` brings the
 * generated type: callers then use `ask`.
 */

/** What the caller may do with a thing at this moment; absent: the server does not say. */
export interface Allowing {
  actions?: readonly string[] | null;
}

/** On its way out: its containers go first. */
export interface Going {
  deleting?: boolean;
}

/** What a person wants of a container: `stopping`, `stopped`, `starting`, `restarting`, `removing`; absent or null: that it serves. */
export interface Wished {
  wish?: string | null;
  /** Why it is stopped although somebody wanted it started. */
  wishReason?: string | null;
}

export type InstanceAction = 'stop' | 'start' | 'restart';

interface InstancePath {
  id: string;
  stage: string;
  iid: string;
  [name: string]: string;
}

const instancePath = '/api/projects/{id}/stages/{stage}/instances/{iid}';

export const actOnInstance = (action: InstanceAction, path: InstancePath) => exchange<InstanceResponse>('post', `${instancePath}/${action}`, { path });

export const removeInstance = (path: InstancePath) => exchange<unknown>('delete', instancePath, { path });

/** Server-sent events: `line` after `line`, a {@link LoggedLine} each, then `end` with a {@link LogEnd}. */
export const instanceLogPath = `${instancePath}/logs`;

/** How many containers went with it, and how many go on running on their own. */
export interface Removed {
  removedContainers: number;
  keptContainers: number;
}

const keeping = (keepContainers: boolean) => (keepContainers ? { keepContainers: true } : {});

export const deleteProject = async (id: string, keepContainers: boolean, ifMatch?: string | null) =>
  (await exchange<Removed>('delete', '/api/projects/{id}', { path: { id }, query: keeping(keepContainers), ifMatch })).data;

export const deleteStage = async (id: string, stage: string, keepContainers: boolean, ifMatch?: string | null) =>
  (await exchange<Removed>('delete', '/api/projects/{id}/stages/{stage}', { path: { id, stage }, query: keeping(keepContainers), ifMatch })).data;

export const readRegistry = (id: number) => exchange<RegistryResponse>('get', '/api/registries/{id}', { path: { id } });

/** A value that Plimsoll would choose, and in words where it comes from. */
export interface Proposal {
  /** A port of 0: none. */
  value: string | number | null;
  source: string;
}

export type InspectedField = 'name' | 'port' | 'healthcheck' | 'stage' | 'tagPattern' | 'subdomain' | 'address';

export interface InspectedImage {
  image: string;
  digest: string;
  /** A project that has this image already. */
  project: string | null;
  fields: Partial<Record<InspectedField, Proposal>>;
  /** Names of the variables that the image sets itself. */
  environment: readonly string[];
  labels: Readonly<Record<string, string>>;
}

export const inspectImage = async (image: string, signal?: AbortSignal) =>
  (await exchange<InspectedImage>('post', '/api/deploy/inspect', { body: { image }, signal })).data;

/** A new project with one stage. What is left out is what the inspection proposes. */
export interface QuickDeployment {
  image: string;
  name?: string;
  port?: number;
  /** Empty: none, whatever the image says. */
  healthcheck?: string;
  stage?: string;
  tagPattern?: string;
  subdomain?: string;
  env?: Record<string, string>;
  autoDeploy?: boolean;
}

export const deployQuickly = async (body: QuickDeployment) =>
  (await exchange<{ project: string; stage: string; deployId: string }>('post', '/api/deploy/quick', { body })).data;

/** One measurement of a container, as the feed carries it. */
export interface MeasuredInstance {
  instanceId: string;
  at: string;
  /** Of one processor: two that are busy are 200. */
  cpuPercent: number;
  memoryBytes: number;
  /** 0 or null: no limit. */
  memoryLimitBytes: number | null;
}

/** One line that a container wrote. */
export interface LoggedLine {
  at?: string | null;
  stream?: string;
  text: string;
  /** The line was too long and goes on in the next one. */
  continues?: boolean;
}

/** The end of a container's log; with a problem, it could not be read on. */
export interface LogEnd {
  problem?: string | null;
}
