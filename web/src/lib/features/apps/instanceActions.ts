import type { Allowing, InstanceAction } from '$lib/api/coming';
import type { InstanceResponse } from '$lib/api/schema';
import { session } from '$lib/features/access/session.svelte';

export type OfferedAction = InstanceAction | 'remove';

const order: readonly OfferedAction[] = ['restart', 'stop', 'start', 'remove'];

/** What to offer for a container: what the server allows, or what its state lets one guess. */
export function offeredActions(instance: InstanceResponse): OfferedAction[] {
  const { actions } = instance as Allowing;
  if (actions) return order.filter((action) => actions.includes(action));
  if (!session.mayOperate || ['missing', 'unknown'].includes(instance.status)) return [];
  const isUp = /^Up/.test(instance.status);
  return order.filter((action) => (action === 'start' ? !isUp : action === 'remove' ? instance.standing === 'kept' : isUp));
}

export const roleOfInstance = (standing: string) =>
  ({ live: 'serves', candidate: 'has to prove itself', kept: 'kept for a way back', retiring: 'finishes its requests' })[standing] ?? standing;

export const instanceHref = (project: string, stage: string, instance: InstanceResponse) =>
  `/projects/${encodeURIComponent(project)}/${encodeURIComponent(stage)}/${encodeURIComponent(instance.id)}`;
