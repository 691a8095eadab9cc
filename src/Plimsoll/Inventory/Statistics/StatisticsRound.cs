namespace Plimsoll.Inventory.Statistics;

/// <summary>One measurement of everything that somebody looks at.</summary>
/// <param name="Number">Rises with each round.</param>
/// <param name="ByProject">By the project's name.</param>
internal sealed record StatisticsRound(long Number, ILookup<string, InstanceSample> ByProject);
