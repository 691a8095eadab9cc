namespace Plimsoll.Registry;

/// <summary>How fast one registry may be asked. Each request counts, those to its token server included.</summary>
/// <param name="Concurrency">Requests that may wait for an answer at the same moment, at least 1.</param>
/// <param name="RequestsPerSecond">What it settles down to, above 0.</param>
/// <param name="Burst">Requests that may go out at once after a pause, at least 1.</param>
public sealed record RegistryPace(int Concurrency, double RequestsPerSecond, int Burst);
