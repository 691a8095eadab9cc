/** Whether to offer an action: the server says with each thing what this caller may do with it now. */
export const isAllowed = (thing: { actions: readonly string[] } | null | undefined, action: string) => thing?.actions.includes(action) ?? false;
