import type { DeploymentResponse } from '$lib/api/schema';

/** Who or what asked for it, in a word or two. */
export function requester({ trigger, requestedBy, rollbackOf }: DeploymentResponse): string {
  if (rollbackOf) return `rollback, ${requestedBy}`;
  return trigger === 'manual' ? requestedBy : trigger;
}
