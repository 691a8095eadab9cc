import type { InstanceResponse, StageOverview } from '$lib/api/schema';
import { stateWords } from '$lib/features/deployments/states';
import type { Standing } from '$lib/parts/StatusMark.svelte';

export interface StandingWords {
  standing: Standing;
  words: string;
}

/** What a person wants of a container comes before what the engine says of it. */
const wishes: Record<string, StandingWords> = {
  stopping: { standing: 'moving', words: 'is being stopped' },
  stopped: { standing: 'waiting', words: 'Stopped by hand' },
  starting: { standing: 'moving', words: 'is being started' },
  restarting: { standing: 'moving', words: 'is being restarted' },
  removing: { standing: 'moving', words: 'is being removed' },
};

/** How a container stands, from the engine's own words ("Up 2 hours (healthy)", "Exited (1) 5 minutes ago"). */
export function standingOfInstance({ status, standing, wish }: Pick<InstanceResponse, 'status' | 'standing' | 'wish'>): StandingWords {
  if (wish && wishes[wish]) return wishes[wish];
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

const usual = ['dev', 'test', 'rel', 'staging', 'prod'];

/** Stages in the order in which versions move through them: what is promoted from another stage comes right after it. */
export function inOrder<T extends { name: string }>(stages: readonly T[], promoteFrom: (stage: T) => string | null): T[] {
  const rank = ({ name }: T) => (usual.includes(name) ? usual.indexOf(name) : usual.length);
  const waiting = new Set([...stages].sort((a, b) => rank(a) - rank(b)));
  const ordered: T[] = [];
  const take = (stage: T) => {
    if (!waiting.delete(stage)) return;
    ordered.push(stage);
    for (const other of [...waiting]) if (promoteFrom(other) === stage.name) take(other);
  };
  const isFirst = (stage: T) => !stages.some((other) => other.name === promoteFrom(stage));
  [...waiting].filter(isFirst).forEach(take);
  // What is left comes back to itself in a circle, which the server does not let anybody write.
  [...waiting].forEach(take);
  return ordered;
}
