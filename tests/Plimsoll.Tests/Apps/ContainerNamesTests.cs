using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Plimsoll.Apps;
using Plimsoll.Plumbing;

namespace Plimsoll.Tests.Apps;

public sealed class ContainerNamesTests
{
    [Theory]
    [InlineData("shop", "dev", "dev-abc123", "shop-dev-dev-abc123-k2m4")]
    [InlineData("shop", "rel", "v1.2.0", "shop-rel-v1-2-0-k2m4")]
    [InlineData("shop", "rel", "V1_RC", "shop-rel-v1-rc-k2m4")]
    public void A_container_is_named_after_what_it_runs(string project, string stage, string tag, string name) =>
        ContainerNames.For(project, stage, tag, "k2m4").ShouldBe(name);

    [Fact]
    public void Every_tag_makes_a_name_that_the_engine_takes()
    {
        var tags = Gen.Elements('a', 'Z', '0', '.', '_', '-').ListOf().Select(letters => string.Concat(letters.Take(128))).Where(tag => tag.Length > 0);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(tags.ToArbitrary(), tag =>
        {
            var id = ShortId.New();
            var name = ContainerNames.For(new string('p', 63), new string('s', 63), tag, id);
            return name.Length < 200 && name.EndsWith("-" + id, StringComparison.Ordinal) && Regex.IsMatch(name, @"\A[a-zA-Z0-9][a-zA-Z0-9_.-]+\z");
        }));
    }

    [Fact]
    public void Two_deployments_of_one_tag_have_two_names() =>
        ContainerNames.For("shop", "dev", "v1", ShortId.New()).ShouldNotBe(ContainerNames.For("shop", "dev", "v1", ShortId.New()));
}
