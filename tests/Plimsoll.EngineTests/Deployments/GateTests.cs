using Plimsoll.EngineTests.Support;

namespace Plimsoll.EngineTests.Deployments;

/// <summary>What a new container has to do before it gets traffic, and how long it is waited for.</summary>
public sealed class GateTests(EngineWorld world)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Good_answers_count_only_in_a_row()
    {
        const string project = "in-a-row";
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var image = await AddAsync(plimsoll, project, ImageKind.TakesTurns, "/cgi-bin/turn", new { successes = 3 }, answers: "200 200 503 200 200 200");

        var answer = await plimsoll.PushAsync(image, Token);

        ((string)answer["state"]!).ShouldBe("succeeded", answer.ToJsonString());
        using var asked = await plimsoll.GetThroughEdgeAsync($"stage-rel-{project}.localhost", "/cgi-bin/asked", Token);
        (await asked.Content.ReadAsStringAsync(Token)).Trim().ShouldBe("6", "two good answers, a bad one, and then three good ones");
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_the_reason_names_it()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var image = await AddAsync(plimsoll, "redirects", ImageKind.TakesTurns, "/cgi-bin/turn", new { deadlineSeconds = 2 }, answers: "302");

        var answer = await plimsoll.PushAsync(image, Token);

        ((string)answer["state"]!).ShouldBe("rolled-back", answer.ToJsonString());
        ((string)answer["outcome"]!).ShouldContain("/cgi-bin/turn answered 302, a redirect to /elsewhere; redirects are not followed");
        var end = await plimsoll.ReadDeploymentAsync((string)answer["deployId"]!, Token);
        ((string)end["reasonCode"]!).ShouldBe("health-deadline");
        ((string)end["failure"]!["lastProbe"]!).ShouldContain("answered 302");
        end["failure"]!["exitCode"].ShouldBeNull("it still ran");
    }

    [Fact]
    public async Task A_redirect_is_as_good_as_any_answer_where_the_project_says_so()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var image = await AddAsync(plimsoll, "redirects-well", ImageKind.TakesTurns, "/cgi-bin/turn", new { status = "200-399" }, answers: "302");

        ((string)(await plimsoll.PushAsync(image, Token))["state"]!).ShouldBe("succeeded");
    }

    [Fact]
    public async Task A_bad_answer_is_told_in_the_reason()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var image = await AddAsync(plimsoll, "cold-cache", ImageKind.TakesTurns, "/cgi-bin/turn", new { deadlineSeconds = 1 }, answers: "503");

        ((string)(await plimsoll.PushAsync(image, Token))["outcome"]!).ShouldContain("/cgi-bin/turn answered 503: turn 1: the cache is cold");
    }

    /// <summary>Nothing is asked for minutes and the deadline is an hour away: what ends the wait is the engine's word.</summary>
    [Theory]
    [InlineData(ImageKind.ExitsAtOnce, "container-exited")]
    [InlineData(ImageKind.Unhealthy, "unhealthy")]
    public async Task A_hopeless_candidate_is_given_up_at_once_however_seldom_it_is_asked(ImageKind kind, string reasonCode)
    {
        var project = "hopeless-" + reasonCode;
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var image = await AddAsync(plimsoll, project, kind, "/nothing-here", new { intervalSeconds = 300, deadlineSeconds = 3600 });

        var answer = await plimsoll.PushAsync(image, Token);

        ((string)answer["state"]!).ShouldBe("rolled-back", answer.ToJsonString());
        var end = await plimsoll.ReadDeploymentAsync((string)answer["deployId"]!, Token);
        ((string)end["reasonCode"]!).ShouldBe(reasonCode);
    }

    /// <summary>Healthy after 4 seconds, with a start period of two minutes in its HEALTHCHECK.</summary>
    [Theory]
    [InlineData(null, "succeeded")]
    [InlineData(0, "rolled-back")]
    public async Task The_start_period_of_an_images_own_check_comes_before_the_deadline_unless_the_project_says_otherwise(int? startSeconds, string state)
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var image = await AddAsync(plimsoll, $"starts-{state}", ImageKind.HealthyLate, "", new { startSeconds, deadlineSeconds = 1 });

        ((string)(await plimsoll.PushAsync(image, Token))["state"]!).ShouldBe(state);
    }

    private async Task<TestImage> AddAsync(PlimsollProcess plimsoll, string project, ImageKind kind, string healthPath, object health, string answers = "200")
    {
        var image = await world.Images.PublishAsync(kind, "v1", project, "v1", Token);
        await plimsoll.AddProjectAsync(project, image.Repository, Token, healthPath: healthPath);
        await plimsoll.Api.SendDataAsync(HttpMethod.Put, $"projects/{project}", new { health, env = new Dictionary<string, string> { ["ANSWERS"] = answers } }, Token);
        return image;
    }
}
