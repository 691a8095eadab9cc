import type { PendingResponse, ProjectOverview, StageOverview } from '$lib/api/schema';
import type { Standing } from '$lib/parts/StatusMark.svelte';
import { liveInstance, standingOfInstance } from './standing';

/** One thing that a person should look at. */
export interface Concern {
  key: string;
  standing: Standing;
  project: string;
  stage: string;
  /** What is wrong. */
  text: string;
  /** Why, or what goes on meanwhile. */
  detail: string;
  href: string;
  /** What the link leads to. */
  action: string;
}

/** What needs attention, the gravest first. */
export function concernsOf(projects: readonly ProjectOverview[], pending: readonly PendingResponse[]): Concern[] {
  const concerns = projects.flatMap((project) => project.stages.flatMap((stage) => [...ofStage(project, stage)]));
  const waiting = pending.map(asConcern);
  const order: Standing[] = ['failed', 'unknown', 'attention', 'waiting'];
  return [...concerns, ...waiting].sort((a, b) => order.indexOf(a.standing) - order.indexOf(b.standing));
}

function* ofStage(project: ProjectOverview, stage: StageOverview): Generator<Concern> {
  const place = { project: project.name, stage: stage.name };
  const href = `/projects/${encodeURIComponent(project.name)}`;
  const live = liveInstance(stage);
  const container = live && standingOfInstance(live);
  if (live && container && ['failed', 'attention'].includes(container.standing)) {
    yield { ...place, key: `container ${live.id}`, standing: container.standing, text: 'What should be serving is not well.', detail: `${live.container}: ${container.words}`, href, action: 'Look at it' };
  }
  const last = stage.lastDeployment;
  if (last?.isOver && ['failed', 'rolled-back'].includes(last.state)) {
    const serving = stage.live ? `${stage.live} goes on serving.` : 'Nothing is live on this stage.';
    yield {
      ...place,
      key: `deployment ${last.id}`,
      standing: stage.live ? 'attention' : 'failed',
      text: `${last.tag} ${last.state === 'failed' ? 'could not be deployed' : 'was rolled back'}. ${serving}`,
      detail: last.reason ?? '',
      href: `/deployments/${last.id}`,
      action: 'See why',
    };
  }
  if (stage.traffic === 'paused') yield { ...place, key: `paused ${stage.id}`, standing: 'waiting', text: 'Paused: new requests wait.', detail: 'They are refused when their waiting time is over.', href, action: 'Look at it' };
  if (stage.traffic === 'maintenance') yield { ...place, key: `maintenance ${stage.id}`, standing: 'waiting', text: 'In maintenance: visitors are asked to come back later.', detail: '', href, action: 'Look at it' };
}

function asConcern(question: PendingResponse): Concern {
  const tag = question.image.slice(question.image.lastIndexOf(':') + 1);
  return {
    key: `decision ${question.id}`,
    standing: 'waiting',
    project: question.project ?? '',
    stage: question.stage ?? '',
    text: `${tag} waits for your word.`,
    detail: question.reason,
    href: `/decisions/${question.id}`,
    action: 'Decide',
  };
}
