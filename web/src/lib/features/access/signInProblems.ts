/** What the server says with `?problem=` when a sign-in through an OpenID Connect provider came to nothing. */
const problems: Record<string, string> = {
  'openid-failed': 'The sign-in through the provider did not work. Try again; if it stays like this, Plimsoll’s log says why.',
  'openid-no-role': 'The provider knows you, but nothing gives you a role here. Ask an administrator of Plimsoll.',
  'openid-no-name': 'The provider says no name for you that can be used here. Ask an administrator of Plimsoll to make a user for you.',
  'openid-name-taken': 'There is another user with your name already. If that is you, ask an administrator to tie it to your account at the provider.',
  'openid-disabled': 'Your user may not sign in at the moment. Ask an administrator of Plimsoll.',
};

export const signInProblem = (code: string | null): string => (code ? (problems[code] ?? 'The sign-in came to nothing. Try again; if it stays like this, Plimsoll’s log says why.') : '');

/** Only ever a page of this dashboard: the address could have been written by anybody. */
export function ownPage(wanted: string | null): string {
  if (!wanted) return '/';
  const address = new URL(wanted, location.origin);
  return address.origin === location.origin && wanted.startsWith('/') ? address.pathname + address.search : '/';
}
