import { SvelteMap } from 'svelte/reactivity';
import { feed } from '$lib/live/feed.svelte';
import type { MeasuredInstance } from '$lib/live/streamed';

/** How many measurements of a container are kept and drawn. */
export const keptMeasurements = 60;

/** What the containers of one project use, as it is measured while somebody looks. */
export class Statistics {
  #series = new SvelteMap<string, readonly MeasuredInstance[]>();

  /** Oldest first; empty as long as nothing was measured. */
  of(instanceId: string): readonly MeasuredInstance[] {
    return this.#series.get(instanceId) ?? [];
  }

  /** @returns the function that ends the following. */
  follow(project: string): () => void {
    return feed.onMeasurement(project, (measured) => {
      this.#series.set(measured.instanceId, [...this.of(measured.instanceId), measured].slice(-keptMeasurements));
    });
  }
}
