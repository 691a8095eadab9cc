import type { Allowing, InstanceAction, Wished } from '$lib/api/coming';
import type { InstanceResponse } from '$lib/api/schema';
import { session } from '$lib/features/access/session.svelte';

export type OfferedAction = InstanceAction | 'remove';

const order: readonly OfferedAction[] = ['restart', 'stop', 'start', 'remove'];

/** What to offer for a container: what the server allows, or what its state lets one guess. */
export function offeredActions(instance: InstanceResponse): OfferedAction[] {
  const { actions } = instance as Allowing;
  if (actions) return order.filter((action) => actions.includes(action));
  if (!session.mayOperate || ['missing', 'unknown'].includes(instance.status)) return [];
  return order.filter((action) => (action === 'start' ? !isUp(instance) : action === 'remove' ? instance.standing === 'kept' : isUp(instance)));
}

const roles: Record<string, string> = { live: 'serves', candidate: 'has to prove itself', kept: 'kept for a way back', retiring: 'finishes its requests' };

/** What a container is there for. One that somebody stopped is live, but does not serve. */
export function roleOfInstance(instance: InstanceResponse): string {
  if (instance.standing === 'live' && !isUp(instance)) return 'is what should serve';
  return roles[instance.standing] ?? instance.standing;
}

/** By the engine's own words, as long as nobody wants it otherwise. */
export const isUp = (instance: InstanceResponse) => /^Up/.test(instance.status) && !(instance as Wished).wish;

export const instanceHref = (project: string, stage: string, instance: InstanceResponse) =>
  `/projects/${encodeURIComponent(project)}/${encodeURIComponent(stage)}/${encodeURIComponent(instance.id)}`;
