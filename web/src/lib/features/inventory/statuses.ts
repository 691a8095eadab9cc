import type { Standing } from '$lib/parts/StatusMark.svelte';

export const statuses: Record<string, { standing: Standing; name: string }> = {
  UpdateAvailable: { standing: 'attention', name: 'Update available' },
  UpToDate: { standing: 'steady', name: 'Up to date' },
  Skipped: { standing: 'none', name: 'Left alone' },
  Error: { standing: 'failed', name: 'Not known' },
};

export function statusWords(status: string | null): { standing: Standing; name: string } {
  return (status && statuses[status]) || { standing: 'unknown', name: 'Not looked at yet' };
}
