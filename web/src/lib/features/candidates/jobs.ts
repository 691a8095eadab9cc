import type { JobResponse, JobRunResponse } from '$lib/api/schema';
import type { Standing } from '$lib/parts/StatusMark.svelte';
import { exactly } from '$lib/parts/time';

const standings: Record<string, Standing> = { ok: 'steady', problems: 'attention', failed: 'failed', 'cut-off': 'attention' };
const words: Record<string, string> = { ok: 'Went well', problems: 'Went, with trouble', failed: 'Failed', 'cut-off': 'Was cut off' };

export const standingOfRun = (run: JobRunResponse): Standing => (run.result ? (standings[run.result] ?? 'none') : 'moving');
export const wordsOfRun = (run: JobRunResponse): string => (run.result ? (words[run.result] ?? run.result) : 'Under way');

/** When a job is done, as a person says it. */
export function timing(job: JobResponse): string {
  if (job.cron) return `cron ${job.cron} (${job.timeZone})`;
  if (job.every) return `every ${job.every}`;
  return 'as often as the settings say';
}

/** By the clocks of the job's zone, and by the reader's own where they differ. */
export function nextRun(job: JobResponse): { text: string; here: string } | null {
  if (!job.nextRunAt) return null;
  const here = exactly(job.nextRunAt);
  if (!job.cron || !job.nextRunLocal) return { text: here, here };
  return { text: `${job.nextRunLocal.slice(0, 16).replace('T', ' ')} ${job.timeZone}`, here };
}

export const meaning: Record<string, string> = {
  scan: 'Looks into the registries and has what it sees decided.',
  update: 'Lets go what waits for an update job.',
};
