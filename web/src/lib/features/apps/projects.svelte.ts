import { ask } from '$lib/api/ask';
import { Refusal, tell } from '$lib/api/refusal';
import type { ProjectOverview } from '$lib/api/schema';
import { feed } from '$lib/live/feed.svelte';
import type { TracedStep } from '$lib/live/streamed';

/** A burst of steps is read once. */
const gathering = 250;

/** All projects with what runs of them, kept true by the live feed: only what something happened to is read again. */
class Projects {
  /** Undefined until they were read for the first time. */
  list = $state<ProjectOverview[]>();
  problem = $state('');

  #isWatching = false;
  #everything = false;
  #stale = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  find(name: string): ProjectOverview | undefined {
    return this.list?.find((project) => project.name === name);
  }

  async load(): Promise<void> {
    this.#watch();
    try {
      this.list = await ask('get', '/api/projects');
      this.problem = '';
    } catch (error) {
      this.problem = tell(error);
    }
  }

  /** After a change of one's own: at once. */
  async refresh(name: string): Promise<void> {
    try {
      const fresh = await ask('get', '/api/projects/{id}', { path: { id: name } });
      const place = this.list?.findIndex((project) => project.id === fresh.id) ?? -1;
      if (this.list && place >= 0) this.list[place] = fresh;
      else this.list?.push(fresh);
    } catch (error) {
      if (error instanceof Refusal && error.status === 404) this.list = this.list?.filter((project) => project.name !== name);
    }
  }

  forget(): void {
    this.list = undefined;
  }

  #watch(): void {
    if (this.#isWatching) return;
    this.#isWatching = true;
    feed.onReturn(() => this.#look());
    feed.onStep((step) => {
      this.#move(step);
      this.#look(step.project);
    });
    feed.onEvent((event) => {
      if (event.project) this.#look(event.project);
      else if (event.kind === 'settings-changed' || event.kind === 'config-imported') this.#look();
    });
  }

  /** The state at once; the rest when it has been read. */
  #move(step: TracedStep): void {
    const last = this.find(step.project)?.stages.find((stage) => stage.name === step.stage)?.lastDeployment;
    if (last?.id === step.deploymentId) last.state = step.state;
  }

  #look(name?: string): void {
    if (name) this.#stale.add(name);
    else this.#everything = true;
    this.#timer ??= setTimeout(() => void this.#readStale(), gathering);
  }

  async #readStale(): Promise<void> {
    const names = [...this.#stale];
    const everything = this.#everything || names.length > 8;
    this.#stale.clear();
    this.#everything = false;
    if (everything) await this.load();
    else await Promise.all(names.map((name) => this.refresh(name)));
    this.#timer = undefined;
    // What became old meanwhile had no timer of its own.
    if (this.#everything || this.#stale.size > 0) this.#look([...this.#stale][0]);
  }
}

export const projects = new Projects();
