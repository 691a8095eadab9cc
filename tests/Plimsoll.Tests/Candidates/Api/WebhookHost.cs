using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Plimsoll.Access;
using Plimsoll.Access.Audit;
using Plimsoll.Candidates;
using Plimsoll.Candidates.Hooks;
using Plimsoll.Plumbing;
using Plimsoll.Plumbing.Database;
using Plimsoll.Registry;
using Plimsoll.Tests.Apps.Support;
using Plimsoll.Tests.Candidates.Senders;

namespace Plimsoll.Tests.Candidates.Api;

/// <summary>The chapter behind a real door, with a registry that has some tags and a judge that says yes to everything.</summary>
internal sealed class WebhookHost : IAsyncDisposable
{
    private WebhookHost(AppsHost apps, TagShelf shelf, RecordingJudge judge)
    {
        Apps = apps;
        Shelf = shelf;
        Judge = judge;
    }

    public AppsHost Apps { get; }

    public TagShelf Shelf { get; }

    public RecordingJudge Judge { get; }

    public HttpClient Admin => Apps.Admin;

    /// <summary>The registry's host and port.</summary>
    public string RegistryHost => Shelf.Repository.Split('/')[0];

    public string RepositoryPath => Shelf.Repository[(RegistryHost.Length + 1)..];

    public static async Task<WebhookHost> StartAsync()
    {
        var shelf = await TagShelf.StartAsync("v1", "v2", "v3");
        var judge = new RecordingJudge();
        var apps = await AppsHost.StartAsync(
            services => services
                .AddSingleton(provider => new RegistryClient(new RegistryClientOptions(), provider.GetRequiredService<TimeProvider>()))
                .AddSingleton<RecentAnswers>().AddSingleton<RegistryDesk>().AddSingleton<DeliveryStore>().AddSingleton<ProjectAutoCreation>().AddSingleton<ICandidateJudge>(judge)
                .AddSingleton<IDeploymentWatch, NoDeployments>().AddSingleton<Stopping>().AddWebhooks().AddJobs().AddHostedService<DeliveryReader>(),
            routes =>
            {
                routes.MapAccess();
                routes.MapCandidates();
            });
        apps.Get<Store>().Recorder = apps.Get<AuditLog>();
        await apps.Get<WebhookStore>().PrepareAsync(TestContext.Current.CancellationToken);
        var host = new WebhookHost(apps, shelf, judge);
        await apps.Operator.SendAsync("POST", "/api/projects", $$"""{ "name": "shop", "image": "{{shelf.Repository}}" }""");
        return host;
    }

    public async Task<string> PathAsync(string webhook = "default") => (string)(await Admin.SendAsync("GET", $"/api/webhooks/{webhook}")).ShouldBeOk().Data["path"]!;

    public async Task<JsonNode> AddAsync(string body) => (await Admin.SendAsync("POST", "/api/webhooks", body)).ShouldBe(System.Net.HttpStatusCode.Created, 0).Data;

    /// <summary>An envelope of one push to the registry.</summary>
    public string Push(string tag, string eventId, string? digest = null)
    {
        var body = JsonNode.Parse(SampleMessages.Text("distribution-v2"))!;
        var one = body["events"]![0]!;
        one["id"] = eventId;
        one["target"]!["repository"] = RepositoryPath;
        one["target"]!["tag"] = tag;
        one["target"]!["digest"] = digest ?? SampleMessages.SomeDigest;
        one["request"]!["host"] = RegistryHost;
        return body.ToJsonString();
    }

    public Task<Reply> SendAsync(string path, string body, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, path, Encoding.UTF8.GetBytes(body), headers);

    public async Task<Reply> SendAsync(HttpMethod method, string path, byte[]? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new ByteArrayContent(body) };
        foreach (var (name, value) in headers)
        {
            if (name == "Content-Type")
            {
                request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(value);
            }
            else
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var answer = await Apps.Nobody.SendAsync(request, TestContext.Current.CancellationToken);
        return new Reply(answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    public async Task<JsonArray> MessagesAsync(string webhook = "default", HttpClient? caller = null) =>
        (await (caller ?? Apps.Viewer).SendAsync("GET", $"/api/webhooks/{webhook}/messages?limit=200")).ShouldBeOk().Data.AsArray();

    /// <summary>A caller who may see only these projects.</summary>
    public async Task<HttpClient> RestrictedAsync(string role, params string[] projects)
    {
        var made = await Apps.Get<TokenChanges>().AddAsync(
            $"restricted {role} {string.Join(' ', projects)}", role, null, new Caller("tests", Role.Admin, SignInWay.Token), TestContext.Current.CancellationToken, projects);
        return new HttpClient { BaseAddress = Apps.Admin.BaseAddress, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", made.Value.Secret.Text) } };
    }

    public async ValueTask DisposeAsync()
    {
        await Apps.DisposeAsync();
        await Shelf.DisposeAsync();
    }

    private sealed class NoDeployments : IDeploymentWatch
    {
        public Task<(string State, string? Reason)?> WaitAsync(string deploymentId, CancellationToken timeIsOver) =>
            Task.FromResult<(string State, string? Reason)?>(("succeeded", $"{deploymentId} is live."));
    }
}
