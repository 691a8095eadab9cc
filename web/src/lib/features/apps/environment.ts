/** A variable as it is edited. The key stays the same while the name is being typed. */
export interface EnvironmentRow {
  key: number;
  name: string;
  value: string;
  /** Written here and now, so it is shown in any case. */
  isNew: boolean;
}

let nextKey = 1;

export const newRow = (name = '', value = ''): EnvironmentRow => ({ key: nextKey++, name, value, isNew: true });

export const rowsOf = (environment: Readonly<Record<string, string>>): EnvironmentRow[] =>
  Object.entries(environment).map(([name, value]) => ({ ...newRow(name, value), isNew: false }));

/** Rows without a name and a value were never filled in. */
const filled = (rows: readonly EnvironmentRow[]) => rows.filter((row) => row.name.trim() || row.value);

export function environmentOf(rows: readonly EnvironmentRow[]): Record<string, string> {
  return Object.fromEntries(filled(rows).map((row) => [row.name.trim(), row.value]));
}

/** What the server cannot see, because names in JSON are there once: a sentence for each row, by its key. */
export function rowProblems(rows: readonly EnvironmentRow[]): Record<number, string> {
  const problems: Record<number, string> = {};
  const seen = new Set<string>();
  for (const row of filled(rows)) {
    const name = row.name.trim();
    if (!name) problems[row.key] = 'This value lacks the name of its variable.';
    else if (seen.has(name)) problems[row.key] = `There is another ${name} above: keep one of them.`;
    seen.add(name);
  }
  return problems;
}

/** Lines as in a .env file: NAME=value, with or without quotes, export and comments. */
export function parseEnvironment(text: string): { name: string; value: string }[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const found = /^\s*(?:export\s+)?([A-Za-z_][\w.-]*)\s*=\s*(.*?)\s*$/.exec(line);
    return found ? [{ name: found[1]!, value: found[2]!.replace(/^(["'])(.*)\1$/, '$2') }] : [];
  });
}
