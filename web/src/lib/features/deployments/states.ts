import type { Standing } from '$lib/parts/StatusMark.svelte';

/** The way of a deployment that goes well, in order. docs/deployment-states.md tells more of each. */
export const way = ['queued', 'pulling', 'starting', 'verifying', 'switching', 'draining', 'retiring', 'succeeded'] as const;

interface StateWords {
  standing: Standing;
  /** As a label. */
  name: string;
  /** What is being done, for a person. */
  meaning: string;
}

const words: Record<string, StateWords> = {
  queued: { standing: 'waiting', name: 'Queued', meaning: 'Waits for its turn on the stage' },
  pulling: { standing: 'moving', name: 'Pulling', meaning: 'The image is being brought here' },
  starting: { standing: 'moving', name: 'Starting', meaning: 'The new container starts beside the one that serves' },
  verifying: { standing: 'moving', name: 'Verifying', meaning: 'The new container has to prove that it is well' },
  switching: { standing: 'moving', name: 'Switching', meaning: 'Visitors are moved to the new container, which is watched for a while' },
  draining: { standing: 'moving', name: 'Draining', meaning: 'Requests on the old container may finish' },
  retiring: { standing: 'moving', name: 'Retiring', meaning: 'Old containers are stopped and removed' },
  'rolling-back': { standing: 'attention', name: 'Rolling back', meaning: 'The new container is removed; what served goes on serving' },
  succeeded: { standing: 'steady', name: 'Live', meaning: 'It went live' },
  'rolled-back': { standing: 'failed', name: 'Rolled back', meaning: 'It was bad and is gone; its digest is blocked' },
  failed: { standing: 'failed', name: 'Failed', meaning: 'It could not be tried' },
  superseded: { standing: 'none', name: 'Superseded', meaning: 'A newer one took its place before it began' },
  cancelled: { standing: 'none', name: 'Cancelled', meaning: 'A person stopped it' },
};

export function stateWords(state: string): StateWords {
  return words[state] ?? { standing: 'unknown', name: state, meaning: '' };
}

const over = new Set(['succeeded', 'rolled-back', 'failed', 'superseded', 'cancelled']);

export const isOver = (state: string) => over.has(state);

/** From the switch on there is only forward: going back then means rolling back to an earlier deployment. */
export const mayBeCancelled = (state: string) => !isOver(state) && !['draining', 'retiring', 'rolling-back'].includes(state);

/** While these last, the new container is there and writes to its log. */
export const hasContainer = (state: string) => ['verifying', 'switching', 'draining', 'retiring'].includes(state);
