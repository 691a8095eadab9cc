using Plimsoll.Candidates;

namespace Plimsoll.Tests.Candidates;

public sealed class TagOrderTests
{
    [Theory]
    [InlineData("v1.9", "v1.10")]
    [InlineData("1.0.0-rc1", "1.0.0")]
    [InlineData("1.0", "1.0.1")]
    [InlineData("dev-9", "dev-10")]
    [InlineData("2025-12-31", "2026-01-01")]
    public void The_older_comes_first(string older, string newer)
    {
        TagOrder.OldestFirst.Compare(older, newer).ShouldBeLessThan(0);
        TagOrder.OldestFirst.Compare(newer, older).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_tag_is_as_old_as_itself() => TagOrder.OldestFirst.Compare("v1", "v1").ShouldBe(0);
}
