namespace Plimsoll.Access.Api;

/// <param name="Needed">True while nobody can sign in and the set-up link of the log waits to be opened.</param>
public sealed record SetupResponse(bool Needed);
