using Plimsoll.Apps;
using Plimsoll.Deployments;
using Plimsoll.Deployments.Readiness;
using Plimsoll.Tests.Support;

namespace Plimsoll.Tests.Deployments.Readiness;

public sealed class ProbationTests
{
    /// <summary>+ is a success, - a failure, each asked when it was due.</summary>
    [Theory]
    [InlineData(1, "+", true)]
    [InlineData(3, "++", false)]
    [InlineData(3, "+++", true)]
    [InlineData(3, "++-+", false)]
    [InlineData(3, "++-++", false)]
    [InlineData(3, "++-+++", true)]
    [InlineData(2, "+-+-+-", false)]
    public void As_many_successes_as_wanted_are_needed_in_a_row(int wanted, string answers, bool isProven)
    {
        var proof = new HealthProof(Successes: wanted);
        var probation = Probation.Begun;
        foreach (var answer in answers)
        {
            probation = probation.After(answer == '+' ? new ReadinessFinding.Ready() : new ReadinessFinding.NotYet("it answered 503"), proof, Given.Now);
        }

        (probation.Standing is ReadinessFinding.Ready).ShouldBe(isProven);
    }

    [Fact]
    public void Who_is_on_the_way_says_how_far_it_is()
    {
        var proof = new HealthProof(Successes: 3);
        var probation = Probation.Begun.After(new ReadinessFinding.Ready(), proof, Given.Now).After(new ReadinessFinding.Ready(), proof, Given.Now);
        probation.Standing.ShouldBe(new ReadinessFinding.NotYet("it was found well 2 of 3 times in a row"));
    }

    [Theory]
    [InlineData(null, 0, 0, true)]
    [InlineData(null, 1, 0.5, false)]
    [InlineData(null, 1, 1, true)]
    [InlineData(5, 0, 4, false)]
    [InlineData(5, 0, 4.6, true)]
    [InlineData(5, 0, 5, true)]
    [InlineData(5, 1, 4, false)]
    [InlineData(5, 1, 5, true)]
    [InlineData(5, 1, -60, true)]
    public void It_is_asked_again_when_the_interval_is_over(int? interval, int successes, double secondsSince, bool isDue)
    {
        var asked = Probation.Begun with { Successes = successes, AskedAt = Given.Now };
        asked.IsDue(new HealthProof(IntervalSeconds: interval, Successes: 3), Given.Now.AddSeconds(secondsSince)).ShouldBe(isDue);
    }

    [Fact]
    public void Nobody_waits_before_the_first_question() => Probation.Begun.IsDue(new HealthProof(IntervalSeconds: 60), Given.Now).ShouldBeTrue();

    [Fact]
    public void What_the_engine_says_ends_the_row_and_keeps_the_last_answer()
    {
        var proof = new HealthProof(Successes: 3);
        var broken = new ReadinessFinding.Broken(DeploymentReason.ContainerExited, "It ended.");
        var probation = Probation.Begun.After(new ReadinessFinding.Ready { Probe = "/health answered 200" }, proof, Given.Now).Refused(broken);
        probation.ShouldBe(new Probation(0, Given.Now, broken, "/health answered 200"));
    }
}
