import { noAnswer, Refusal } from './refusal';
import type { paths } from './schema';

type Method = 'get' | 'post' | 'put' | 'delete';

/** The addresses that take a method. An address or a field that the API no longer has does not compile. */
type PathOf<M extends Method> = { [P in keyof paths]: paths[P][M] extends { responses: unknown } ? P : never }[keyof paths];

type Operation<P extends keyof paths, M extends Method> = paths[P][M];

type Json<R> = R extends { content: { 'application/json': infer Body } } ? Body : never;

type Envelope<O> = O extends { responses: infer R } ? Json<R[keyof R & (200 | 201 | 202)]> : never;

/** What is inside the envelope of a "yes". */
export type AnswerTo<P extends keyof paths, M extends Method> = Envelope<Operation<P, M>> extends { data: infer Data } ? NonNullable<Data> : never;

type Body<O> = O extends { requestBody: { content: { 'application/json': infer B } } }
  ? { body: B }
  : O extends { requestBody?: { content: { 'application/json': infer B } } }
    ? { body?: B }
    : unknown;

type Parameters<O> = (O extends { parameters: { path: infer Path } } ? { path: Path } : unknown) &
  (O extends { parameters: { query?: infer Query } } ? { query?: Query } : unknown);

type Details<O> = Parameters<O> & Body<O> & Asked;

interface Asked {
  signal?: AbortSignal;
  /** The version that is to be changed, as a {@link Versioned} answer named it: whoever was faster is not overwritten. */
  ifMatch?: string | null;
}

type Loose = Asked & { path?: Record<string, string | number>; query?: Record<string, unknown>; body?: unknown };

/** An answer and the version of what it tells of; null: the server names none. */
export interface Versioned<T> {
  data: T;
  version: string | null;
}

const whenSignedOut = new Set<() => void>();

/** Called when the server no longer knows who we are. */
export function onSignedOut(listener: () => void): void {
  whenSignedOut.add(listener);
}

export function tellSignedOut(): void {
  for (const listener of whenSignedOut) listener();
}

/** Asks the API and takes the answer out of its envelope. Every "no" is thrown as a {@link Refusal}. */
export async function ask<M extends Method, P extends PathOf<M>>(method: M, path: P, details?: Details<Operation<P, M>>): Promise<AnswerTo<P, M>> {
  return (await exchange<AnswerTo<P, M>>(method, path, details as Loose)).data;
}

/** Reads something that is to be changed: see `ifMatch`. */
export function read<P extends PathOf<'get'>>(path: P, details?: Details<Operation<P, 'get'>>): Promise<Versioned<AnswerTo<P, 'get'>>> {
  return exchange('get', path, details as Loose);
}

async function exchange<T>(method: Method, path: string, { path: inPath, query, ...asked }: Loose = {}): Promise<Versioned<T>> {
  const response = await send(method, addressOf(path, inPath, query), asked);
  const envelope = (await response.json().catch(() => null)) as { code: number; msg: string; data: unknown } | null;
  if (response.ok && envelope?.code === 0) return { data: envelope.data as T, version: response.headers.get('ETag') };
  if (response.status === 401 && !path.startsWith('/api/auth/login')) tellSignedOut();
  const errors = (envelope?.data as { errors?: Record<string, string> } | null)?.errors ?? {};
  // Something between here and Plimsoll answered: a proxy whose back end is away, most of the time.
  throw envelope ? new Refusal(envelope.msg, response.status, envelope.code, errors) : noAnswer();
}

async function send(method: Method, address: string, { body, signal, ifMatch }: Omit<Loose, 'path' | 'query'>): Promise<Response> {
  try {
    return await fetch(address, {
      method: method.toUpperCase(),
      headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...(ifMatch ? { 'If-Match': ifMatch } : {}) },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw noAnswer();
  }
}

/** The address with what stands in braces filled in. */
export function addressOf(path: string, inPath?: Loose['path'], query?: Loose['query']): string {
  const address = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(inPath?.[name] ?? '')));
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== '') asked.set(name, String(value));
  }
  return asked.size > 0 ? `${address}?${asked}` : address;
}
