import { ask } from '$lib/api/ask';
import { newestOf } from '$lib/api/newestOf';
import { tell } from '$lib/api/refusal';
import type { DeploymentResponse } from '$lib/api/schema';
import { feed } from '$lib/live/feed.svelte';
import type { TracedStep } from '$lib/live/streamed';
import { isOver } from './states';

export interface DeploymentFilter {
  project?: string;
  /** None: any state. */
  states?: readonly string[];
  text?: string;
}

/** Deployments, newest first, kept true by the live feed. One for each page that shows them. */
export class DeploymentHistory {
  list = $state<DeploymentResponse[]>();
  hasMore = $state(false);
  problem = $state('');

  readonly #size: number;
  readonly #filter: DeploymentFilter;
  #reading = new Set<string>();
  /** Read, and without the text: how it ends may yet have it. */
  #others = new Set<string>();

  constructor(size: number, filter: DeploymentFilter = {}) {
    this.#size = size;
    this.#filter = filter;
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
    const { project, states, text } = this.#filter;
    const page = (state?: string) => ask('get', '/api/deploys', { query: { project, state, text, before, limit: this.#size } });
    try {
      const found = await newestOf(states?.length ? states.map(page) : [page()], byAge, this.#size);
      const known = new Set(before && this.list?.map(({ id }) => id));
      this.list = before ? [...(this.list ?? []), ...found.filter(({ id }) => !known.has(id))] : found;
      this.hasMore = found.length === this.#size;
      this.problem = '';
    } catch (error) {
      this.problem = tell(error);
    }
  }

  #take({ deploymentId: id, project, state }: TracedStep): void {
    if (!this.list || (this.#filter.project && project !== this.#filter.project)) return;
    if (!this.#fitsState(state)) return this.#drop(id);
    const known = this.list.find((deployment) => deployment.id === id);
    if (known) known.state = state;
    // A new one, a first start or an end: there is more to know than the state.
    if (isOver(state) || (known ? !known.startedAt : !this.#others.has(id))) void this.#readOne(id);
  }

  async #readOne(id: string): Promise<void> {
    if (this.#reading.has(id)) return;
    this.#reading.add(id);
    const fresh = await ask('get', '/api/deploys/{id}', { path: { id } }).catch(() => undefined);
    this.#reading.delete(id);
    if (!fresh || !this.list) return;
    if (!this.#fitsText(fresh)) this.#others.add(id);
    if (this.#fitsState(fresh.state) && this.#fitsText(fresh)) this.#put(fresh);
    else this.#drop(id);
  }

  #put(fresh: DeploymentResponse): void {
    const list = this.list!;
    const place = list.findIndex(({ id }) => id === fresh.id);
    if (place >= 0) {
      list[place] = fresh;
      return;
    }
    const next = list.findIndex((other) => byAge(fresh, other) <= 0);
    if (next >= 0) list.splice(next, 0, fresh);
    // Behind the last one that is here, it comes with the next page.
    else if (!this.hasMore) list.push(fresh);
  }

  #drop(id: string): void {
    const place = this.list!.findIndex((deployment) => deployment.id === id);
    if (place >= 0) this.list!.splice(place, 1);
  }

  #fitsState(state: string): boolean {
    return !this.#filter.states?.length || this.#filter.states.includes(state);
  }

  /** As the server finds. */
  #fitsText({ id, image, tag, requestedBy, reason }: DeploymentResponse): boolean {
    return `${id} ${image}:${tag} ${requestedBy} ${reason ?? ''}`.toLowerCase().includes((this.#filter.text ?? '').toLowerCase());
  }
}

const byAge = (a: DeploymentResponse, b: DeploymentResponse) => Date.parse(b.queuedAt) - Date.parse(a.queuedAt);
