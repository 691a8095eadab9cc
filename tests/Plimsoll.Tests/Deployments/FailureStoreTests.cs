using Plimsoll.Deployments;
using Plimsoll.Tests.Deployments.Support;

namespace Plimsoll.Tests.Deployments;

public sealed class FailureStoreTests
{
    [Fact]
    public async Task What_was_seen_is_kept_as_it_was_and_the_first_look_counts()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        var failures = new FailureStore(world.Store);
        var id = (await world.EnqueueAsync("v1")).Id;
        var failure = new CandidateFailure(137, true, "/health answered 503", ["one", "", "  three"]) { WhatToDo = "Mend it." };

        await world.WriteAsync(scope => FailureStore.Add(scope, id, failure));
        await world.WriteAsync(scope => FailureStore.Add(scope, id, CandidateFailure.Unseen));

        var found = failures.Find(id).ShouldNotBeNull();
        (found with { Log = failure.Log }).ShouldBe(failure);
        found.Log.ShouldBe(failure.Log);
        failures.Find("another").ShouldBeNull();
    }

    [Fact]
    public async Task Nothing_seen_is_kept_as_nothing()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        var id = (await world.EnqueueAsync("v1")).Id;
        await world.WriteAsync(scope => FailureStore.Add(scope, id, CandidateFailure.Unseen));
        var found = new FailureStore(world.Store).Find(id).ShouldNotBeNull();
        found.ExitCode.ShouldBeNull();
        found.Log.ShouldBeEmpty();
    }
}
