import type { PolicyBody, TimeFrameBody } from '$lib/api/schema';

/** A window or a freeze as it is edited. */
export interface FrameForm {
  cron: string;
  duration: string;
  timeZone: string;
  reason: string;
}

/** A policy as it is edited: no field is absent, patterns stand one on a line. */
export interface PolicyForm {
  follow: string;
  prereleases: boolean;
  include: string;
  exclude: string;
  minimumAge: string;
  updateKind: string;
  start: string;
  windows: FrameForm[];
  freezes: FrameForm[];
}

/** Where the person sits is where their nights are. */
export const newFrame = (cron: string, duration: string): FrameForm => ({ cron, duration, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC', reason: '' });

export const newPolicy = (): PolicyForm => ({ follow: 'tag', prereleases: false, include: '', exclude: '', minimumAge: '', updateKind: 'major', start: 'at-once', windows: [], freezes: [] });

export const policyFormOf = (policy: PolicyBody): PolicyForm => ({
  follow: policy.follow ?? 'tag',
  prereleases: policy.prereleases ?? false,
  include: (policy.include ?? []).join('\n'),
  exclude: (policy.exclude ?? []).join('\n'),
  minimumAge: policy.minimumAge ?? '',
  updateKind: policy.updateKind ?? 'major',
  start: policy.start ?? 'at-once',
  windows: (policy.windows ?? []).map(frameFormOf),
  freezes: (policy.freezes ?? []).map(frameFormOf),
});

export const policyOf = (form: PolicyForm): PolicyBody => ({
  follow: form.follow.trim(),
  prereleases: form.prereleases,
  include: linesOf(form.include),
  exclude: linesOf(form.exclude),
  minimumAge: form.minimumAge.trim(),
  updateKind: form.updateKind,
  start: form.start,
  windows: form.windows.map(frameOf),
  freezes: form.freezes.map(frameOf),
});

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

const frameFormOf = (frame: TimeFrameBody): FrameForm => ({ cron: frame.cron ?? '', duration: frame.duration ?? '', timeZone: frame.timeZone ?? 'UTC', reason: frame.reason ?? '' });

const frameOf = (frame: FrameForm): TimeFrameBody => ({ cron: frame.cron.trim(), duration: frame.duration.trim(), timeZone: frame.timeZone.trim(), reason: frame.reason.trim() });
