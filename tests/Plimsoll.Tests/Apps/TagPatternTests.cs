using FsCheck;
using FsCheck.Fluent;
using Plimsoll.Apps;

namespace Plimsoll.Tests.Apps;

public sealed class TagPatternTests
{
    [Theory]
    [InlineData("v*", "v1.2.3", true)]
    [InlineData("v*", "v", true)]
    [InlineData("v*", "dev-1", false)]
    [InlineData("dev-*", "dev-abc123", true)]
    [InlineData("dev-*", "Dev-abc123", false)]
    [InlineData("*", "latest", true)]
    [InlineData("?", "v", true)]
    [InlineData("?", "", false)]
    [InlineData("*-rc?", "v1.0-rc1", true)]
    [InlineData("*-rc?", "v1.0-rc12", false)]
    [InlineData("v?.?.?", "v1.2.3", true)]
    [InlineData("latest", "latest", true)]
    [InlineData("latest", "latest2", false)]
    [InlineData("*.*", "1.2", true)]
    [InlineData("a*b*c", "aXbXbc", true)]
    [InlineData("a*b*c", "aXbXbd", false)]
    public void A_pattern_matches_as_people_expect(string pattern, string tag, bool matches) =>
        new TagPattern(pattern).Matches(tag).ShouldBe(matches);

    [Theory]
    [InlineData("latest", true)]
    [InlineData("v*", false)]
    [InlineData("v?", false)]
    public void A_pattern_without_wildcards_names_one_tag(string pattern, bool isExact) =>
        new TagPattern(pattern).IsExact.ShouldBe(isExact);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("v 1")]
    [InlineData("v[12]")]
    [InlineData("feature/x")]
    public void What_can_match_no_tag_is_refused(string? pattern) => TagPattern.Problem(pattern).ShouldNotBeNull();

    [Fact]
    public void A_pattern_as_long_as_a_tag_is_taken_and_a_longer_one_is_not()
    {
        TagPattern.Problem(new string('a', 128)).ShouldBeNull();
        TagPattern.Problem(new string('a', 129)).ShouldNotBeNull();
    }

    [Fact]
    public void Matching_agrees_with_the_simplest_matcher_there_is()
    {
        // Few letters, so that many of the pairs match.
        var pattern = Gen.Elements('a', 'b', '*', '?').ListOf().Select(letters => string.Concat(letters.Take(12)));
        var tag = Gen.Elements('a', 'b').ListOf().Select(letters => string.Concat(letters.Take(12)));
        var pairs = pattern.SelectMany(_ => tag, (first, second) => (first, second)).ToArbitrary();
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(5_000),
            Prop.ForAll(pairs, pair => new TagPattern(pair.first).Matches(pair.second) == Naive(pair.first, pair.second)));
    }

    [Fact]
    public void A_hostile_pattern_takes_no_longer_than_its_length_times_the_tags()
    {
        var pattern = string.Concat(Enumerable.Repeat("*a", 64));
        new TagPattern(pattern).Matches(new string('a', 127) + "b").ShouldBeFalse();
    }

    private static bool Naive(string pattern, string tag) => pattern.Length == 0
        ? tag.Length == 0
        : pattern[0] == '*'
            ? Naive(pattern[1..], tag) || (tag.Length > 0 && Naive(pattern, tag[1..]))
            : tag.Length > 0 && (pattern[0] == '?' || pattern[0] == tag[0]) && Naive(pattern[1..], tag[1..]);
}
