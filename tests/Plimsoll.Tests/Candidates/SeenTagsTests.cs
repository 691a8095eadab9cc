using Plimsoll.Candidates;
using Plimsoll.Tests.Apps.Support;

namespace Plimsoll.Tests.Candidates;

public sealed class SeenTagsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_tag_is_new_until_it_is_remembered()
    {
        await using var apps = await AppsStore.CreateAsync();
        var seen = new SeenTags(apps.Store, TimeProvider.System);
        seen.FindNew("docker.io/acme/shop", ["v1", "v2"], []).Tags.ShouldBe(["v1", "v2"]);
        seen.FindNew("docker.io/acme/shop", ["v1", "v2"], []).Tags.ShouldBe(["v1", "v2"], "looking alone changes nothing");

        await seen.RememberAsync("docker.io/acme/shop", ["v1"], [], Token);
        await seen.RememberAsync("docker.io/acme/shop", ["v1"], [], Token);

        seen.FindNew("docker.io/acme/shop", ["v1", "v2"], []).Tags.ShouldBe(["v2"]);
        seen.FindNew("docker.io/acme/other", ["v1"], []).Tags.ShouldBe(["v1"]);
        seen.FindNew("docker.io/acme/shop", ["V1"], []).Tags.ShouldBe(["V1"], "tags know upper and lower case");
    }

    [Fact]
    public async Task A_pattern_is_new_until_it_was_looked_with_even_where_it_found_nothing()
    {
        await using var apps = await AppsStore.CreateAsync();
        var seen = new SeenTags(apps.Store, TimeProvider.System);

        await seen.RememberAsync("docker.io/acme/shop", [], ["v*"], Token);

        seen.FindNew("docker.io/acme/shop", [], ["v*", "dev-*"]).Patterns.ShouldBe(["dev-*"]);
        seen.FindNew("docker.io/acme/other", [], ["v*"]).Patterns.ShouldBe(["v*"]);
    }
}
