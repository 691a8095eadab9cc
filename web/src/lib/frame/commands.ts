import { session } from '$lib/features/access/session.svelte';
import { projects } from '$lib/features/apps/projects.svelte';
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
  for (const project of projects.list ?? []) {
    const href = `/projects/${encodeURIComponent(project.name)}`;
    all.push({ name: project.name, kind: 'Project', icon: 'overview', href });
    if (!session.mayOperate) continue;
    for (const stage of project.stages) {
      all.push({ name: `Deploy to ${project.name}/${stage.name}`, kind: 'Action', icon: 'deploy', href: `${href}?deploy=${encodeURIComponent(stage.name)}` });
    }
  }
  if (session.mayAdminister) {
    all.push(
      { name: 'Registries', kind: 'Settings', icon: 'settings', href: '/settings/registries' },
      { name: 'Webhook address', kind: 'Settings', icon: 'link', href: '/settings/webhook' },
      { name: 'Tokens', kind: 'Settings', icon: 'key', href: '/settings/tokens' },
    );
  }
  all.push(
    { name: 'Why was nothing deployed?', kind: 'Page', icon: 'activity', href: '/activity?show=decisions' },
    { name: 'Change my password', kind: 'Settings', icon: 'user', href: '/settings/account' },
    { name: 'Appearance: light', kind: 'Action', icon: 'sun', run: () => appearance.choose('light') },
    { name: 'Appearance: dark', kind: 'Action', icon: 'sun', run: () => appearance.choose('dark') },
    { name: 'Appearance: as the system', kind: 'Action', icon: 'sun', run: () => appearance.choose('system') },
    { name: 'Sign out', kind: 'Action', icon: 'user', run: () => session.signOut() },
  );
  return all;
}

/** Every word must occur; what begins with it comes first. */
export function matching(all: readonly Command[], wanted: string): Command[] {
  const parts = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  const rank = (command: Command) => (parts[0] && command.name.toLowerCase().startsWith(parts[0]) ? 0 : 1);
  return all.filter((command) => parts.every((part) => `${command.name} ${command.kind}`.toLowerCase().includes(part))).sort((a, b) => rank(a) - rank(b));
}
