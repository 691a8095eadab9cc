import { redirect } from '@sveltejs/kit';

/** Where the server sends a browser whose sign-in through a provider came to nothing: the reason is in the address. */
export function load({ url }: { url: URL }) {
  redirect(307, `/sign-in${url.search}`);
}
