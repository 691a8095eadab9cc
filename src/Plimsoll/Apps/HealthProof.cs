namespace Plimsoll.Apps;

/// <summary>
/// What a new container of a project has to do before it gets traffic. Which of it matters depends on the image: without a
/// health path nobody asks for a status.
/// </summary>
/// <param name="StartSeconds">Time to get going: failures do not count yet and the deadline has not begun. Null: the start period of the image's own HEALTHCHECK, or none.</param>
/// <param name="IntervalSeconds">Between two questions. Null: often at first and then once a second; successes that count are a second apart.</param>
/// <param name="TimeoutSeconds">How long one answer may take.</param>
/// <param name="Successes">How often in a row it must be found well.</param>
/// <param name="Status">Which answers of the health path are good (<see cref="StatusRanges"/>).</param>
/// <param name="DeadlineSeconds">How long all of it may take, from the end of the start period. Null: the setting healthSeconds.</param>
internal sealed record HealthProof(
    int? StartSeconds = null,
    int? IntervalSeconds = null,
    int TimeoutSeconds = 5,
    int Successes = 1,
    string Status = "200-299",
    int? DeadlineSeconds = null);
