import { ask } from '$lib/api/ask';
import { tell } from '$lib/api/refusal';
import type { DeploymentResponse } from '$lib/api/schema';
import { feed } from '$lib/live/feed.svelte';
import type { TracedStep } from '$lib/live/streamed';
import { isOver } from './states';

/** Deployments, newest first, kept true by the live feed. One for each page that shows them. */
export class DeploymentHistory {
  list = $state<DeploymentResponse[]>();
  hasMore = $state(false);
  problem = $state('');

  #size: number;
  #project: string | undefined;
  #reading = new Set<string>();

  constructor(size: number, project?: string) {
    this.#size = size;
    this.#project = project;
  }

  /** @returns the function that ends the following. */
  follow(): () => void {
    void this.#read();
    const ends = [feed.onReturn(() => void this.#read()), feed.onStep((step) => this.#take(step))];
    return () => ends.forEach((end) => end());
  }

  async more(): Promise<void> {
    await this.#read(this.list?.at(-1)?.id);
  }

  async #read(before?: string): Promise<void> {
    try {
      const page = await ask('get', '/api/deploys', { query: { project: this.#project, before, limit: this.#size } });
      this.list = before ? [...(this.list ?? []), ...page] : page;
      this.hasMore = page.length === this.#size;
      this.problem = '';
    } catch (error) {
      this.problem = tell(error);
    }
  }

  #take(step: TracedStep): void {
    if (!this.list || (this.#project && step.project !== this.#project)) return;
    const known = this.list.find((deployment) => deployment.id === step.deploymentId);
    if (known) known.state = step.state;
    // A new one, a first start or an end: there is more to know than the state.
    if (!known || isOver(step.state) || !known.startedAt) void this.#readOne(step.deploymentId);
  }

  async #readOne(id: string): Promise<void> {
    if (this.#reading.has(id)) return;
    this.#reading.add(id);
    const fresh = await ask('get', '/api/deploys/{id}', { path: { id } }).catch(() => undefined);
    this.#reading.delete(id);
    if (!fresh || !this.list) return;
    const place = this.list.findIndex((deployment) => deployment.id === id);
    if (place >= 0) this.list[place] = fresh;
    else this.list.unshift(fresh);
  }
}
