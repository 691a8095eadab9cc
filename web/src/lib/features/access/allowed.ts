import type { Allowing } from '$lib/api/coming';
import { session } from './session.svelte';

/** Whether to offer an action. The server says what is possible now; where it does not, the role has to do. */
export function isAllowed(thing: object | null | undefined, action: string): boolean {
  const { actions } = (thing ?? {}) as Allowing;
  return actions ? actions.includes(action) : session.mayOperate;
}
