/** A "no" of the server, or its silence. The message is a sentence for a person, whoever caused it. */
export class Refusal extends Error {
  constructor(
    message: string,
    /** HTTP status; 0: there was no answer. */
    readonly status: number,
    /** `code` of the envelope; 0: there was no answer. */
    readonly code: number,
    /** A sentence for each field that needs another value. */
    readonly errors: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = 'Refusal';
  }
}

export const noAnswer = () => new Refusal('Plimsoll does not answer. It may be restarting: this page tries again by itself. If it stays like this, look at its log.', 0, 0);

/** The sentence for a person. */
export function tell(error: unknown): string {
  if (error instanceof Refusal) return error.message;
  return `This page made a mistake of its own: ${error instanceof Error ? error.message : String(error)}. Loading it again may help.`;
}

export function fieldErrors(error: unknown): Readonly<Record<string, string>> {
  return error instanceof Refusal ? error.errors : {};
}
