using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.EngineTests.Api;

/// <summary>What holds for every address of the API, also for those that are added later.</summary>
public sealed class ApiContractTests(EngineWorld world)
{
    /// <summary>Open to everybody, on purpose. Whoever adds one says so here.</summary>
    private static readonly string[] Open =
        ["POST /api/auth/login", "POST /api/auth/logout", "GET /api/setup", "POST /api/setup", "POST /api/webhook/{secret}", "GET /api/webhook/{secret}", "GET /api/auth/ways", "POST /api/invite"];

    /// <summary>Changes that every signed-in caller may make: their own.</summary>
    private static readonly string[] EverybodysChanges = [
        // Puts what was typed into words.
        "POST /api/policies/preview",
        "POST /api/auth/password", "DELETE /api/auth/sessions", "DELETE /api/auth/sessions/{session}", "POST /api/auth/second-factor", "POST /api/auth/second-factor/confirm",
        "POST /api/auth/second-factor/recovery-codes", "POST /api/auth/second-factor/disable",
    ];

    private static readonly string[] ForAdmins =
    [
        "GET /api/auth/tokens", "POST /api/auth/tokens", "DELETE /api/auth/tokens/{id}", "PUT /api/settings", "GET /api/settings/webhook-url",
        "POST /api/settings/webhook-url/regenerate", "POST /api/config/import", "POST /api/registries", "PUT /api/registries/{id}",
        "DELETE /api/registries/{id}", "POST /api/registries/{id}/test", "GET /api/audit", "GET /api/users", "POST /api/users", "GET /api/users/{id}", "PUT /api/users/{id}",
        "DELETE /api/users/{id}", "POST /api/users/{id}/invite", "DELETE /api/users/{id}/second-factor", "GET /api/users/{id}/sessions", "DELETE /api/users/{id}/sessions",
        "DELETE /api/users/{id}/sessions/{session}", "POST /api/webhooks", "PUT /api/webhooks/{id}", "DELETE /api/webhooks/{id}", "POST /api/webhooks/{id}/regenerate", "POST /api/jobs", "PUT /api/jobs/{id}", "DELETE /api/jobs/{id}",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_address_is_closed_to_strangers_and_every_change_to_viewers()
    {
        await using var plimsoll = await StartAsync();
        using var nobody = plimsoll.Nobody();
        using var viewer = await plimsoll.WithRoleAsync("viewer", Token);
        using var operation = await plimsoll.WithRoleAsync("operator", Token);
        var document = await ApiDocument.ReadAsync(nobody, Token);
        document.Operations.Count.ShouldBeGreaterThan(30);
        document.Operations.Where(one => !one.AsksForRole).Select(one => one.Name).ShouldBe(Open, ignoreOrder: true);
        ForAdmins.ShouldBeSubsetOf(document.Operations.Select(one => one.Name));

        foreach (var one in document.Operations.Where(one => one.AsksForRole))
        {
            await ShouldRefuseAsync(nobody, one, HttpStatusCode.Unauthorized, 40100);
            if (ForAdmins.Contains(one.Name) || (one.Method != "GET" && !EverybodysChanges.Contains(one.Name)))
            {
                await ShouldRefuseAsync(viewer, one, HttpStatusCode.Forbidden, 40300);
            }

            if (ForAdmins.Contains(one.Name))
            {
                await ShouldRefuseAsync(operation, one, HttpStatusCode.Forbidden, 40300);
            }
        }
    }

    [Fact]
    public async Task A_removed_token_and_an_ended_session_open_nothing_and_a_token_of_another_project_sees_nothing_of_this_one()
    {
        await using var plimsoll = await StartAsync();
        var (other, mine) = await MakeProjectsAsync(plimsoll);
        var made = await plimsoll.Api.PostDataAsync("auth/tokens", new { name = "restricted", role = "operator", projects = new[] { mine } }, Token);
        using var restricted = plimsoll.Caller((string)made!["token"]!);
        using var expired = plimsoll.Caller((string)(await plimsoll.Api.PostDataAsync("auth/tokens", new { name = "short", role = "admin", expiresAt = DateTimeOffset.UtcNow.AddSeconds(1) }, Token))!["token"]!);
        using var ended = plimsoll.Nobody();
        await SignInAndOutAsync(ended);
        await Eventually.IsTrueAsync(async token => (await expired.GetAsync("auth/me", token)).StatusCode == HttpStatusCode.Unauthorized, TimeSpan.FromSeconds(20), () => "The token does not expire.", Token);
        using var nobody = plimsoll.Nobody();
        var document = await ApiDocument.ReadAsync(nobody, Token);

        other.ShouldBe(1, "the operations below name the first project");
        foreach (var one in document.Operations.Where(one => one.AsksForRole))
        {
            await ShouldRefuseAsync(expired, one, HttpStatusCode.Unauthorized, 40100);
            await ShouldRefuseAsync(ended, one, HttpStatusCode.Unauthorized, 40100);
            if (one.Path.StartsWith("/api/projects/{id}", StringComparison.Ordinal) || one.Path.StartsWith("/api/deploys/{id}", StringComparison.Ordinal))
            {
                await ShouldRefuseAsync(restricted, one, HttpStatusCode.NotFound, 40400);
            }
        }

        (await restricted.GetStringAsync("projects", Token)).ShouldNotContain("other-project");
    }

    [Fact]
    public async Task Every_answer_is_in_the_envelope()
    {
        await using var plimsoll = await StartAsync();
        var document = await ApiDocument.ReadAsync(plimsoll.Api, Token);
        foreach (var one in document.Operations.Where(one => one.Method != "DELETE" && !one.IsStream && !one.Name.EndsWith("/regenerate", StringComparison.Ordinal)))
        {
            using var answer = await plimsoll.Api.SendAsync(one, Token);
            var envelope = await answer.ReadEnvelopeAsync(Token);
            ((int)answer.StatusCode).ShouldBeLessThan(500, $"{one}: {envelope.Message}");
            (envelope.Code == 0).ShouldBe(answer.IsSuccessStatusCode, one.Name);
            if (envelope.Code != 0)
            {
                (envelope.Code / 100).ShouldBe((int)answer.StatusCode, one.Name);
            }
        }
    }

    [Theory]
    [InlineData("GET", "nothing", 404)]
    [InlineData("POST", "nothing/at/all", 404)]
    [InlineData("GET", "", 404)]
    [InlineData("GET", "other.json", 404)]
    [InlineData("GET", "auth/tokens/abc/def", 404)]
    [InlineData("PATCH", "projects", 405)]
    [InlineData("POST", "auth/login", 415)]
    public async Task What_nobody_takes_is_told_in_the_envelope_too(string method, string path, int status)
    {
        await using var plimsoll = await StartAsync();
        using var nobody = plimsoll.Nobody();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = method == "GET" ? null : new StringContent("username=admin", Encoding.UTF8, "application/x-www-form-urlencoded");

        using var answer = await nobody.SendAsync(request, Token);

        ((int)answer.StatusCode).ShouldBe(status);
        ((await answer.ReadEnvelopeAsync(Token)).Code / 100).ShouldBe(status);
    }

    [Fact]
    public async Task The_description_is_whole()
    {
        await using var plimsoll = await StartAsync();
        using var nobody = plimsoll.Nobody();
        var document = await ApiDocument.ReadAsync(nobody, Token);

        ((string)document.Root["openapi"]!).ShouldStartWith("3.");
        document.Operations.Select(one => (string?)one.Description["operationId"]).ShouldBeUnique();
        foreach (var one in document.Operations)
        {
            ((string?)one.Description["operationId"]).ShouldNotBeNullOrWhiteSpace(one.Name);
            ((string?)one.Description["summary"]).ShouldNotBeNullOrWhiteSpace(one.Name);
            one.Responses.Select(response => response.Key).ShouldContain(status => status.StartsWith('2'), one.Name);
            foreach (var (status, response) in one.Responses)
            {
                response!["content"].ShouldNotBeNull($"{one} {status}");
                var body = one.IsStream && status == "200" ? response["content"]!["text/event-stream"] : response["content"]!["application/json"]?["schema"];
                body.ShouldNotBeNull($"{one} {status}");
            }
        }

        foreach (var reference in document.References)
        {
            Find(document.Root, reference).ShouldNotBeNull(reference);
        }
    }

    private Task<PlimsollProcess> StartAsync() => PlimsollProcess.StartNewAsync(new PlimsollSettings { DockerHost = world.Engine.Endpoint }, Token);

    private static async Task<(long Other, string Mine)> MakeProjectsAsync(PlimsollProcess plimsoll)
    {
        var other = await plimsoll.Api.PostDataAsync("projects", new { name = "other-project", image = "registry.example/other" }, Token);
        await plimsoll.Api.PostDataAsync("projects", new { name = "my-project", image = "registry.example/mine" }, Token);
        return ((long)other!["id"]!, "my-project");
    }

    /// <summary>Leaves the caller with the cookie of a session that is over.</summary>
    private static async Task SignInAndOutAsync(HttpClient caller)
    {
        using var body = new StringContent($$"""{"username":"admin","password":"{{new PlimsollSettings { DockerHost = "" }.AdminPassword}}"}""", Encoding.UTF8, "application/json");
        using var login = await caller.PostAsync("auth/login", body, Token);
        caller.DefaultRequestHeaders.Add("Cookie", login.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        caller.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        using var logout = await caller.PostAsync("auth/logout", null, Token);
        logout.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task ShouldRefuseAsync(HttpClient caller, ApiDocument.Operation operation, HttpStatusCode status, int code)
    {
        using var answer = await caller.SendAsync(operation, Token);
        answer.StatusCode.ShouldBe(status, operation.Name);
        (await answer.ReadEnvelopeAsync(Token)).Code.ShouldBe(code, operation.Name);
    }

    private static JsonNode? Find(JsonNode root, string reference) =>
        reference.TrimStart('#', '/').Split('/').Aggregate((JsonNode?)root, (node, key) => node?[key.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)]);
}
