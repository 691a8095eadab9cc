import type { Standing } from '$lib/parts/StatusMark.svelte';

const standings: Record<string, Standing> = {
  'deployment-started': 'moving',
  'deployment-succeeded': 'steady',
  'deployment-rolled-back': 'failed',
  'deployment-failed': 'failed',
  'deployment-cancelled': 'none',
  'deployment-superseded': 'none',
  'traffic-returned': 'attention',
  'instance-missing': 'attention',
  'sign-in-failed': 'attention',
  'registry-cool-down-began': 'waiting',
  'registry-cool-down-ended': 'steady',
  'registry-credential-refused': 'attention',
  'decision-waits': 'waiting',
  'decision-approved': 'steady',
  'stage-paused': 'waiting',
  'stage-maintenance': 'waiting',
  'stage-resumed': 'steady',
};

/** Everything else is something that was noted, and no more. */
export const standingOfEvent = (kind: string): Standing => standings[kind] ?? 'none';

export const troubles = Object.keys(standings).filter((kind) => ['failed', 'attention'].includes(standingOfEvent(kind)));
