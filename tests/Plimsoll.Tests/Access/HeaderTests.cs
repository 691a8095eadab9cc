using System.Net;

namespace Plimsoll.Tests.Access;

public sealed class HeaderTests
{
    [Theory]
    [InlineData("/page", HttpStatusCode.OK)]
    [InlineData("/nothing", HttpStatusCode.NotFound)]
    [InlineData("/api/probe/open", HttpStatusCode.OK)]
    [InlineData("/api/probe/admin", HttpStatusCode.Unauthorized)]
    [InlineData("/api/probe/broken", HttpStatusCode.InternalServerError)]
    public async Task Every_answer_carries_the_headers_that_protect_it(string path, HttpStatusCode status)
    {
        await using var app = await AccessApp.StartAsync(adminPassword: null);
        var answer = await app.GetAsync(path);
        answer.Status.ShouldBe(status);
        answer.Header("X-Content-Type-Options").ShouldBe("nosniff");
        answer.Header("X-Frame-Options").ShouldBe("DENY");
        answer.Header("Referrer-Policy").ShouldBe("no-referrer");
        answer.Header("Content-Security-Policy").ShouldBe("default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'");
        answer.Header("Cache-Control").ShouldBe(path.StartsWith("/api", StringComparison.Ordinal) ? "no-store" : null);
    }

    [Fact]
    public async Task What_an_endpoint_says_about_caching_stays()
    {
        await using var app = await AccessApp.StartAsync(adminPassword: null);
        (await app.GetAsync("/api/probe/cached")).Header("Cache-Control").ShouldBe("max-age=60");
    }
}
