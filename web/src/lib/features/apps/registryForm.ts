import type { RegistryRequest, RegistryResponse, RegistryTypeResponse } from '$lib/api/schema';

/** What the dialog edits: every field as its control holds it. */
export interface RegistryForm {
  name: string;
  url: string;
  type: string;
  username: string;
  token: string;
  insecure: boolean;
  ca: string;
  realmHost: string;
  requestsPerSecond: number | null;
  concurrency: number | null;
  awsRegion: string;
}

export const formOf = (from: RegistryResponse | null): RegistryForm => ({
  name: from?.name ?? '',
  url: from?.url ?? '',
  type: from?.type ?? 'generic',
  username: from?.username ?? '',
  token: from?.token ?? '',
  insecure: from?.insecure ?? false,
  ca: from?.ca ?? '',
  realmHost: from?.realmHost ?? '',
  requestsPerSecond: from?.requestsPerSecond == null ? null : Number(from.requestsPerSecond),
  concurrency: from?.concurrency ?? null,
  awsRegion: from?.awsRegion ?? '',
});

/** An empty number takes the value of the type: the API says 0 for that. */
export const requestOf = (form: RegistryForm): RegistryRequest => ({
  ...form,
  requestsPerSecond: form.requestsPerSecond ?? 0,
  concurrency: form.concurrency ?? 0,
});

/** Whether two answers tell the same of what a person configures; how the registry is doing changes all the time. */
export const isSameConfiguration = (one: RegistryResponse, other: RegistryResponse): boolean =>
  JSON.stringify({ ...one, traffic: null }) === JSON.stringify({ ...other, traffic: null });

export const isUnusual = (from: RegistryResponse | null): boolean =>
  from !== null && [from.ca, from.realmHost, from.requestsPerSecond, from.concurrency].some((value) => value != null);

/** Another type brings its address with it, unless the person wrote one of their own. */
export function addressFor(url: string, types: readonly RegistryTypeResponse[], type: string): string {
  const isOfAType = url === '' || types.some((known) => known.url === url);
  return isOfAType ? (types.find((known) => known.type === type)?.url ?? '') : url;
}
