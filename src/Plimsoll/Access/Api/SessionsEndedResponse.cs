namespace Plimsoll.Access.Api;

/// <param name="Ended">How many sessions ended.</param>
public sealed record SessionsEndedResponse(int Ended);
