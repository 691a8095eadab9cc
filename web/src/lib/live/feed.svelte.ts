import { addressOf, tellSignedOut } from '$lib/api/ask';
import type { RecordedEvent } from '$lib/api/schema';
import { readEventStream, type StreamedEvent } from './eventStream';
import type { MeasuredInstance, TracedStep } from './streamed';

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
  #measurements = new Set<(measured: MeasuredInstance) => void>();
  #returns = new Set<() => void>();
  /** The project whose containers are measured for us. */
  #measured: string | undefined;
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

  /** Has the containers of a project measured for as long as somebody listens. One project at a time: the last one asked for. */
  onMeasurement(project: string, listener: (measured: MeasuredInstance) => void): () => void {
    const end = listen(this.#measurements, listener);
    this.#measure(project);
    return () => {
      end();
      if (this.#measurements.size === 0) this.#measure(undefined);
    };
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

  /** What is asked of the stream is in its address: another one is opened, and the old one closed only then. What comes in between is told twice rather than never. */
  #measure(project: string | undefined): void {
    if (this.#measured === project) return;
    this.#measured = project;
    const old = this.#running;
    if (!old) return;
    this.#running = new AbortController();
    void this.#run(this.#running.signal, () => old.abort());
  }

  stop(): void {
    this.#running?.abort();
    this.#running = null;
    this.#lastId = '';
    this.connection = 'off';
  }

  /** @param onTried Called once: the stream is open, or could not be opened. */
  async #run(stopped: AbortSignal, onTried: () => void = () => {}): Promise<void> {
    const wakeUp = () => this.#wake?.();
    window.addEventListener('online', wakeUp, { signal: stopped });
    if (this.connection === 'off') this.connection = 'connecting';
    let delay = firstDelay;
    let wasAway = false;
    while (!stopped.aborted) {
      const began = await this.#follow(stopped, wasAway, onTried);
      onTried();
      if (stopped.aborted) return;
      wasAway = true;
      this.connection = 'away';
      delay = began ? firstDelay : Math.min(delay * 2, longestDelay);
      await this.#wait(delay * (0.75 + Math.random() / 2));
    }
  }

  /** @returns whether the stream had begun. */
  async #follow(stopped: AbortSignal, wasAway: boolean, onOpen: () => void): Promise<boolean> {
    const cut = new AbortController();
    const end = () => cut.abort();
    stopped.addEventListener('abort', end);
    let silence = setTimeout(end, longestSilence);
    let began = false;
    try {
      const response = await fetch(addressOf('/api/events/stream', {}, { steps: true, statistics: this.#measured }), { headers: this.#lastId ? { 'Last-Event-ID': this.#lastId } : {}, signal: cut.signal });
      if (response.status === 401) {
        tellSignedOut();
        return false;
      }
      if (!response.ok || !response.body) return false;
      began = true;
      onOpen();
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
    else if (name === 'statistics') for (const listener of this.#measurements) listener(JSON.parse(data) as MeasuredInstance);
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
