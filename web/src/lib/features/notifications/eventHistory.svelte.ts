import { ask } from '$lib/api/ask';
import { tell } from '$lib/api/refusal';
import type { RecordedEvent } from '$lib/api/schema';
import { feed } from '$lib/live/feed.svelte';

const pageSize = 100;

/** Events, newest first; new ones come in at the top by themselves. One for each page that shows them. */
export class EventHistory {
  list = $state<RecordedEvent[]>();
  hasMore = $state(false);
  problem = $state('');

  #size: number;
  #project: string | undefined;

  constructor(size = pageSize, project?: string) {
    this.#size = size;
    this.#project = project;
  }

  /** @returns the function that ends the following. */
  follow(): () => void {
    void this.#read(0);
    const ends = [
      feed.onEvent((event) => {
        if (this.#project && event.project !== this.#project) return;
        if (this.list && !this.list.some((known) => known.id === event.id)) this.list.unshift(event);
      }),
      feed.onReturn(() => void this.#read(0)),
    ];
    return () => ends.forEach((end) => end());
  }

  more(): Promise<void> {
    return this.#read(this.list?.at(-1)?.id ?? 0);
  }

  async #read(before: number): Promise<void> {
    try {
      const page = await ask('get', '/api/events', { query: { before, project: this.#project, limit: this.#size } });
      this.list = before ? [...(this.list ?? []), ...page] : page;
      this.hasMore = page.length === this.#size;
      this.problem = '';
    } catch (error) {
      this.problem = tell(error);
    }
  }
}
