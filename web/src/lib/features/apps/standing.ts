import type { InstanceResponse, StageOverview } from '$lib/api/schema';
import { stateWords } from '$lib/features/deployments/states';
import type { Standing } from '$lib/parts/StatusMark.svelte';

export interface StandingWords {
  standing: Standing;
  words: string;
}

/** How a container stands, from the engine's own words ("Up 2 hours (healthy)", "Exited (1) 5 minutes ago"). */
export function standingOfInstance({ status, standing }: Pick<InstanceResponse, 'status' | 'standing'>): StandingWords {
  if (status === 'Created' || (status === 'missing' && standing === 'candidate')) return { standing: 'moving', words: 'is being made' };
  if (status === 'unknown') return { standing: 'unknown', words: 'The engine does not answer' };
  if (status === 'missing') return { standing: 'failed', words: 'The container is gone' };
  if (/\(unhealthy\)/.test(status)) return { standing: 'attention', words: status };
  if (/health: starting/.test(status)) return { standing: 'moving', words: status };
  if (/paused/i.test(status)) return { standing: 'waiting', words: status };
  if (/^Up/.test(status)) return { standing: 'steady', words: status };
  return { standing: 'failed', words: status };
}

export const liveInstance = (stage: StageOverview) => stage.instances.find((instance) => instance.standing === 'live');

/** How a stage stands, the most urgent first. */
export function standingOfStage(stage: StageOverview): StandingWords {
  const last = stage.lastDeployment;
  const live = liveInstance(stage);
  const ofLive = live && standingOfInstance(live);
  if (ofLive && ofLive.standing !== 'steady' && ofLive.standing !== 'moving') return ofLive;
  if (last && !last.isOver) return { standing: stateWords(last.state).standing, words: `${stateWords(last.state).name} ${last.tag}` };
  if (stage.traffic === 'paused') return { standing: 'waiting', words: 'Paused: new requests wait' };
  if (stage.traffic === 'maintenance') return { standing: 'waiting', words: 'In maintenance' };
  if (!live) return last && last.state !== 'succeeded' ? { standing: 'failed', words: 'Nothing is live' } : { standing: 'none', words: 'Nothing is deployed' };
  if (last && ['rolled-back', 'failed'].includes(last.state)) return { standing: 'attention', words: `${last.tag} was ${last.state === 'failed' ? 'not deployed' : 'rolled back'}` };
  return ofLive ?? { standing: 'unknown', words: '' };
}

/** Stages in the order in which versions move through them: what is promoted from another stage comes after it. */
export function inOrder<T extends { name: string }>(stages: readonly T[], promoteFrom: (stage: T) => string | null): T[] {
  const depth = (stage: T, seen: readonly string[] = []): number => {
    const source = promoteFrom(stage);
    const before = source && !seen.includes(source) ? stages.find((other) => other.name === source) : undefined;
    return before ? 1 + depth(before, [...seen, stage.name]) : 0;
  };
  const usual = ['dev', 'test', 'rel', 'staging', 'prod'];
  const rank = (stage: T) => (usual.includes(stage.name) ? usual.indexOf(stage.name) : usual.length);
  return [...stages].sort((a, b) => depth(a) - depth(b) || rank(a) - rank(b));
}
