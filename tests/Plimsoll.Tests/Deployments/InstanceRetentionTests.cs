using Plimsoll.Deployments;
using Plimsoll.Tests.Support;

namespace Plimsoll.Tests.Deployments;

public sealed class InstanceRetentionTests
{
    private static readonly Instance NewOne = Given.Instance("new", "v4", Standing.Candidate, 4);

    [Fact]
    public void With_one_instance_everything_older_goes() =>
        InstanceRetention.Surplus([Kept("a", "v1", 1), Live("b", "v2", 2), NewOne], NewOne, 1).ShouldBe(["a", "b"]);

    [Fact]
    public void With_more_the_youngest_stay() =>
        InstanceRetention.Surplus([Kept("a", "v1", 1), Kept("b", "v2", 2), Live("c", "v3", 3), NewOne], NewOne, 3).ShouldBe(["a"]);

    [Fact]
    public void Of_one_tag_only_the_newest_stays() =>
        InstanceRetention.Surplus([Kept("a", "v4", 1), Live("b", "v3", 2), NewOne], NewOne, 5).ShouldBe(["a"]);

    [Fact]
    public void What_is_retiring_already_or_is_somebodys_candidate_does_not_count() =>
        InstanceRetention.Surplus([Given.Instance("r", "v1", Standing.Retiring, 1), Given.Instance("c", "v2", Standing.Candidate, 2), NewOne], NewOne, 1).ShouldBeEmpty();

    [Fact]
    public void The_new_one_never_goes() => InstanceRetention.Surplus([NewOne with { Standing = Standing.Live }], NewOne, 1).ShouldBeEmpty();

    private static Instance Kept(string id, string tag, long sequence) => Given.Instance(id, tag, Standing.Kept, sequence);

    private static Instance Live(string id, string tag, long sequence) => Given.Instance(id, tag, Standing.Live, sequence);
}
