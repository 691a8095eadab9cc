import { deployQuickly, inspectImage, type InspectedField, type InspectedImage, type QuickDeployment } from '$lib/api/coming';
import { Submission } from '$lib/api/submission.svelte';
import { environmentOf, rowProblems, type EnvironmentRow } from '$lib/features/apps/environment';

const fields = ['name', 'stage', 'tagPattern', 'subdomain', 'port', 'healthcheck'] as const;

export type QuickField = (typeof fields)[number];

/** An image on its way to its first deployment: looked at, then adjusted, then sent. */
export class QuickDeploy {
  image = $state('');
  found = $state.raw<InspectedImage>();
  values = $state<Record<QuickField, string>>({ name: '', stage: '', tagPattern: '', subdomain: '', port: '', healthcheck: '' });
  env = $state<EnvironmentRow[]>([]);
  autoDeploy = $state(true);
  rowProblems = $state.raw<Readonly<Record<number, string>>>({});

  readonly inspecting = new Submission();
  readonly sending = new Submission();

  #asked: AbortController | undefined;

  /** Where it will answer, as long as nothing was changed that is a part of it. */
  address = $derived(['name', 'stage', 'subdomain'].some((name) => this.isChanged(name as QuickField)) ? undefined : this.#proposed('address') || undefined);

  async inspect(): Promise<boolean> {
    this.stop();
    const asked = (this.#asked = new AbortController());
    this.found = undefined;
    const went = await this.inspecting.run(async () => {
      const found = await inspectImage(this.image.trim(), asked.signal);
      this.#take(found);
    });
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
    const source = this.values[field] ? (this.found?.fields[field]?.source ?? '') : '';
    return source && `${source[0]!.toUpperCase()}${source.slice(1)}${/[.!?]$/.test(source) ? '' : '.'}`;
  }

  isChanged(field: QuickField): boolean {
    return this.values[field].trim() !== this.#proposed(field);
  }

  /** @returns the deployment's id. */
  async deploy(): Promise<string | undefined> {
    this.rowProblems = rowProblems(this.env);
    if (Object.keys(this.rowProblems).length > 0) return undefined;
    let id: string | undefined;
    await this.sending.run(async () => {
      id = (await deployQuickly(this.#request())).deployId;
    });
    return id;
  }

  #request(): QuickDeployment {
    const request: QuickDeployment = { image: this.image.trim(), autoDeploy: this.autoDeploy };
    const { port, ...texts } = this.values;
    for (const [name, text] of Object.entries(texts)) {
      // What a project has already is left as it is, unless somebody wrote something else here.
      const isWanted = name === 'stage' || !this.found?.project || this.isChanged(name as QuickField);
      if (text.trim() && isWanted) request[name as Exclude<QuickField, 'port'>] = text.trim();
    }
    if (port.trim() && (!this.found?.project || this.isChanged('port'))) request.port = Number(port);
    if (this.env.length > 0) request.env = environmentOf(this.env);
    return request;
  }

  #take(found: InspectedImage): void {
    this.found = found;
    for (const field of fields) this.values[field] = this.#proposed(field);
    this.env = [];
    this.autoDeploy = true;
    this.rowProblems = {};
    this.sending.clear();
  }

  #proposed(field: InspectedField): string {
    return String(this.found?.fields[field]?.value ?? '');
  }
}
