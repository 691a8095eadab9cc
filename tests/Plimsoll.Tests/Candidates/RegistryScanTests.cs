using Microsoft.Extensions.Logging.Abstractions;
using Plimsoll.Apps.Policies;
using Plimsoll.Candidates;
using Plimsoll.Candidates.Schedules;
using Plimsoll.Registry;
using Plimsoll.Tests.Apps.Support;
using Plimsoll.Tests.Registry;
using Plimsoll.Tests.Support;

namespace Plimsoll.Tests.Candidates;

public sealed class RegistryScanTests : IAsyncLifetime
{
    private readonly RecordingJudge _judge = new();
    private readonly RegistryClient _client = Clients.New();
    private AppsStore _apps = null!;
    private TagShelf _shelf = null!;
    private RegistryScan? _scan;
    private long _project;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _apps = await AppsStore.CreateAsync();
        _shelf = await TagShelf.StartAsync();
        _project = await _apps.Store.WriteAsync(scope => _apps.Projects.Add(scope, Given.Project with { Repository = _shelf.Repository }), Token);
        await AddStageAsync("rel", "v*");
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _shelf.DisposeAsync();
        await _apps.DisposeAsync();
    }

    [Fact]
    public async Task Which_of_the_old_tags_is_wanted_is_not_guessed_and_new_ones_are_judged_oldest_first()
    {
        Put("v1", "v2", "unrelated");
        await ScanAsync();
        _judge.Tags.ShouldBeEmpty();
        _judge.Refusals.ShouldHaveSingleItem().Reason.ShouldContain("2 matching tag(s) were there before");

        Put("v10", "v9");
        await ScanAsync();
        await ScanAsync();

        _judge.Tags.ShouldBe(["v9", "v10"]);
        _judge.Refusals.Count.ShouldBe(1);
    }

    /// <summary>A repository that was empty, or had only other tags, has been looked at all the same.</summary>
    [Fact]
    public async Task The_first_matching_tag_of_a_repository_that_had_none_is_a_new_one()
    {
        Put("latest");
        await ScanAsync();
        _judge.Refusals.ShouldBeEmpty();

        Put("v1");
        await ScanAsync();

        _judge.Tags.ShouldBe(["v1"]);
    }

    [Fact]
    public async Task Old_tags_that_only_a_new_stage_wants_were_there_before_it()
    {
        Put("v1", "dev-1", "dev-2");
        await ScanAsync();
        await AddStageAsync("dev", "dev-*");

        await ScanAsync();

        _judge.Tags.ShouldBeEmpty();
        _judge.Refusals.Count.ShouldBe(2);
        Put("dev-3");
        await ScanAsync();
        _judge.Tags.ShouldBe(["dev-3"]);
    }

    [Fact]
    public async Task A_tag_that_could_not_be_judged_is_new_again_at_the_next_scan()
    {
        await ScanAsync();
        Put("v1");
        _judge.Fails = _ => new InvalidTimeZoneException("the disk is full");
        await Should.ThrowAsync<InvalidTimeZoneException>(() => ScanAsync());

        _judge.Fails = _ => null;
        await ScanAsync();

        _judge.Tags.ShouldBe(["v1"]);
    }

    [Fact]
    public async Task A_tag_that_the_registry_could_not_answer_for_is_new_again_and_its_trouble_is_told_once()
    {
        await ScanAsync();
        Put("v1");
        _shelf.BeforeTag = _ => Task.FromResult(503);
        await ScanAsync();
        await ScanAsync();
        _judge.Refusals.ShouldHaveSingleItem().Verdict.ShouldBe(Verdict.Wait);

        _shelf.BeforeTag = _ => Task.FromResult(200);
        await ScanAsync();

        _judge.Tags.ShouldBe(["v1"]);
    }

    [Fact]
    public async Task Who_follows_versions_gets_the_newest_at_the_first_look_and_only_newer_ones_after_it()
    {
        await AddStageAsync("versions", "*", new Policy { Follow = "semver 1.x", Exclude = ["/-debug$/"] });
        Put("1.9.0", "1.10.0", "1.10", "2.0.0", "1.11.0-rc.1", "1.12.0-debug", "latest");
        await ScanAsync();
        _judge.Tags.ShouldBe(["1.10.0"]);

        Put("1.10.1");
        await ScanAsync();

        _judge.Tags.ShouldBe(["1.10.0", "1.10.1"]);
        _shelf.Asked("1.9.0").ShouldBe(0, "only the newest is asked for");
    }

    [Fact]
    public async Task Whoever_goes_over_from_versions_to_tags_does_not_get_all_that_came_meanwhile()
    {
        await AddStageAsync("versions", "1.*", new Policy { Follow = "semver" });
        Put("1.0.0");
        await ScanAsync();
        Put("1.1.0", "1.2.0");
        await ScanAsync();
        var stage = _apps.Stages.Find(_project, "versions")!;
        await _apps.Store.WriteAsync(scope => _apps.Stages.Update(scope, stage with { Policy = Policy.Default }), Token);
        _judge.Candidates.Clear();

        await ScanAsync();

        _judge.Tags.ShouldBeEmpty();
        Put("1.3.0");
        await ScanAsync();
        _judge.Tags.ShouldBe(["1.3.0"]);
    }

    [Fact]
    public async Task Excluded_tags_are_not_asked_for_and_are_not_new_when_they_are_let_in()
    {
        await AddStageAsync("some", "x*", new Policy { Exclude = ["x-*"] });
        await ScanAsync();
        Put("x-1", "x2");
        await ScanAsync();
        _judge.Tags.ShouldBe(["x2"]);
        _shelf.Asked("x-1").ShouldBe(0);

        var stage = _apps.Stages.Find(_project, "some")!;
        await _apps.Store.WriteAsync(scope => _apps.Stages.Update(scope, stage with { Policy = Policy.Default }), Token);
        await ScanAsync();

        _judge.Tags.ShouldBe(["x2"]);
    }

    [Fact]
    public async Task The_report_tells_of_this_scan_and_of_no_other()
    {
        await AddStageAsync("stable", "stable");
        Put("stable", "v1");
        _shelf.BeforeTag = _ => Task.FromResult(503);
        var troubled = await ScanAsync();
        (troubled.Looked, troubled.Found, troubled.Problems).ShouldBe((1, 0, 1));
        troubled.FirstProblem.ShouldNotBeNullOrEmpty();

        _shelf.BeforeTag = _ => Task.FromResult(200);
        Put("v2");

        (await ScanAsync()).ToString().ShouldBe("2 images, 2 to deploy");
    }

    private void Put(params string[] tags)
    {
        foreach (var tag in tags)
        {
            _shelf.Contents[tag] = tag;
        }
    }

    private Task AddStageAsync(string name, string pattern, Policy? policy = null) =>
        _apps.Store.WriteAsync(scope => _apps.Stages.Add(scope, Given.Stage with { ProjectId = _project, Name = name, TagPattern = pattern, Policy = policy ?? Policy.Default }), Token);

    private Task<JobReport> ScanAsync() => (_scan ??= new RegistryScan(
        _apps.Projects, _apps.Stages, new NothingLive(), _apps.Desk(_client), new SeenTags(_apps.Store, TimeProvider.System), _judge,
        TimeProvider.System, NullLogger<RegistryScan>.Instance)).RunAsync(Token);

    private sealed class NothingLive : ILiveTags
    {
        public IReadOnlyDictionary<long, string> LiveTags() => new Dictionary<long, string>();
    }
}
