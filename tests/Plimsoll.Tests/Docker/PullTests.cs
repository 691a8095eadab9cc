using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Plimsoll.Docker;

namespace Plimsoll.Tests.Docker;

public sealed class PullTests
{
    private const string Inspected = """{"Id":"sha256:aa","RepoTags":["reg.example/org/app:1"],"RepoDigests":["reg.example/org/app@sha256:bb"]}""";

    private static readonly PullRequest Request = new("reg.example/org/app", "1");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pull_answers_with_the_image_that_is_then_there()
    {
        await using var server = await EngineDouble.StartAsync();
        Answer(server, """{"status":"Pulling from org/app","id":"1"}""", """{"status":"Digest: sha256:bb"}""");
        server.On("GET", "/images/reg.example/org/app:1/json", 200, Inspected);
        await using var client = server.Connect();

        var image = await client.Images.PullAsync(Request, progress: null, Token);

        image.Id.ShouldBe("sha256:aa");
        image.DigestIn("reg.example/org/app").ShouldBe("sha256:bb");
        var seen = server.Requests.Single(request => request.Path == "/images/create");
        seen.Parameter("fromImage").ShouldBe("reg.example/org/app");
        seen.Parameter("tag").ShouldBe("1");
        seen.RegistryAuth.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_error_in_the_middle_of_the_stream_is_a_failed_pull()
    {
        await using var server = await EngineDouble.StartAsync();
        Answer(
            server,
            """{"status":"Pulling from org/app","id":"1"}""",
            """{"status":"Downloading","progressDetail":{"current":1,"total":9},"id":"layer"}""",
            """{"errorDetail":{"message":"write /var/lib/docker/tmp/x: no space left on device"},"error":"write /var/lib/docker/tmp/x: no space left on device"}""");
        server.On("GET", "/images/reg.example/org/app:1/json", 200, Inspected);
        await using var client = server.Connect();

        var fault = await Should.ThrowAsync<ImagePullException>(client.Images.PullAsync(Request, progress: null, Token));

        fault.Failure.ShouldBe(PullFailure.DiskFull);
        fault.Message.ShouldStartWith("Could not pull image \"reg.example/org/app:1\": write ");
        server.Requests.ShouldNotContain(request => request.Path.EndsWith("/json"));
    }

    [Theory]
    [InlineData("""{"error":"toomanyrequests: slow down"}""")]
    [InlineData("""{"errorDetail":{"message":"toomanyrequests: slow down"}}""")]
    public async Task Either_form_of_the_error_counts(string line)
    {
        await using var server = await EngineDouble.StartAsync();
        Answer(server, line);
        await using var client = server.Connect();

        (await Should.ThrowAsync<ImagePullException>(client.Images.PullAsync(Request, null, Token))).Failure.ShouldBe(PullFailure.RateLimited);
    }

    [Fact]
    public async Task An_error_before_the_stream_is_a_failed_pull_too()
    {
        await using var server = await EngineDouble.StartAsync();
        server.On("POST", "/images/create", 404, """{"message":"manifest for reg.example/org/app:1 not found: manifest unknown"}""");
        await using var client = server.Connect();

        var fault = await Should.ThrowAsync<ImagePullException>(client.Images.PullAsync(Request, null, Token));

        fault.Failure.ShouldBe(PullFailure.NotFound);
        fault.StatusCode.ShouldBe(404);
    }

    [Fact]
    public async Task A_connection_cut_in_the_middle_is_a_lost_engine_even_if_an_older_image_has_the_tag()
    {
        await using var server = await EngineDouble.StartAsync();
        var reports = new Reports();
        server.On("POST", "/images/create", async context =>
        {
            await context.Response.WriteAsync("""{"status":"Pulling from org/app","id":"1"}""" + "\r\n");
            await context.Response.Body.FlushAsync();
            await reports.First.Task;
            context.Abort();
        });
        server.On("GET", "/images/reg.example/org/app:1/json", 200, Inspected);
        await using var client = server.Connect();

        var fault = await Should.ThrowAsync<DockerUnavailableException>(client.Images.PullAsync(Request, reports, Token));

        fault.OutcomeIsUnknown.ShouldBeTrue();
        fault.Message.ShouldContain("reg.example/org/app:1");
    }

    [Fact]
    public async Task A_pull_that_the_engine_broke_off_because_it_stops_is_a_lost_engine()
    {
        await using var server = await EngineDouble.StartAsync();
        Answer(server, """{"errorDetail":{"message":"context canceled"},"error":"context canceled"}""");
        await using var client = server.Connect();

        await Should.ThrowAsync<DockerUnavailableException>(client.Images.PullAsync(Request, null, Token));
    }

    [Fact]
    public async Task A_success_without_an_image_is_not_believed()
    {
        await using var server = await EngineDouble.StartAsync();
        Answer(server, """{"status":"Status: Downloaded newer image"}""");
        server.On("GET", "/images/reg.example/org/app:1/json", 404, """{"message":"No such image"}""");
        await using var client = server.Connect();

        (await Should.ThrowAsync<ImagePullException>(client.Images.PullAsync(Request, null, Token))).Message.ShouldContain("does not have the image");
    }

    [Fact]
    public async Task A_digest_is_looked_up_as_a_digest()
    {
        await using var server = await EngineDouble.StartAsync();
        Answer(server, """{"status":"Status: Image is up to date"}""");
        server.On("GET", "/images/reg.example/org/app@sha256:bb/json", 200, Inspected);
        await using var client = server.Connect();

        (await client.Images.PullAsync(Request with { TagOrDigest = "sha256:bb" }, null, Token)).Id.ShouldBe("sha256:aa");
    }

    [Fact]
    public async Task The_credential_goes_in_its_header_and_nowhere_else()
    {
        await using var server = await EngineDouble.StartAsync();
        server.On("POST", "/images/create", 500, """{"message":"unauthorized: sign in"}""");
        await using var client = server.Connect();
        var credential = new RegistryCredential("reg.example", "anna", "pass?>~word", null);

        var fault = await Should.ThrowAsync<ImagePullException>(client.Images.PullAsync(Request with { Credential = credential }, null, Token));

        fault.Failure.ShouldBe(PullFailure.Denied);
        var header = server.Requests.Last().RegistryAuth;
        header.ShouldNotContain("+");
        header.ShouldNotContain("/");
        var sent = JsonNode.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(header.Replace('-', '+').Replace('_', '/'))))!;
        ((string?)sent["username"]).ShouldBe("anna");
        ((string?)sent["password"]).ShouldBe("pass?>~word");
        ((string?)sent["serveraddress"]).ShouldBe("reg.example");
        fault.ToString().ShouldNotContain("pass?>~word");
        (Request with { Credential = credential }).ToString().ShouldNotContain("pass?>~word");
    }

    [Fact]
    public async Task Progress_adds_up_the_layers()
    {
        await using var server = await EngineDouble.StartAsync();
        Answer(
            server,
            """{"status":"Pulling from org/app","id":"1"}""",
            """{"status":"Already exists","progressDetail":{},"id":"a"}""",
            """{"status":"Pulling fs layer","progressDetail":{},"id":"b"}""",
            """{"status":"Pulling fs layer","progressDetail":{},"id":"c"}""",
            """{"status":"Downloading","progressDetail":{"current":10,"total":100},"id":"b"}""",
            """{"status":"Downloading","progressDetail":{"current":20,"total":50},"id":"c"}""",
            """{"status":"Download complete","progressDetail":{},"id":"c"}""",
            """{"status":"Extracting","progressDetail":{"current":1,"total":50},"id":"c"}""",
            """{"status":"Pull complete","progressDetail":{},"id":"c"}""",
            """{"status":"Pull complete","progressDetail":{},"id":"b"}""",
            """{"status":"Status: Downloaded newer image for reg.example/org/app:1"}""");
        server.On("GET", "/images/reg.example/org/app:1/json", 200, Inspected);
        await using var client = server.Connect();
        var reports = new Reports();

        await client.Images.PullAsync(Request, reports, Token);

        reports.Seen[0].BytesTotal.ShouldBeNull();
        reports.Seen[5].ShouldBe(new PullProgress("Downloading", 1, 3, 30, 150));
        reports.Seen[8].ShouldBe(new PullProgress("Pull complete", 2, 3, 60, 150));
        reports.Seen[^1].ShouldBe(new PullProgress("Status: Downloaded newer image for reg.example/org/app:1", 3, 3, 150, 150));
    }

    private static void Answer(EngineDouble server, params string[] lines) =>
        server.On("POST", "/images/create", 200, string.Join("\r\n", lines) + "\r\n");

    private sealed class Reports : IProgress<PullProgress>
    {
        public List<PullProgress> Seen { get; } = [];

        public TaskCompletionSource First { get; } = new();

        public void Report(PullProgress value)
        {
            Seen.Add(value);
            First.TrySetResult();
        }
    }
}
