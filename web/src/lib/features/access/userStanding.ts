import type { UserResponse } from '$lib/api/schema';

/** What is worth knowing about how somebody signs in. */
export function standingOfUser(user: UserResponse, now: number): { text: string; isGrave: boolean }[] {
  const notes: { text: string; isGrave: boolean }[] = [];
  if (user.disabled) notes.push({ text: 'may not sign in', isGrave: true });
  if (user.invitedUntil && Date.parse(user.invitedUntil) > now) notes.push({ text: `invited, until ${new Date(user.invitedUntil).toLocaleDateString()}`, isGrave: false });
  else if (!user.hasPassword && !user.openIdSubject) notes.push({ text: 'cannot sign in: the invitation is over', isGrave: true });
  if (user.openIdSubject) notes.push({ text: 'signs in through OpenID Connect', isGrave: false });
  notes.push({ text: user.hasSecondFactor ? 'second factor' : 'no second factor', isGrave: false });
  return notes;
}
