using FsCheck;
using FsCheck.Fluent;
using Plimsoll.Apps.Policies;

namespace Plimsoll.Tests.Apps.Policies;

public sealed class VersionTests
{
    private static readonly Gen<TagVersion> Versions =
        from major in Gen.Choose(0, 3)
        from minor in Gen.Choose(0, 3)
        from patch in Gen.Choose(0, 3)
        from pre in Gen.Elements("", "-0", "-1", "-alpha", "-alpha.1", "-alpha.beta", "-beta", "-beta.2", "-beta.11", "-rc.1")
        select Version($"{major}.{minor}.{patch}{pre}");

    /// <summary>The order of semver.org, clause 11, and what people write besides.</summary>
    [Fact]
    public void Versions_are_in_order()
    {
        string[] ordered = ["0.9", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "v1.0.1", "1.9", "1.10", "2", "2026.01.15"];
        for (var index = 1; index < ordered.Length; index++)
        {
            Version(ordered[index]).CompareTo(Version(ordered[index - 1])).ShouldBePositive($"{ordered[index]} after {ordered[index - 1]}");
        }

        Version("1").CompareTo(Version("1.0.0")).ShouldBe(0);
    }

    [Theory]
    [InlineData("latest")]
    [InlineData("")]
    [InlineData("v")]
    [InlineData("1.2.3.4")]
    [InlineData("1..2")]
    [InlineData("1.2.3-")]
    [InlineData("1.2.3-a..b")]
    [InlineData("sha-1.2")]
    [InlineData("9999999999999999999")]
    public void What_names_no_version_is_none(string text) => TagVersion.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("1.2.3", true)]
    [InlineData("v1.2.3", true)]
    [InlineData("1.2.3-rc.1", true)]
    [InlineData("1.2", false)]
    [InlineData("01.2.3", false)]
    [InlineData("vv1.2.3", false)]
    [InlineData("1.2.3-01", false)]
    [InlineData("latest", false)]
    public void A_whole_version_is_told_from_a_tag_that_moves(string text, bool strict) => TagVersion.IsStrict(text).ShouldBe(strict);

    [Theory]
    [InlineData("1.x", "1.0.0 1.9.9 1.0.0-rc.1", "0.9.9 2.0.0 2.0.0-rc.1")]
    [InlineData("1", "1.0.0 1.9.9", "2.0.0")]
    [InlineData("1.2.*", "1.2.0 1.2.9", "1.1.9 1.3.0")]
    [InlineData("^1.4", "1.4.0 1.9.0", "1.3.9 2.0.0 2.0.0-rc.1")]
    [InlineData("^0.2.3", "0.2.3 0.2.9", "0.2.2 0.3.0")]
    [InlineData("^0.0.3", "0.0.3", "0.0.4 0.0.2")]
    [InlineData("~2.3", "2.3.0 2.3.9", "2.2.9 2.4.0")]
    [InlineData("~2", "2.0.0 2.9.0", "3.0.0")]
    [InlineData(">=1.2 <3", "1.2.0 2.9.9", "1.1.9 3.0.0 3.0.0-rc.1")]
    [InlineData(">= 1.2, < 3", "1.2.0 2.9.9", "1.1.9 3.0.0")]
    [InlineData(">1.2", "1.3.0 2.0.0", "1.2.0 1.2.9")]
    [InlineData("<=1.2", "1.2.9 0.1.0", "1.3.0")]
    [InlineData("=1.2.3", "1.2.3", "1.2.4 1.2.3-rc.1")]
    [InlineData(">1.2.3-rc.1", "1.2.3-rc.2 1.2.3", "1.2.3-rc.1 1.2.2")]
    [InlineData("1.2 - 1.4", "1.2.0 1.4.9", "1.1.9 1.5.0")]
    [InlineData("1.x || 3.x", "1.5.0 3.0.1", "2.0.0 4.0.0")]
    [InlineData("*", "0.0.1 9.9.9", "")]
    [InlineData("", "0.0.1 9.9.9", "")]
    public void A_range_holds_some_versions_and_others_not(string text, string inside, string outside)
    {
        VersionRange.TryParse(text, out var range).ShouldBeTrue();
        foreach (var version in inside.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            range!.Contains(Version(version)).ShouldBeTrue($"{version} in {text}");
        }

        foreach (var version in outside.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            range!.Contains(Version(version)).ShouldBeFalse($"{version} not in {text}");
        }
    }

    [Theory]
    [InlineData("newest")]
    [InlineData("1.x.3")]
    [InlineData("x.1")]
    [InlineData(">>1")]
    [InlineData("1.2.3.4")]
    [InlineData("1.x-rc")]
    [InlineData("<*")]
    [InlineData("99999999999999999999")]
    public void What_is_no_range_is_refused(string text) => VersionRange.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void The_order_is_total() => Check(Prop.ForAll(Three(), ((TagVersion A, TagVersion B, TagVersion C) v) =>
        Math.Sign(v.A.CompareTo(v.B)) == -Math.Sign(v.B.CompareTo(v.A))
        && (v.A.CompareTo(v.B) > 0 || v.B.CompareTo(v.C) > 0 || v.A.CompareTo(v.C) <= 0)
        && v.A.CompareTo(Version(v.A.ToString())) == 0));

    [Fact]
    public void A_range_of_one_piece_holds_what_lies_between_two_that_it_holds() => Check(Prop.ForAll(Three(), ((TagVersion A, TagVersion B, TagVersion C) v) =>
        ((string[])["1.x", "^1.1", "~2.1", ">=1.1 <3", "1 - 2", "<=2.1", ">0.2"]).All(text =>
        {
            VersionRange.TryParse(text, out var range).ShouldBeTrue();
            return !(range!.Contains(v.A) && range.Contains(v.C) && v.A.CompareTo(v.B) <= 0 && v.B.CompareTo(v.C) <= 0) || range.Contains(v.B);
        })));

    [Fact]
    public void Whatever_is_written_is_a_range_or_none_and_never_a_failure() => Check(Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
    {
        _ = VersionRange.TryParse(text, out _);
        _ = TagVersion.TryParse(text, out _);
        _ = TagExpression.TryParse(text, out _, out _);
    }));

    private static Arbitrary<(TagVersion, TagVersion, TagVersion)> Three() => (from a in Versions from b in Versions from c in Versions select (a, b, c)).ToArbitrary();

    private static TagVersion Version(string text)
    {
        TagVersion.TryParse(text, out var version).ShouldBeTrue(text);
        return version!;
    }

    private static void Check(Property property) => property.QuickCheckThrowOnFailure();
}
