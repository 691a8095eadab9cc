using Microsoft.Extensions.Logging.Abstractions;
using Plimsoll.Candidates;
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
        await Should.ThrowAsync<InvalidTimeZoneException>(ScanAsync);

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

    private void Put(params string[] tags)
    {
        foreach (var tag in tags)
        {
            _shelf.Contents[tag] = tag;
        }
    }

    private Task AddStageAsync(string name, string pattern) =>
        _apps.Store.WriteAsync(scope => _apps.Stages.Add(scope, Given.Stage with { ProjectId = _project, Name = name, TagPattern = pattern }), Token);

    private Task ScanAsync() => (_scan ??= new RegistryScan(
        _apps.Projects, _apps.Stages, new NothingLive(), _apps.Desk(_client), new SeenTags(_apps.Store, TimeProvider.System), _judge,
        TimeProvider.System, NullLogger<RegistryScan>.Instance)).RunAsync(Token);

    private sealed class NothingLive : ILiveTags
    {
        public IReadOnlyDictionary<long, string> LiveTags() => new Dictionary<long, string>();
    }
}
