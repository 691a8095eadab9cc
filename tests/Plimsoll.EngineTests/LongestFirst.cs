using Plimsoll.EngineTests;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace Plimsoll.EngineTests;

/// <summary>Classes that take minutes begin first: one that begins last leaves the other processor idle until it is done.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long = [".CrashTests", ".TroubleTests", ".StopTests", ".RecoveryTests", ".StoreTroubleTests", ".MixedLoadTests", ".WebhookFloodTests", ".GaplessTests"];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection => [.. testCollections.OrderBy(Place)];

    private static int Place<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection
    {
        var place = Array.FindIndex(Long, name => collection.TestCollectionDisplayName.Contains(name + " ", StringComparison.Ordinal));
        return place < 0 ? Long.Length : place;
    }
}
