import type { DeploymentResponse, DeploymentStepResponse } from '$lib/api/schema';
import { isOver, stateWords, way } from './states';

export interface Rung {
  state: string;
  name: string;
  meaning: string;
  progress: 'done' | 'now' | 'ahead' | 'end' | 'end bad';
  isEnd: boolean;
  isBad: boolean;
  /** Milliseconds in this state so far, all visits together. */
  took?: number;
}

/** The states that a deployment went through and, while it goes well, those that are still ahead. */
export function laddered(deployment: DeploymentResponse, steps: readonly DeploymentStepResponse[], now: number): Rung[] {
  const visits: { state: string; from: number }[] = [];
  for (const step of steps) {
    if (visits.at(-1)?.state !== step.state) visits.push({ state: step.state, from: Date.parse(step.at) });
  }
  const took = new Map<string, number>();
  visits.forEach(({ state, from }, index) => {
    const until = visits[index + 1]?.from ?? (isOver(state) ? from : now);
    took.set(state, (took.get(state) ?? 0) + Math.max(0, until - from));
  });
  const been = [...took.keys()];
  const current = visits.at(-1)?.state ?? deployment.state;
  const goesWell = way.includes(current as (typeof way)[number]);
  const ahead = goesWell ? way.slice(way.indexOf(current as (typeof way)[number]) + 1) : [];
  return [...been, ...ahead].map((state) => {
    const { name, meaning } = stateWords(state);
    const isEnd = isOver(state) && been.includes(state);
    const isBad = isEnd && ['rolled-back', 'failed'].includes(state);
    const progress = isEnd ? (state === 'succeeded' ? 'end' : 'end bad') : !been.includes(state) ? 'ahead' : state === current ? 'now' : 'done';
    return { state, name, meaning, progress, isEnd, isBad, took: isOver(state) ? undefined : took.get(state) };
  });
}
