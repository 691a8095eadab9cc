import { tellSignedOut } from '$lib/api/ask';
import type { RecordedEvent } from '$lib/api/schema';
import { readEventStream, type StreamedEvent } from './eventStream';

/** One line of a deployment's log, as the feed carries it. */
export interface TracedStep {
  id: number;
  at: string;
  state: string;
  text: string;
  deploymentId: string;
  project: string;
  stage: string;
}

/** `away`: the server does not answer at the moment. */
type Connection = 'off' | 'connecting' | 'live' | 'away';

const firstDelay = 500;
const longestDelay = 8_000;
/** The server says a word every 15 seconds; after three of them missed, the connection is dead without having said so. */
const longestSilence = 45_000;

/**
 * The tab's one connection to what happens. Nothing on any page asks again and again: pages listen here, and read anew when the
 * connection has come back after a time away.
 */
class Feed {
  connection = $state<Connection>('off');

  #events = new Set<(event: RecordedEvent) => void>();
  #steps = new Set<(step: TracedStep) => void>();
  #returns = new Set<() => void>();
  #running: AbortController | null = null;
  #lastId = '';
  #wake: (() => void) | null = null;

  /** Each of these gives the function that ends the listening. */
  onEvent(listener: (event: RecordedEvent) => void): () => void {
    return listen(this.#events, listener);
  }

  onStep(listener: (step: TracedStep) => void): () => void {
    return listen(this.#steps, listener);
  }

  /** After a time away: whatever is shown may be old. */
  onReturn(listener: () => void): () => void {
    return listen(this.#returns, listener);
  }

  start(): void {
    if (this.#running) return;
    this.#running = new AbortController();
    void this.#run(this.#running.signal);
  }

  stop(): void {
    this.#running?.abort();
    this.#running = null;
    this.#lastId = '';
    this.connection = 'off';
  }

  async #run(stopped: AbortSignal): Promise<void> {
    const wakeUp = () => this.#wake?.();
    window.addEventListener('online', wakeUp, { signal: stopped });
    this.connection = 'connecting';
    let delay = firstDelay;
    let wasAway = false;
    while (!stopped.aborted) {
      const began = await this.#follow(stopped, wasAway);
      if (stopped.aborted) return;
      wasAway = true;
      this.connection = 'away';
      delay = began ? firstDelay : Math.min(delay * 2, longestDelay);
      await this.#wait(delay * (0.75 + Math.random() / 2));
    }
  }

  /** @returns whether the stream had begun. */
  async #follow(stopped: AbortSignal, wasAway: boolean): Promise<boolean> {
    const cut = new AbortController();
    const end = () => cut.abort();
    stopped.addEventListener('abort', end);
    let silence = setTimeout(end, longestSilence);
    let began = false;
    try {
      const response = await fetch('/api/events/stream?steps=true', { headers: this.#lastId ? { 'Last-Event-ID': this.#lastId } : {}, signal: cut.signal });
      if (response.status === 401) {
        tellSignedOut();
        return false;
      }
      if (!response.ok || !response.body) return false;
      began = true;
      this.connection = 'live';
      if (wasAway) for (const listener of this.#returns) listener();
      const alive = () => {
        clearTimeout(silence);
        silence = setTimeout(end, longestSilence);
      };
      await readEventStream(new Response(response.body.pipeThrough(watching(alive))), (event) => this.#hand(event));
    } catch {
      // Cut off, by whomever: the caller tries again.
    } finally {
      clearTimeout(silence);
      stopped.removeEventListener('abort', end);
    }
    return began;
  }

  #hand({ name, data, id }: StreamedEvent): void {
    if (id) this.#lastId = id;
    if (name === 'step') for (const listener of this.#steps) listener(JSON.parse(data) as TracedStep);
    else for (const listener of this.#events) listener(JSON.parse(data) as RecordedEvent);
  }

  #wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

function listen<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function watching(onBytes: () => void): TransformStream<Uint8Array, Uint8Array> {
  return new TransformStream({
    transform(chunk, controller) {
      onBytes();
      controller.enqueue(chunk);
    },
  });
}

export const feed = new Feed();
