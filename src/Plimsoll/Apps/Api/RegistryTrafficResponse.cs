using Plimsoll.Registry;

namespace Plimsoll.Apps.Api;

/// <summary>How a registry and Plimsoll get along since the program began.</summary>
/// <param name="CoolDownUntil">Until then it is left alone, because it asked for that.</param>
/// <param name="Reason">Why it is left alone.</param>
/// <param name="BackOffUntil">Until then polls do not ask, because it did not answer.</param>
/// <param name="Remaining">Pulls left, where the registry counts them.</param>
/// <param name="Limit">Pulls it allows in a window.</param>
/// <param name="Window">Seconds of such a window.</param>
/// <param name="LastProblem">What was wrong when it last could not be reached; gone once it answers.</param>
public sealed record RegistryTrafficResponse(
    DateTimeOffset? CoolDownUntil, string? Reason, DateTimeOffset? BackOffUntil, int? Remaining, int? Limit, long? Window,
    DateTimeOffset? LastSuccessAt, string? LastProblem, DateTimeOffset? LastProblemAt)
{
    internal static RegistryTrafficResponse From(RegistryTraffic traffic) => new(
        traffic.CoolDownUntil, traffic.CoolDownReason, traffic.BackOffUntil, traffic.Limit?.Remaining, traffic.Limit?.Limit,
        (long?)traffic.Limit?.Window?.TotalSeconds, traffic.LastSuccessAt, traffic.LastProblem, traffic.LastProblemAt);
}
