import { session } from '$lib/features/access/session.svelte';
import { isAllowed } from '$lib/features/access/allowed';
import { projects } from '$lib/features/apps/projects.svelte';
import type { ProjectOverview } from '$lib/api/schema';
import type { IconName } from '$lib/parts/Icon.svelte';
import { appearance } from './appearance.svelte';
import { destinations } from './destinations';

/** Something that the palette can do: go somewhere, or run. */
export interface Command {
  name: string;
  kind: string;
  icon: IconName;
  href?: string;
  run?: () => unknown;
}

export function commands(): Command[] {
  const all: Command[] = destinations.map(({ href, name, icon }) => ({ name, kind: 'Page', icon, href }));
  if (session.mayAddProjects) {
    all.push({ name: 'Deploy an image', kind: 'Action', icon: 'deploy', href: '/deploy' }, { name: 'Add a project', kind: 'Action', icon: 'plus', href: '/add-project' });
  }
  for (const project of projects.list ?? []) all.push(...ofProject(project));
  if (session.mayAdminister) {
    all.push(
      { name: 'Webhook address', kind: 'Settings', icon: 'link', href: '/webhooks' },
      { name: 'Tokens', kind: 'Settings', icon: 'key', href: '/settings/tokens' },
      { name: 'Users', kind: 'Settings', icon: 'user', href: '/settings/users' },
      { name: 'Invite a user', kind: 'Action', icon: 'user', href: '/settings/users?invite' },
      { name: 'Who changed what?', kind: 'Page', icon: 'activity', href: '/activity?show=audit' },
    );
  }
  all.push(
    { name: 'Registries', kind: 'Settings', icon: 'settings', href: '/settings/registries' },
    { name: 'What was deployed?', kind: 'Page', icon: 'activity', href: '/activity?show=deployments' },
    { name: 'What happened?', kind: 'Page', icon: 'activity', href: '/activity?show=events' },
    { name: 'Why was nothing deployed?', kind: 'Page', icon: 'activity', href: '/activity?show=decisions' },
    { name: 'My account', kind: 'Settings', icon: 'user', href: '/settings/account' },
    { name: 'Change my password', kind: 'Settings', icon: 'key', href: '/settings/account#password' },
    { name: 'My second factor', kind: 'Settings', icon: 'key', href: '/settings/account#second-factor' },
    { name: 'Where I am signed in', kind: 'Settings', icon: 'user', href: '/settings/account#sessions' },
    { name: 'Appearance: light', kind: 'Action', icon: 'sun', run: () => appearance.choose('light') },
    { name: 'Appearance: dark', kind: 'Action', icon: 'sun', run: () => appearance.choose('dark') },
    { name: 'Appearance: as the system', kind: 'Action', icon: 'sun', run: () => appearance.choose('system') },
    { name: 'Sign out', kind: 'Action', icon: 'user', run: () => session.signOut() },
  );
  return all;
}

/** A project, and what can be done with it now. Each action opens its dialog on the page of the project. */
function ofProject(project: ProjectOverview): Command[] {
  const href = `/projects/${encodeURIComponent(project.name)}`;
  const all: Command[] = [{ name: project.name, kind: 'Project', icon: 'overview', href }];
  if (isAllowed(project, 'change')) {
    all.push({ name: `Change ${project.name}`, kind: 'Action', icon: 'settings', href: `${href}/edit` }, { name: `Add a stage to ${project.name}`, kind: 'Action', icon: 'plus', href: `${href}?add` });
  }
  for (const stage of project.stages) {
    const place = `${project.name}/${stage.name}`;
    const wish = (what: string) => `${href}?${what}=${encodeURIComponent(stage.name)}`;
    if (isAllowed(stage, 'deploy') || isAllowed(stage, 'promote')) all.push({ name: `Deploy to ${place}`, kind: 'Action', icon: 'deploy', href: wish('deploy') });
    if (stage.live && session.mayOperate) all.push({ name: `Roll back ${place}`, kind: 'Action', icon: 'back', href: wish('rollback') });
    if (isAllowed(stage, 'change')) all.push({ name: `Change ${place}`, kind: 'Action', icon: 'settings', href: wish('change') });
    for (const instance of stage.instances) all.push({ name: `Log of ${place} ${instance.tag}`, kind: 'Container', icon: 'activity', href: `${href}/${encodeURIComponent(stage.name)}/${encodeURIComponent(instance.id)}` });
  }
  return all;
}

/** Every word must occur; what begins with it comes first. */
export function matching(all: readonly Command[], wanted: string): Command[] {
  const parts = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  const rank = (command: Command) => (parts[0] && command.name.toLowerCase().startsWith(parts[0]) ? 0 : 1);
  return all.filter((command) => parts.every((part) => `${command.name} ${command.kind}`.toLowerCase().includes(part))).sort((a, b) => rank(a) - rank(b));
}
