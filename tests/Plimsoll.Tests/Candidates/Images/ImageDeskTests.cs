using Plimsoll.Apps.Policies;
using Plimsoll.Candidates;
using Plimsoll.Candidates.Images;
using Plimsoll.Decisions;
using Plimsoll.Registry;
using Plimsoll.Tests.Deployments.Support;
using Plimsoll.Tests.Support;

namespace Plimsoll.Tests.Candidates.Images;

public sealed class ImageDeskTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_image_is_read_once_however_often_and_by_however_many_it_is_asked_about()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        var asked = 0;
        world.ReadImage = (reference, _, _) =>
        {
            Interlocked.Increment(ref asked);
            reference.Digest.ShouldBe(Given.Digest("v1"));
            return Task.FromResult(Image("v1", version: "1.0"));
        };

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => world.Intake.JudgeAsync(Given.Candidate("v1"), Token), Token)));
        await world.Intake.JudgeAsync(Given.Candidate("v1"), Token);

        asked.ShouldBe(1);
        (await world.WriteAsync(scope => ImageBook.FindIn(scope, Given.Project.Repository, Given.Digest("v1"))))!.Contents!.Version.ShouldBe("1.0");
    }

    [Fact]
    public async Task What_is_refused_anyway_is_not_read()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        world.ReadImage = (_, _, _) => throw new InvalidOperationException("Nobody needs to know.");

        (await world.Intake.JudgeAsync(Given.Candidate("dev-1"), Token))[0].ReasonCode.ShouldBe(ReasonCode.TagDoesNotMatch);
    }

    [Fact]
    public async Task A_registry_that_cannot_tell_never_blocks_a_deployment_and_is_left_in_peace_for_a_while()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        await world.WriteAsync(scope => world.Apps.Stages.Update(scope, world.Stage with { AutoDeploy = false }));
        var asked = 0;
        var silent = world.ReadImage;
        world.ReadImage = (reference, registry, token) =>
        {
            asked++;
            return silent(reference, registry, token);
        };

        (await world.Intake.JudgeAsync(Given.Candidate("v1"), Token))[0].ReasonCode.ShouldBe(ReasonCode.AutoDeployOff);
        await world.Intake.JudgeAsync(Given.Candidate("v1"), Token);
        asked.ShouldBe(1);
        world.Time.Advance(TimeSpan.FromMinutes(16));
        await world.Intake.JudgeAsync(Given.Candidate("v1", CandidateTrigger.Manual), Token);
        asked.ShouldBe(2);

        world.Deployments.List(null, null, null, 10).ShouldHaveSingleItem();
        world.Decisions.List(new DecisionFilter(), 1)[0].Changes!.ShouldContain("There is no registry.");
    }

    [Fact]
    public async Task What_changed_is_in_the_decision_and_in_the_deployment_that_follows()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        await world.AddInstanceAsync("live", "v1", Plimsoll.Deployments.Standing.Live);
        world.ReadImage = (reference, _, _) => Task.FromResult(reference.Digest == Given.Digest("v1") ? Image("v1", "1.0", 1_000_000) : Image("v2", "2.0", 3_000_000));

        await world.Intake.JudgeAsync(Given.Candidate("v2"), Token);

        world.Decisions.List(new DecisionFilter(), 1)[0].Changes!.ShouldContain("\"sizeDifference\":2000000");
        world.Deployments.List(null, null, null, 1)[0].Changes.ShouldBe("What changed: version 1.0 → 2.0; revision v1 → v2; +1.9 MiB to pull; https://github.com/acme/shop/compare/v1...v2.");
    }

    [Fact]
    public async Task The_same_image_for_this_platform_under_a_new_digest_is_no_update()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        await world.AddInstanceAsync("live", "v1", Plimsoll.Deployments.Standing.Live);
        world.ReadImage = (_, _, _) => Task.FromResult(Image("same"));

        (await world.Intake.JudgeAsync(Given.Candidate("v1") with { Artifact = Given.Artifact("v1", "another index") }, Token))[0].ReasonCode.ShouldBe(ReasonCode.SameOnThisPlatform);
    }

    [Fact]
    public async Task Without_a_time_of_building_the_age_counts_from_the_first_sight()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        await world.WriteAsync(scope => world.Apps.Stages.Update(scope, world.Stage with { Policy = new Policy { MinimumAge = "2h" } }));
        world.ReadImage = (_, _, _) => Task.FromResult(Image("v1") with { Created = DateTimeOffset.UnixEpoch });
        var seen = world.Time.GetUtcNow();

        await world.Intake.JudgeAsync(Given.Candidate("v1"), Token);
        world.Time.Advance(TimeSpan.FromHours(1));
        await world.Intake.JudgeAsync(Given.Candidate("v1"), Token);

        world.Decisions.List(new DecisionFilter(), 1)[0].LookAgainAt.ShouldBe(seen.AddHours(2));
    }

    [Fact]
    public void What_is_kept_is_bounded_and_values_that_look_secret_are_hidden()
    {
        var kept = ImageReading.Of(Image("x") with
        {
            Environment = ["PATH=/bin", "DB_PASSWORD=hunter2", .. Enumerable.Range(0, 1_000).Select(number => $"V{number}={new string('x', 5_000)}")],
            Entrypoint = ["/app", "line\nbreak"],
            Created = DateTimeOffset.UnixEpoch,
            Labels = new Dictionary<string, string> { ["org.opencontainers.image.source"] = "https://user:secret@github.com/acme/shop.git" },
        });

        kept.Environment.Count.ShouldBe(200);
        kept.Environment.ShouldContain(new ImageVariable("PATH", "/bin"));
        kept.Environment[1].Value.ShouldNotContain("hunter2");
        kept.Environment[5].Value.Length.ShouldBeLessThan(600);
        kept.Entrypoint.ShouldBe(["/app", "line break"]);
        kept.Created.ShouldBeNull();
        kept.Source.ShouldBe("https://github.com/acme/shop");
    }

    [Theory]
    [InlineData("https://github.com/acme/shop", "a1", "b2", "https://github.com/acme/shop/compare/a1...b2")]
    [InlineData("https://gitlab.com/acme/shop", "a1", "b2", "https://gitlab.com/acme/shop/-/compare/a1...b2")]
    [InlineData("https://git.example.org/acme/shop", "a1", "b2", "https://git.example.org/acme/shop/compare/a1...b2")]
    [InlineData("https://github.com/acme/shop", "a1", "a1", null)]
    [InlineData("https://github.com/acme/shop", "a1", "../x", null)]
    [InlineData("https://github.com/acme/shop", null, "b2", null)]
    [InlineData("https://example.org", "a1", "b2", null)]
    public void A_link_to_compare(string source, string? from, string? to, string? expected) => SourceLink.Compare(source, from, to).ShouldBe(expected);

    [Theory]
    [InlineData("git@github.com:acme/shop.git", "https://github.com/acme/shop")]
    [InlineData("git+https://github.com/acme/shop", "https://github.com/acme/shop")]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("file:///etc/passwd", null)]
    [InlineData("acme/shop", null)]
    public void Only_web_addresses_become_links(string label, string? expected) => SourceLink.Clean(label).ShouldBe(expected);

    [Fact]
    public void What_changed_names_variables_ports_and_the_rest()
    {
        var before = new ImageFacts(Given.Now, ImageReading.Of(Image("a", "1.0", 5_000_000) with { Environment = ["A=1", "B=1", "API_TOKEN=old"], ExposedTcpPorts = [80], Entrypoint = ["/a"] }));
        var after = new ImageFacts(Given.Now, ImageReading.Of(Image("b", "1.0", 1_000_000) with { Environment = ["A=2", "C=1", "API_TOKEN=new"], ExposedTcpPorts = [8080], Entrypoint = ["/b"] }));

        var changes = ImageChanges.Between(before, after)!;

        changes.Environment.ShouldBe([new("A", "1", "2"), new("API_TOKEN", ImageReading.Hidden, ImageReading.Hidden), new("B", "1", null), new("C", null, "1")]);
        changes.PortsAdded.ShouldBe([8080]);
        changes.PortsRemoved.ShouldBe([80]);
        changes.SizeDifference.ShouldBe(-4_000_000);
        changes.Summary().ShouldBe("What changed: revision a → b; −3.8 MiB to pull; variables A, API_TOKEN, −B, +C; another entrypoint; ports +8080, −80; https://github.com/acme/shop/compare/a...b.");
        ImageChanges.Between(null, null).ShouldBeNull();
        ImageChanges.Between(before, before)!.Summary().ShouldBeNull();
        ImageChanges.Between(new ImageFacts(Given.Now), after)!.Unknown.ShouldNotBeNull();
    }

    private static ImageConfiguration Image(string content, string? version = null, long? size = null) => new()
    {
        ManifestDigest = Given.Digest(content),
        ResolvedDigest = Given.Digest(content),
        LayerBytes = size,
        Labels = new Dictionary<string, string>
        {
            ["org.opencontainers.image.revision"] = content,
            ["org.opencontainers.image.source"] = "https://github.com/acme/shop",
            ["org.opencontainers.image.version"] = version ?? "",
        },
    };
}
