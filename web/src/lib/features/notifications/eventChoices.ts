import { troubles } from './kinds';

/** The server is asked for each kind of a choice, so none of them should have many. */
export const eventChoices: readonly { name: string; kinds: readonly string[] }[] = [
  { name: 'Everything', kinds: [] },
  { name: 'Trouble only', kinds: troubles },
  { name: 'Deployments', kinds: ['deployment-started', 'deployment-succeeded', 'deployment-rolled-back', 'deployment-failed', 'deployment-cancelled', 'deployment-superseded', 'traffic-returned'] },
  { name: 'Questions and answers', kinds: ['decision-waits', 'decision-approved', 'decision-declined', 'decision-snoozed', 'snooze-ended', 'version-skipped', 'skip-ended'] },
  { name: 'Containers: what was wanted', kinds: ['instance-stopping', 'instance-starting', 'instance-restarting', 'instance-removing'] },
  { name: 'Containers: what happened', kinds: ['instance-started', 'instance-not-started', 'instance-stopped', 'instance-removed', 'instance-missing'] },
  { name: 'Projects and stages', kinds: ['project-added', 'project-changed', 'project-deleting', 'project-deleted', 'stage-changed', 'stage-deleting', 'stage-deleted', 'digest-unblocked'] },
  { name: 'Pauses and maintenance', kinds: ['stage-paused', 'stage-maintenance', 'stage-resumed'] },
  { name: 'Settings and registries', kinds: ['settings-changed', 'webhook-url-changed', 'config-imported', 'registry-added', 'registry-changed', 'registry-removed', 'registry-cool-down-began', 'registry-cool-down-ended', 'registry-credential-refused'] },
  { name: 'Users and tokens', kinds: ['set-up-done', 'user-added', 'user-changed', 'user-removed', 'user-invited', 'invitation-accepted', 'token-made', 'token-removed'] },
  { name: 'Signing in', kinds: ['signed-in', 'sign-in-failed', 'session-ended', 'password-changed', 'second-factor-on', 'second-factor-off', 'recovery-codes-made'] },
];
