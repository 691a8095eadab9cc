import { ask, onSignedOut } from '$lib/api/ask';
import type { CallerResponse } from '$lib/api/schema';
import { Refusal } from '$lib/api/refusal';
import { feed } from '$lib/live/feed.svelte';

const ranks = ['viewer', 'operator', 'admin'];

/** Who is signed in. What a role may not do is not offered; whether it may is the server's decision, each time. */
class Session {
  /** Undefined: not known yet. Null: nobody. */
  caller = $state<CallerResponse | null | undefined>(undefined);
  /** The session ended while somebody was at work; the sign-in page says so. */
  wasLost = $state(false);

  mayOperate = $derived(this.#is('operator'));
  /** Whoever is restricted to some projects cannot make others. */
  mayAddProjects = $derived(this.#is('operator') && !this.caller?.projects);
  mayAdminister = $derived(this.#is('admin'));

  constructor() {
    onSignedOut(() => {
      if (this.caller) this.wasLost = true;
      this.#leave();
    });
  }

  async load(): Promise<void> {
    try {
      this.enter(await ask('get', '/api/auth/me'));
    } catch (error) {
      if (!(error instanceof Refusal && error.status === 401)) throw error;
    }
  }

  enter(caller: CallerResponse): void {
    this.caller = caller;
    this.wasLost = false;
    feed.start();
  }

  async signOut(): Promise<void> {
    await ask('post', '/api/auth/logout');
    this.#leave();
  }

  #leave(): void {
    this.caller = null;
    feed.stop();
  }

  #is(role: string): boolean {
    return ranks.indexOf(this.caller?.role ?? '') >= ranks.indexOf(role);
  }
}

export const session = new Session();
