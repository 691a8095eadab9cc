/** What the trail calls what was done, by what it was done to. */
export const auditActions: readonly { group: string; actions: readonly string[] }[] = [
  { group: 'Projects and stages', actions: ['project-added', 'project-changed', 'project-deleted', 'stage-added', 'stage-changed', 'stage-deleted', 'stage-paused', 'stage-resumed', 'stage-maintenance'] },
  { group: 'Deployments', actions: ['deployment-asked-for', 'rollback-asked-for', 'deployment-cancelled', 'digest-unblocked'] },
  { group: 'Questions and answers', actions: ['decision-approved', 'decision-declined', 'decision-snoozed', 'snooze-ended', 'version-skipped', 'skip-ended'] },
  { group: 'Containers', actions: ['instance-stop', 'instance-start', 'instance-restart', 'instance-remove'] },
  { group: 'Settings and registries', actions: ['settings-changed', 'webhook-url-changed', 'config-imported', 'registry-added', 'registry-changed', 'registry-removed'] },
  { group: 'Users and tokens', actions: ['set-up-done', 'user-added', 'user-changed', 'user-removed', 'user-invited', 'invitation-accepted', 'token-made', 'token-removed'] },
  { group: 'Signing in', actions: ['session-ended', 'password-changed', 'second-factor-begun', 'second-factor-on', 'second-factor-off', 'recovery-codes-made', 'recovery-code-used'] },
];
