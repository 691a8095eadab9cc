using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plimsoll.Plumbing.Dashboard;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Tests.Plumbing.Dashboard;

/// <summary>The dashboard's files as a browser gets them, from the small site beside this file.</summary>
public sealed class DashboardTests : IAsyncLifetime
{
    private const string Browser = "text/html,application/xhtml+xml,*/*;q=0.8";
    private const string Chunk = "/_app/immutable/start.js";

    private readonly HttpClient _client = new(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None });
    private WebApplication? _app;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await StartAsync(new DashboardFiles(typeof(DashboardTests).Assembly));

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app!.DisposeAsync();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/projects/shop")]
    [InlineData("/deployments/abc?x=1")]
    [InlineData("/index.html")]
    public async Task Every_address_of_a_page_is_answered_with_the_page_and_never_kept_without_asking(string path)
    {
        using var answer = await GetAsync(path, Browser);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        answer.Headers.CacheControl!.NoCache.ShouldBeTrue();
    }

    [Fact]
    public async Task The_page_allows_no_inline_script_but_its_own()
    {
        using var answer = await GetAsync("/", Browser);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldNotContain("'unsafe-inline'");
        policy.ShouldNotContain("'unsafe-eval'");
        policy.ShouldContain($"script-src 'self' '{HashOf("\n  first();\n")}' '{HashOf("second()")}';");
    }

    [Fact]
    public async Task What_has_its_content_in_its_name_is_kept_forever()
    {
        using var answer = await GetAsync(Chunk);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/javascript");
        answer.Headers.CacheControl!.ToString().ShouldContain("immutable");
        (await answer.Content.ReadAsStringAsync(Token)).ShouldBe("start();\n");
    }

    [Theory]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("gzip, deflate", "gzip")]
    [InlineData("br;q=0, gzip;q=0.5", "gzip")]
    [InlineData("identity", null)]
    public async Task It_is_sent_as_small_as_the_client_understands(string accepted, string? expected)
    {
        using var answer = await GetAsync(Chunk, encoding: accepted);
        answer.Content.Headers.ContentEncoding.SingleOrDefault().ShouldBe(expected);
        answer.Headers.Vary.ShouldContain("Accept-Encoding");
    }

    [Fact]
    public async Task What_the_browser_has_already_is_not_sent_again()
    {
        using var first = await GetAsync("/", Browser);
        using var again = await GetAsync("/", Browser, tag: first.Headers.ETag!.ToString());
        using var other = await GetAsync("/", Browser, tag: "\"something-else\"");
        again.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        other.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/_app/immutable/of-another-version.js", Browser)]
    [InlineData("/favicon.ico", "*/*")]
    [InlineData("/api/nothing", Browser)]
    public async Task What_is_no_page_and_no_file_is_not_there(string path, string accept)
    {
        using var answer = await GetAsync(path, accept);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
    }

    [Fact]
    public async Task A_page_cannot_be_written_to()
    {
        using var answer = await _client.PostAsync(new Uri(Address, "/projects/shop"), null, Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_address_that_is_somebody_elses_stays_theirs()
    {
        using var answer = await GetAsync("/healthz", Browser);
        (await answer.Content.ReadAsStringAsync(Token)).ShouldBe("well");
    }

    [Fact]
    public async Task A_program_without_a_dashboard_says_so()
    {
        await _app!.DisposeAsync();
        await StartAsync(new DashboardFiles(typeof(Enumerable).Assembly));
        using var answer = await GetAsync("/", Browser);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync(Token)).ShouldContain("built without its dashboard");
    }

    private Uri Address => new(_app!.Urls.Single());

    private async Task StartAsync(DashboardFiles files)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(files);
        builder.Services.AddAuthorization();
        builder.Services.AddApiDescription();
        _app = builder.Build();
        _app.MapGet("/healthz", () => "well");
        _app.MapApiDescription();
        _app.MapDashboard();
        await _app.StartAsync(Token);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string accept = "*/*", string? encoding = null, string? tag = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Address, path));
        request.Headers.TryAddWithoutValidation("Accept", accept);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", encoding);
        request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        return await _client.SendAsync(request, Token);
    }

    private static string HashOf(string script) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));
}
