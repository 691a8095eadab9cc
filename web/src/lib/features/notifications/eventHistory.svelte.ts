import { ask } from '$lib/api/ask';
import { newestOf } from '$lib/api/newestOf';
import { tell } from '$lib/api/refusal';
import type { RecordedEvent } from '$lib/api/schema';
import { feed } from '$lib/live/feed.svelte';

export interface EventFilter {
  project?: string;
  /** None: every kind. */
  kinds?: readonly string[];
  text?: string;
}

/** Events, newest first; new ones come in at the top by themselves. One for each page that shows them. */
export class EventHistory {
  list = $state<RecordedEvent[]>();
  hasMore = $state(false);
  problem = $state('');

  readonly #size: number;
  readonly #filter: EventFilter;

  constructor(size: number, filter: EventFilter = {}) {
    this.#size = size;
    this.#filter = filter;
  }

  /** @returns the function that ends the following. */
  follow(): () => void {
    void this.#read(0);
    const ends = [
      feed.onEvent((event) => {
        if (this.list && this.#fits(event) && !this.list.some((known) => known.id === event.id)) this.list.unshift(event);
      }),
      feed.onReturn(() => void this.#read(0)),
    ];
    return () => ends.forEach((end) => end());
  }

  more(): Promise<void> {
    return this.#read(this.list?.at(-1)?.id ?? 0);
  }

  async #read(before: number): Promise<void> {
    const { project, kinds, text } = this.#filter;
    const page = (kind?: string) => ask('get', '/api/events', { query: { before, project, kind, text, limit: this.#size } });
    try {
      const found = await newestOf(kinds?.length ? kinds.map(page) : [page()], (a, b) => b.id - a.id, this.#size);
      this.list = before ? [...(this.list ?? []), ...found] : found;
      this.hasMore = found.length === this.#size;
      this.problem = '';
    } catch (error) {
      this.problem = tell(error);
    }
  }

  /** As the server finds. */
  #fits({ project, kind, text }: RecordedEvent): boolean {
    const wanted = this.#filter;
    return (!wanted.project || project === wanted.project) && (!wanted.kinds?.length || wanted.kinds.includes(kind)) && text.toLowerCase().includes((wanted.text ?? '').toLowerCase());
  }
}
