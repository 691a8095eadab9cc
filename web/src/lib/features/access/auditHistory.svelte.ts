import { ask } from '$lib/api/ask';
import { tell } from '$lib/api/refusal';
import type { AuditEntry } from '$lib/api/schema';
import { feed } from '$lib/live/feed.svelte';

const pageSize = 100;

export interface AuditFilter {
  project?: string;
  user?: string;
  action?: string;
  /** In the name of what was changed. */
  text?: string;
}

/** Who changed what, newest first; what is new comes in at the top by itself. */
export class AuditHistory {
  list = $state.raw<readonly AuditEntry[]>();
  hasMore = $state(false);
  problem = $state('');

  readonly #filter: AuditFilter;

  constructor(filter: AuditFilter) {
    this.#filter = filter;
  }

  /** @returns the function that ends the following. */
  follow(): () => void {
    void this.#read();
    // A change is an event as well, nearly always: there is no stream of this trail itself.
    const ends = [feed.onEvent(() => void this.#readNewest()), feed.onReturn(() => void this.#read())];
    return () => ends.forEach((end) => end());
  }

  more(): Promise<void> {
    return this.#read(this.list?.at(-1)?.id);
  }

  async #read(before?: number): Promise<void> {
    try {
      const page = await this.#page(before);
      this.list = before ? [...(this.list ?? []), ...page] : page;
      this.hasMore = page.length === pageSize;
      this.problem = '';
    } catch (error) {
      this.problem = tell(error);
    }
  }

  async #readNewest(): Promise<void> {
    const known = new Set(this.list?.map((entry) => entry.id));
    const page = await this.#page().catch(() => []);
    const fresh = page.filter((entry) => !known.has(entry.id));
    if (fresh.length > 0) this.list = [...fresh, ...(this.list ?? [])];
  }

  #page(before?: number): Promise<AuditEntry[]> {
    return ask('get', '/api/audit', { query: { ...this.#filter, before, limit: pageSize } });
  }
}
