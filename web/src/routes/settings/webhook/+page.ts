import { redirect } from '@sveltejs/kit';

// The page has moved; its old address is in bookmarks.
export const load = () => redirect(308, '/webhooks');
