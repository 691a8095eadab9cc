using FsCheck;
using FsCheck.Fluent;
using Plimsoll.Apps;

namespace Plimsoll.Tests.Apps;

public sealed class HostNamesTests
{
    private static readonly Settings Family = new() { Domain = "example.org" };

    private static readonly Arbitrary<string> Names =
        Gen.Elements("a", "B", "0", "-", ".", "_", "ü", " ", "x".PadLeft(20, 'x'), "/", "tag").ListOf().Select(string.Concat).ToArbitrary();

    [Theory]
    [InlineData("dev", null, "stage-dev-shop.example.org")]
    [InlineData("prod", "launcher", "launcher.example.org")]
    public void A_stage_has_the_name_of_the_convention_or_its_own(string stage, string? subdomain, string host) =>
        HostNames.ForStage(Family, "shop", Stage(stage, subdomain)).ShouldBe(host);

    [Theory]
    [InlineData("dev", "abc123", "stage-dev-shop-abc123.example.org")]
    [InlineData("rel", "v1.2.0", "stage-rel-shop-v1-2-0.example.org")]
    [InlineData("rel", "V1__2", "stage-rel-shop-v1-2.example.org")]
    public void A_tag_of_a_stage_has_a_name_of_its_own(string stage, string tag, string host) =>
        HostNames.ForTag(Family, "shop", Stage(stage, null), tag).ShouldBe(host);

    [Fact]
    public void A_stage_with_a_name_of_its_own_shows_no_tags_to_the_world() =>
        HostNames.ForTag(Family, "shop", Stage("prod", "shop"), "v1").ShouldBeNull();

    [Fact]
    public void Every_label_is_one_that_dns_takes() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2_000),
        Prop.ForAll(Names, text => IsLabel(HostNames.Label(text)) && HostNames.Label(HostNames.Label(text)) == HostNames.Label(text)));

    [Fact]
    public void Cutting_a_long_name_never_makes_two_names_one()
    {
        var beginning = Gen.Choose(1, 90).Select(length => new string('a', length));
        var ending = Gen.Choose(0, 100_000).Select(number => $"b{number}");
        var pairs =
            from start in beginning
            from first in ending
            from second in ending
            select (First: start + first, Second: start + second);
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2_000),
            Prop.ForAll(pairs.ToArbitrary(), pair => pair.First == pair.Second || HostNames.Label(pair.First) != HostNames.Label(pair.Second)));
    }

    [Fact]
    public void A_name_that_is_taken_gets_another_that_is_always_the_same_and_fits()
    {
        var host = $"{new string('a', 63)}.example.org";
        var apart = HostNames.Apart(host, "shop / dev");
        apart.ShouldBe(HostNames.Apart(host, "shop / dev"));
        apart.ShouldNotBe(HostNames.Apart(host, "shop / rel"));
        apart.ShouldEndWith(".example.org");
        IsLabel(apart.Split('.')[0]).ShouldBeTrue(apart);
    }

    [Fact]
    public void A_name_without_a_single_usable_letter_still_gets_a_label() =>
        IsLabel(HostNames.Label("___")).ShouldBeTrue();

    private static Stage Stage(string name, string? subdomain) => new() { Name = name, TagPattern = "*", Subdomain = subdomain };

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-'
        && label.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
