export interface ChangedField {
  /** With dots where it lies inside another: `health.status`. */
  name: string;
  /** Undefined: it was not there. */
  before: string | undefined;
  after: string | undefined;
}

/** The fields that differ between two documents, in the order in which they are written. */
export function differenceOf(before: unknown, after: unknown): ChangedField[] {
  const old = flattened(before);
  const fresh = flattened(after);
  return [...new Set([...old.keys(), ...fresh.keys()])].map((name) => ({ name, before: old.get(name), after: fresh.get(name) })).filter((field) => field.before !== field.after);
}

function flattened(value: unknown, name = '', into = new Map<string, string>()): Map<string, string> {
  const isInside = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (isInside) for (const [key, inner] of Object.entries(value)) flattened(inner, name ? `${name}.${key}` : key, into);
  // What is empty says no more than what is absent.
  else if (value !== null && value !== undefined && value !== '') into.set(name || 'value', written(value));
  return into;
}

function written(value: unknown): string {
  if (Array.isArray(value)) return value.map(written).join(', ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
