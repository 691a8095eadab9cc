using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plimsoll.Docker;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Http;
using Plimsoll.Registry;
using Plimsoll.Tests.Access;

namespace Plimsoll.Tests.Plumbing.Http;

public sealed class ProblemAnswersTests : IAsyncLifetime
{
    private readonly CollectedLog _log = new();
    private WebApplication _application = null!;
    private HttpClient _client = null!;

    private IReadOnlyList<(LogLevel Level, string Text)> Troubles => [.. _log.Lines.Where(line => line.Level >= LogLevel.Warning)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(_log);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        _application = builder.Build();
        _application.UseMiddleware<ProblemAnswers>();
        _application.MapPost("/thing", (Thing body) => body.Count);
        _application.MapGet("/number", (int? limit) => limit);
        _application.MapPost("/small", async (HttpContext context) => await context.Request.Body.CopyToAsync(Stream.Null)).WithMetadata(new Smallest());
        _application.MapPost("/fail/{secret}", string (string secret) => throw Failures[Kind(secret)]);
        _application.MapFallback("/{**path}", (HttpContext context, EndpointDataSource endpoints) => NothingHere.Answer(context, endpoints));
        await _application.StartAsync(Token);
        _client = new HttpClient { BaseAddress = new Uri(_application.Urls.Single()) };

        static string Kind(string secret) => secret.Split('.')[0];
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _application.DisposeAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    public async Task An_absent_body_is_asked_for(string body)
    {
        var (status, answer) = await SendAsync("/thing", body);

        status.ShouldBe(HttpStatusCode.BadRequest);
        ((int)answer["code"]!).ShouldBe(AnswerCode.InvalidInput);
        ((string)answer["msg"]!).ShouldBe("A JSON body is needed.");
        ((string)answer["data"]!["errors"]!["body"]!).ShouldBe("A JSON body is needed.");
    }

    [Theory]
    [InlineData("{", "it cannot be read as JSON")]
    [InlineData("hello", "it cannot be read as JSON")]
    [InlineData("""{"count":"many"}""", "the value at $.count does not fit")]
    [InlineData("""{"count":99999999999}""", "the value at $.count does not fit")]
    public async Task A_body_that_does_not_fit_is_told_where(string body, string where)
    {
        var (status, answer) = await SendAsync("/thing", body);

        status.ShouldBe(HttpStatusCode.BadRequest);
        ((string)answer["msg"]!).ShouldContain(where);
    }

    [Fact]
    public async Task Another_kind_of_body_is_415()
    {
        var (status, answer) = await SendAsync("/thing", "{}", "text/plain");

        status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        ((int)answer["code"]!).ShouldBe(AnswerCode.WrongMediaType);
    }

    [Fact]
    public async Task An_address_that_exists_says_what_it_takes_and_another_says_that_it_does_not()
    {
        using var wrongMethod = await _client.DeleteAsync("/thing", Token);
        wrongMethod.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        wrongMethod.Content.Headers.Allow.ShouldBe(["POST"]);
        (await wrongMethod.Content.ReadAsStringAsync(Token)).ShouldContain("This address takes POST, not DELETE.");

        (await SendAsync("/nothing", "{}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_413()
    {
        var (status, answer) = await SendAsync("/small", new string('x', 100));

        status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        ((int)answer["code"]!).ShouldBe(AnswerCode.TooLarge);
    }

    [Fact]
    public async Task A_value_in_the_address_that_does_not_fit_is_named_without_the_words_of_the_framework()
    {
        using var answer = await _client.GetAsync("/number?limit=many", Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Token))!;
        ((string)body["msg"]!).ShouldBe("'many' is not a value for limit.");
        ((string)body["data"]!["errors"]!["limit"]!).ShouldBe("'many' is not a value for limit.");
    }

    [Theory]
    [InlineData("store", 503, AnswerCode.StoreUnavailable, "the disk is full")]
    [InlineData("docker", 500, AnswerCode.DockerError, "the engine says no")]
    [InlineData("registry", 500, AnswerCode.RegistryError, "the registry says no")]
    public async Task What_the_outside_world_did_is_told_in_its_own_words(string kind, int status, int code, string words)
    {
        var (answered, answer) = await SendAsync($"/fail/{kind}", "");

        ((int)answered).ShouldBe(status);
        ((int)answer["code"]!).ShouldBe(code);
        ((string)answer["msg"]!).ShouldContain(words);
        Troubles.ShouldBeEmpty();
    }

    /// <summary>The address may hold a secret, as the webhook's does.</summary>
    [Fact]
    public async Task A_mistake_of_our_own_is_told_without_its_inside_and_logged_without_what_is_in_the_address()
    {
        var (status, answer) = await SendAsync("/fail/bug.hunter2", "");

        status.ShouldBe(HttpStatusCode.InternalServerError);
        ((int)answer["code"]!).ShouldBe(AnswerCode.Internal);
        answer.ToJsonString().ShouldNotContain("inside");
        var line = Troubles.ShouldHaveSingleItem();
        line.Level.ShouldBe(LogLevel.Error);
        line.Text.ShouldContain("POST /fail/{secret}");
        line.Text.ShouldNotContain("hunter2");
    }

    private static IReadOnlyDictionary<string, Exception> Failures { get; } = new Dictionary<string, Exception>
    {
        ["store"] = new StoreUnavailableException("the disk is full", null),
        ["docker"] = new DockerException("container \"web\"", "start", "the engine says no", 500),
        ["registry"] = new RegistryException(RegistryFailure.Denied, "web:v1", "the registry says no"),
        ["bug"] = new InvalidOperationException("the inside"),
    };

    private async Task<(HttpStatusCode Status, JsonNode Answer)> SendAsync(string path, string body, string mediaType = "application/json")
    {
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(mediaType));
        using var answer = await _client.PostAsync(path, content, Token);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(Token))!);
    }

    private sealed record Thing(int Count);

    private sealed class Smallest : Microsoft.AspNetCore.Http.Metadata.IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => 10;
    }
}
