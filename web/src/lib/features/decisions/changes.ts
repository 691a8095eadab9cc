import { memory } from '$lib/parts/size';

interface Change {
  from?: string | null;
  to?: string | null;
}

/** What an image changes against the one that is live; every part may be missing. */
export interface ImageChanges {
  version?: Change | null;
  revision?: Change | null;
  source?: string | null;
  compareLink?: string | null;
  created?: Change | null;
  size?: number | null;
  sizeDifference?: number | null;
  environment?: { name: string; from?: string | null; to?: string | null }[];
  entrypoint?: Change | null;
  command?: Change | null;
  portsAdded?: number[];
  portsRemoved?: number[];
  unknown?: string | null;
}

export interface ChangeLine {
  name: string;
  text: string;
}

export function linesOf(changes: ImageChanges): ChangeLine[] {
  const lines: (ChangeLine | undefined)[] = [
    line('Version', changes.version),
    line('Revision', changes.revision),
    line('Built', changes.created),
    changes.sizeDifference ? { name: 'Size', text: `${changes.sizeDifference > 0 ? '+' : '−'}${memory(Math.abs(changes.sizeDifference))} to pull` } : undefined,
    line('Entrypoint', changes.entrypoint),
    line('Command', changes.command),
    ...(changes.environment ?? []).slice(0, 20).map(({ name, from, to }) => ({ name, text: from == null ? `new: ${to}` : to == null ? `gone; was ${from}` : from === to ? 'another value' : `${from} → ${to}` })),
    ports('Ports added', changes.portsAdded),
    ports('Ports removed', changes.portsRemoved),
  ];
  return lines.filter((found) => found !== undefined);
}

function line(name: string, change: Change | null | undefined): ChangeLine | undefined {
  if (!change || (change.from == null && change.to == null)) return undefined;
  if (change.from === change.to) return { name, text: `${change.to}, as before` };
  return { name, text: change.from == null ? `${change.to}` : change.to == null ? `was ${change.from}` : `${change.from} → ${change.to}` };
}

const ports = (name: string, list: number[] | undefined): ChangeLine | undefined => (list?.length ? { name, text: list.join(', ') } : undefined);
