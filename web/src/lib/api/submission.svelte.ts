import { fieldErrors, Refusal, tell } from './refusal';

/** One form on its way to the server: busy or not, what was wrong with which field, and whether somebody else was faster. */
export class Submission {
  busy = $state(false);
  problem = $state('');
  errors = $state.raw<Readonly<Record<string, string>>>({});
  /** Somebody else changed it since it was read. */
  isOutdated = $state(false);

  /** @returns whether it went well. */
  async run(doing: () => Promise<unknown>): Promise<boolean> {
    this.clear();
    this.busy = true;
    try {
      await doing();
      return true;
    } catch (error) {
      this.errors = fieldErrors(error);
      this.isOutdated = error instanceof Refusal && error.status === 412;
      this.problem = tell(error);
      return false;
    } finally {
      this.busy = false;
    }
  }

  /** Found wrong before it was sent. */
  refuse(errors: Readonly<Record<string, string>>): void {
    this.clear();
    this.errors = errors;
  }

  clear(): void {
    this.problem = '';
    this.errors = {};
    this.isOutdated = false;
  }
}

/** For a keyboard and a screen reader: to the first field that needs another value. */
export function focusFirstError(form: HTMLElement | undefined): void {
  queueMicrotask(() => form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}
