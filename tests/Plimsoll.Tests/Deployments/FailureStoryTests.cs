using Plimsoll.Deployments;

namespace Plimsoll.Tests.Deployments;

public sealed class FailureStoryTests
{
    private static readonly CandidateFailure Ended = new(3, false, "/health answered 503: no database", ["one", "two", "", "three", "four"]);

    [Fact]
    public void The_reason_ends_with_the_last_answer_and_the_last_words() =>
        FailureStory.Tell("The new container did not stay up: it ended with exit code 3.", Ended).ShouldBe(
            "The new container did not stay up: it ended with exit code 3. The last time it was asked: /health answered 503: no database. Its last words: two | three | four");

    [Fact]
    public void Nothing_is_told_twice()
    {
        var failure = new CandidateFailure(137, true, "/health answered 503", ["out of luck"]);
        FailureStory.Tell("It was killed for too much memory (exit code 137): /health answered 503, out of luck.", failure)
            .ShouldBe("It was killed for too much memory (exit code 137): /health answered 503, out of luck.");
    }

    [Fact]
    public void How_it_ended_is_told_when_the_reason_does_not() =>
        FailureStory.Tell("It took too long.", new CandidateFailure(1, true, null, []))
            .ShouldBe("It took too long. A process of it was killed because it used more memory than it may. It had ended with exit code 1.");

    [Fact]
    public void Long_last_words_are_cut() =>
        FailureStory.Tell("It ended.", new CandidateFailure(null, false, null, [new string('x', 5_000)])).Length.ShouldBeLessThan(700);

    [Theory]
    [InlineData(DeploymentReason.ContainerExited, 137, true, 64, "memoryLimit, which is 64 megabytes")]
    [InlineData(DeploymentReason.ContainerExited, 137, true, 0, "The machine itself ran out of memory")]
    [InlineData(DeploymentReason.FellOver, 137, true, 64, "memoryLimit")]
    [InlineData(DeploymentReason.ContainerExited, 127, false, 0, "does not have or may not run")]
    [InlineData(DeploymentReason.ContainerExited, 3, false, 0, "last log lines say why")]
    [InlineData(DeploymentReason.HealthDeadline, null, false, 0, "raise startSeconds or deadlineSeconds")]
    [InlineData(DeploymentReason.Unhealthy, null, false, 0, "its own health check")]
    [InlineData(DeploymentReason.StartFailed, null, false, 0, "engine's own words")]
    public void There_is_something_to_do_for_each_way_to_fail(string code, int? exitCode, bool outOfMemory, int memoryLimit, string part) =>
        FailureStory.WhatToDo(code, new CandidateFailure(exitCode, outOfMemory, null, ["cannot start"]), memoryLimit).ShouldNotBeNull().ShouldContain(part);

    [Fact]
    public void A_container_that_said_nothing_gets_other_advice_than_its_log() =>
        FailureStory.WhatToDo(DeploymentReason.ContainerExited, new CandidateFailure(1, false, null, []), 0).ShouldNotBeNull().ShouldContain("wrote nothing");

    [Fact]
    public void Only_an_image_at_fault_needs_mending() =>
        DeploymentReason.All.Where(code => FailureStory.WhatToDo(code, Ended, 0) is not null).ShouldBe(DeploymentReason.All.Where(DeploymentReason.ProvesImageBad));
}
