import type { InstanceResponse } from '$lib/api/schema';

export type InstanceAction = 'stop' | 'start' | 'restart';

export type OfferedAction = InstanceAction | 'remove';

const order: readonly OfferedAction[] = ['restart', 'stop', 'start', 'remove'];

/** What the server allows, in the order in which it is shown. */
export const offeredActions = ({ actions }: InstanceResponse): OfferedAction[] => order.filter((action) => actions.includes(action));

const roles: Record<string, string> = { live: 'serves', candidate: 'has to prove itself', kept: 'kept for a way back', retiring: 'finishes its requests' };

/** What a container is there for. One that somebody stopped is live, but does not serve. */
export function roleOfInstance(instance: InstanceResponse): string {
  if (instance.standing === 'live' && !isUp(instance)) return 'is what should serve';
  return roles[instance.standing] ?? instance.standing;
}

/** By the engine's own words, as long as nobody wants it otherwise. */
export const isUp = (instance: InstanceResponse) => /^Up/.test(instance.status) && !instance.wish;

export const instanceHref = (project: string, stage: string, instance: InstanceResponse) =>
  `/projects/${encodeURIComponent(project)}/${encodeURIComponent(stage)}/${encodeURIComponent(instance.id)}`;
