/**
 * The newest of several lists, as one of the length of a page. The server takes one kind or state at a time; each list is newest first and
 * as long as a page, if there is that much. What moved from one to the other meanwhile is in it once.
 */
export async function newestOf<T extends { id: string | number }>(lists: readonly Promise<readonly T[]>[], compare: (a: T, b: T) => number, size: number): Promise<T[]> {
  const found = new Map((await Promise.all(lists)).flat().map((thing) => [thing.id, thing]));
  return [...found.values()].sort(compare).slice(0, size);
}
