import { ask } from '$lib/api/ask';
import { tell } from '$lib/api/refusal';
import type { DeploymentResponse, DeploymentStepResponse } from '$lib/api/schema';
import { feed } from '$lib/live/feed.svelte';
import { isOver } from './states';

/** One deployment with its log, growing as it happens. */
export class FollowedDeployment {
  deployment = $state<DeploymentResponse>();
  steps = $state<DeploymentStepResponse[]>([]);
  problem = $state('');

  readonly #id: string;

  constructor(id: string) {
    this.#id = id;
  }

  /** @returns the function that ends the following. */
  follow(): () => void {
    const ends = [
      feed.onStep((step) => {
        if (step.deploymentId !== this.#id) return;
        this.#add([step]);
        if (!this.deployment) return;
        this.deployment.state = step.state;
        if (isOver(step.state)) void this.read();
      }),
      feed.onReturn(() => void this.read()),
    ];
    // After the listening began: what is logged in between comes twice rather than never.
    void this.read();
    return () => ends.forEach((end) => end());
  }

  async read(): Promise<void> {
    try {
      this.deployment = await ask('get', '/api/deploys/{id}', { path: { id: this.#id } });
      this.#add(this.deployment.steps ?? []);
      this.problem = '';
    } catch (error) {
      this.problem = tell(error);
    }
  }

  #add(more: readonly DeploymentStepResponse[]): void {
    const known = new Set(this.steps.map((step) => step.id));
    const fresh = more.filter((step) => !known.has(step.id));
    if (fresh.length > 0) this.steps = [...this.steps, ...fresh].sort((a, b) => a.id - b.id);
  }
}
