import { ask } from '$lib/api/ask';
import type { InspectionResponse, ProposedFields, QuickDeployRequest } from '$lib/api/schema';
import { Submission } from '$lib/api/submission.svelte';
import { environmentOf, rowProblems, type EnvironmentRow } from '$lib/features/apps/environment';

const fields = ['name', 'stage', 'port', 'healthcheck', 'tagPattern', 'subdomain'] as const;

export type QuickField = (typeof fields)[number];

/** An image on its way to its first deployment: looked at, then adjusted, then sent. */
export class QuickDeploy {
  image = $state('');
  found = $state.raw<InspectionResponse>();
  /** The subdomain is empty unless somebody writes one: the proposed one changes with the names. */
  values = $state<Record<QuickField, string>>({ name: '', stage: '', port: '', healthcheck: '', tagPattern: '', subdomain: '' });
  env = $state<EnvironmentRow[]>([]);
  autoDeploy = $state(true);
  rowProblems = $state.raw<Readonly<Record<number, string>>>({});

  readonly inspecting = new Submission();
  readonly sending = new Submission();

  #asked: AbortController | undefined;

  /** As long as nothing was changed that the proposed names are made of. */
  #isNamedAsProposed = $derived(!this.isChanged('name') && !this.isChanged('stage'));

  subdomain = $derived(this.#isNamedAsProposed ? this.#proposed('subdomain') : '');
  address = $derived(this.#isNamedAsProposed && !this.values.subdomain.trim() ? this.#proposed('address') : '');

  async inspect(): Promise<boolean> {
    this.stop();
    const asked = (this.#asked = new AbortController());
    this.found = undefined;
    const went = await this.inspecting.run(async () => this.#take(await ask('post', '/api/deploy/inspect', { body: { image: this.image.trim() }, signal: asked.signal })));
    // Whoever changed their mind does not want to hear that it was cut off.
    if (asked.signal.aborted) this.inspecting.clear();
    return went;
  }

  stop(): void {
    this.#asked?.abort();
  }

  /** The image was written anew: what was found belongs to another. */
  forget(): void {
    this.stop();
    this.found = undefined;
    this.sending.clear();
  }

  /** Where a value is from, as a sentence. */
  source(field: QuickField): string {
    if (this.isChanged(field)) return 'Changed by you.';
    const source = this.found?.fields[field]?.source ?? '';
    return source && `${source[0]!.toUpperCase()}${source.slice(1)}${/[.!?]$/.test(source) ? '' : '.'}`;
  }

  isChanged(field: QuickField): boolean {
    return this.values[field].trim() !== (field === 'subdomain' ? '' : this.#proposed(field));
  }

  /** @returns the deployment's id. */
  async deploy(): Promise<string | undefined> {
    this.rowProblems = rowProblems(this.env);
    if (Object.keys(this.rowProblems).length > 0) return undefined;
    let id: string | undefined;
    await this.sending.run(async () => {
      id = (await ask('post', '/api/deploy/quick', { body: this.#request() })).deployId;
    });
    return id;
  }

  #request(): QuickDeployRequest {
    const { name, stage, port, tagPattern } = this.values;
    const request: QuickDeployRequest = { image: this.image.trim(), name: name.trim(), stage: stage.trim(), tagPattern: tagPattern.trim(), port: Number(port), autoDeploy: this.autoDeploy, env: environmentOf(this.env) };
    // An empty path would say "none, whatever the image says".
    if (this.isChanged('healthcheck') || this.values.healthcheck) request.healthcheck = this.values.healthcheck.trim();
    if (this.isChanged('subdomain')) request.subdomain = this.values.subdomain.trim();
    return request;
  }

  #take(found: InspectionResponse): void {
    this.found = found;
    for (const field of fields) this.values[field] = field === 'subdomain' ? '' : this.#proposed(field);
    this.env = [];
    this.autoDeploy = true;
    this.rowProblems = {};
    this.sending.clear();
  }

  #proposed(field: keyof ProposedFields): string {
    return String(this.found?.fields[field]?.value || '');
  }
}
