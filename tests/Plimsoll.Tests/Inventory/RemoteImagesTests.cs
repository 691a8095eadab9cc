using Plimsoll.Apps.Policies;
using Plimsoll.Candidates;
using Plimsoll.Decisions;
using Plimsoll.Inventory.Containers;
using Plimsoll.Registry;
using Plimsoll.Tests.Apps.Support;
using Plimsoll.Tests.Candidates;
using Plimsoll.Tests.Registry;

namespace Plimsoll.Tests.Inventory;

public sealed class RemoteImagesTests : IAsyncLifetime
{
    private readonly RegistryClient _client = Clients.New();
    private AppsStore _apps = null!;
    private TagShelf _shelf = null!;
    private RegistryDesk _desk = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _apps = await AppsStore.CreateAsync();
        _shelf = await TagShelf.StartAsync("latest", "1.4.0", "1.10.2", "2.0.0", "1.11.0-rc.1");
        _desk = _apps.Desk(_client);
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _shelf.DisposeAsync();
        await _apps.DisposeAsync();
    }

    [Fact]
    public async Task Twenty_containers_of_one_image_cost_one_question_and_what_a_stage_asked_moments_ago_costs_none()
    {
        var reference = ImageReference.Parse(_shelf.Repository + ":latest");
        await _desk.ResolveAsync(reference, null, Freshness.Poll, Token);

        var remote = Open();
        var looks = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => remote.LookAsync(reference, PolicyLabels.Read(new Dictionary<string, string>()), Token)));

        looks.Select(look => look.Digest).Distinct().ShouldHaveSingleItem().ShouldNotBeNull();
        _shelf.Asked("latest").ShouldBe(1);
    }

    [Fact]
    public async Task Who_follows_versions_is_offered_the_newest_that_is_wanted()
    {
        var labels = PolicyLabels.Read(new Dictionary<string, string> { ["plimsoll.policy.follow"] = "semver 1.x" });

        var look = await Open().LookAsync(ImageReference.Parse(_shelf.Repository + ":1.4.0"), labels, Token);

        look.Tag.ShouldBe("1.10.2");
        look.Digest.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_registry_that_says_no_is_a_look_with_its_sentence()
    {
        var look = await Open().LookAsync(ImageReference.Parse(_shelf.Repository + ":gone"), PolicyLabels.Read(new Dictionary<string, string>()), Token);

        (look.Digest, look.ProblemCode).ShouldBe((null, ReasonCode.ImageNotFound));
        look.Problem.ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("semver 1.x", "v1.2.0", "v1.2.0")]
    [InlineData("semver 1.x", "1.2.0", "1.2.0")]
    [InlineData("semver >=3", "1.2.0", null)]
    public void Of_two_names_of_one_version_the_own_one_is_the_newest(string follow, string own, string? expected)
    {
        var rules = PolicyRules.Of(Policy.Default with { Follow = follow });

        NewestVersion.Of(["1.1.0", "v1.2.0", "1.2.0", "latest"], rules, own).ShouldBe(expected);
    }

    private RemoteImages Open() => new(_desk, _ => null, Freshness.Poll);
}
