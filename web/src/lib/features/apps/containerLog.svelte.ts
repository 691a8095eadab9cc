import { addressOf, tellSignedOut } from '$lib/api/ask';
import { tell } from '$lib/api/refusal';
import type { paths } from '$lib/api/schema';
import { readEventStream, type StreamedEvent } from '$lib/live/eventStream';
import type { LogEnd, LoggedLine } from '$lib/live/streamed';

const address = '/api/projects/{id}/stages/{stage}/instances/{iid}/logs' satisfies keyof paths;

/** More would make the page heavy; the engine keeps the rest. */
const mostLines = 2_000;
const firstLines = 200;
const pause = 3_000;

export interface ShownLine extends LoggedLine {
  key: number;
}

/** The end of a container's log, and what it writes from then on. */
export class ContainerLog {
  lines = $state.raw<readonly ShownLine[]>([]);
  /** The container writes no more, or the connection is away. */
  isOver = $state(false);
  problem = $state('');

  readonly #address: string;
  #waiting: ShownLine[] = [];
  #nextKey = 1;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(path: { id: string; stage: string; iid: string }) {
    this.#address = addressOf(address, path, { tail: firstLines });
  }

  /** @returns the function that ends the following. */
  follow(): () => void {
    const stopped = new AbortController();
    void this.#run(stopped.signal);
    return () => stopped.abort();
  }

  async #run(stopped: AbortSignal): Promise<void> {
    while (!stopped.aborted && !this.isOver) {
      await this.#read(stopped);
      if (!stopped.aborted && !this.isOver) await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  async #read(stopped: AbortSignal): Promise<void> {
    try {
      const response = await fetch(this.#address, { signal: stopped });
      if (response.status === 401) return tellSignedOut();
      if (!response.ok || !response.body) {
        const answer = (await response.json().catch(() => null)) as { msg?: string } | null;
        this.problem = answer?.msg ?? 'The log cannot be read at the moment. This page tries again by itself.';
        // What is not there will not be there in a moment either.
        this.isOver = response.status === 404;
        return;
      }
      this.problem = '';
      // Each connection tells the last lines once more.
      this.lines = [];
      this.#waiting = [];
      await readEventStream(response, (event) => this.#take(event));
    } catch (error) {
      if (!stopped.aborted && !(error instanceof TypeError)) this.problem = tell(error);
    }
  }

  #take({ name, data }: StreamedEvent): void {
    if (name === 'end') {
      this.problem = (JSON.parse(data) as LogEnd).problem ?? '';
      this.isOver = true;
      return;
    }
    if (name !== 'line') return;
    this.#waiting.push({ ...(JSON.parse(data) as LoggedLine), key: this.#nextKey++ });
    // A chatty program writes faster than a page can be drawn.
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.lines = [...this.lines, ...this.#waiting].slice(-mostLines);
      this.#waiting = [];
    }, 100);
  }
}
