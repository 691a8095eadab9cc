import type { IconName } from '$lib/parts/Icon.svelte';

/** The pages of the rail and of the palette. A chapter that brings a page of its own adds a line here. */
export const destinations: readonly { href: string; name: string; icon: IconName }[] = [
  { href: '/', name: 'Overview', icon: 'overview' },
  { href: '/containers', name: 'Containers', icon: 'container' },
  { href: '/activity', name: 'Activity', icon: 'activity' },
  { href: '/webhooks', name: 'Webhooks', icon: 'link' },
  { href: '/schedules', name: 'Schedules', icon: 'clock' },
  { href: '/settings', name: 'Settings', icon: 'settings' },
];

export function isAt(href: string, path: string): boolean {
  if (href === '/') return path === '/' || /^\/(projects|deploy|add-project)(\/|$)/.test(path);
  if (href === '/activity') return /^\/(activity|deployments|decisions)(\/|$)/.test(path);
  return path.startsWith(href);
}
