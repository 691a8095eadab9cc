import type { DecisionResponse } from '$lib/api/schema';
import type { Standing } from '$lib/parts/StatusMark.svelte';

export const verdicts: Record<string, { standing: Standing; name: string }> = {
  deploy: { standing: 'steady', name: 'Deploy' },
  wait: { standing: 'moving', name: 'Wait' },
  ask: { standing: 'waiting', name: 'Ask' },
  skip: { standing: 'none', name: 'Skip' },
};

export const verdictOf = (verdict: string) => verdicts[verdict.toLowerCase()] ?? { standing: 'unknown' as const, name: verdict };

/** What one rule said. The API leaves its form open, as rules come and go. */
export interface RuleFinding {
  rule: string;
  verdict: string;
  reason: string;
  reasonCode?: string;
  wouldChange?: string | null;
  lookAgainAt?: string | null;
}

/** Those that object first, the gravest first of all. */
export function findingsOf(decision: DecisionResponse): RuleFinding[] {
  const order = ['skip', 'ask', 'wait', 'deploy'];
  const findings = (Array.isArray(decision.rules) ? decision.rules : []) as RuleFinding[];
  return findings.toSorted((a, b) => order.indexOf(a.verdict.toLowerCase()) - order.indexOf(b.verdict.toLowerCase()));
}

export const tagOf = (image: string) => image.slice(image.lastIndexOf(':') + 1);
