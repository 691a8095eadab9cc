using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Plimsoll.Edge;
using static Plimsoll.Tests.Edge.RunningEdge;

namespace Plimsoll.Tests.Edge;

/// <summary>What arrives at the instance, and what comes back from it.</summary>
public sealed class ForwardingTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_instance_hears_who_asked_and_the_host_as_it_was_asked_for()
    {
        var headers = await EchoHeadersAsync(Ask(host: "Shop.Example.com:8000"));
        headers["Host"].ShouldBe("Shop.Example.com:8000");
        headers["X-Forwarded-Host"].ShouldBe("Shop.Example.com:8000");
        headers["X-Forwarded-For"].ShouldBe("127.0.0.1");
        headers["X-Forwarded-Proto"].ShouldBe("http");
        headers["X-Request-Id"].Length.ShouldBe(32);
        headers.ShouldNotContainKey("traceparent");
    }

    [Fact]
    public async Task What_a_client_claims_about_itself_is_overwritten()
    {
        var request = Ask();
        foreach (var claim in new[] { "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port", "X-Forwarded-Prefix", "X-Real-IP", "X_Forwarded_For", "X-Forwarded_For", "Forwarded", "Proxy" })
        {
            request.Headers.TryAddWithoutValidation(claim, "6.6.6.6").ShouldBeTrue();
        }

        request.Headers.TryAddWithoutValidation("X-Request-Id", "mine");
        request.Headers.TryAddWithoutValidation("X-Forward", "harmless");
        var headers = await EchoHeadersAsync(request);
        headers.Values.ShouldNotContain("6.6.6.6");
        headers["X-Forwarded-For"].ShouldBe("127.0.0.1");
        headers["X-Forwarded-Host"].ShouldBe(Host);
        headers["X-Request-Id"].ShouldBe("mine");
        headers["X-Forward"].ShouldBe("harmless");
    }

    [Fact]
    public async Task A_trusted_proxy_in_front_is_believed()
    {
        var request = Ask();
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", "203.0.113.7");
        request.Headers.TryAddWithoutValidation("X-Forwarded-Proto", "https");
        var headers = await EchoHeadersAsync(request, new EdgeOptions { TrustedProxies = [IPNetwork.Parse("127.0.0.0/8")] });
        headers["X-Forwarded-For"].ShouldBe("203.0.113.7, 127.0.0.1");
        headers["X-Forwarded-Proto"].ShouldBe("https");
        headers["X-Forwarded-Host"].ShouldBe(Host);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/a%2Fb%252Fc?q=%20+%zz&x=1")]
    [InlineData("/%7Euser/../%2e%2e/x//y")]
    [InlineData("//evil.example.org/@x")]
    [InlineData("/?")]
    public async Task The_path_arrives_as_the_client_wrote_it(string target)
    {
        await using var instance = await BackEnd.StartAsync(context =>
            context.Response.WriteAsync($"<{context.Features.Get<IHttpRequestFeature>()!.RawTarget}>", context.RequestAborted));
        await using var edge = await RunningEdge.StartAsync();
        edge.Router.Apply([To("one", instance.Address)]);
        (await edge.SendRawAsync($"GET {target} HTTP/1.1\r\nHost: {Host}\r\nConnection: close\r\n\r\n")).ShouldContain($"<{target}>");
        if (target != "//evil.example.org/@x")
        {
            (await edge.SendRawAsync($"GET http://{Host}{target} HTTP/1.1\r\nHost: {Host}\r\nConnection: close\r\n\r\n")).ShouldContain($"<{target}>");
        }
    }

    [Fact]
    public async Task Header_bytes_pass_as_they_are_in_both_directions()
    {
        const string Utf8SeenAsLatin1 = "f\u00c3\u00bcr";
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var edge = await RunningEdge.StartAsync();
        edge.Router.Apply([To("one", new Uri($"http://{listener.LocalEndpoint}"))]);
        var asked = edge.SendRawAsync($"GET / HTTP/1.1\r\nHost: {Host}\r\nX-Name: {Utf8SeenAsLatin1}\r\nConnection: close\r\n\r\n");

        using var connection = await listener.AcceptTcpClientAsync(Stop);
        var buffer = new byte[4096];
        var received = await connection.GetStream().ReadAsync(buffer, Stop);
        Encoding.Latin1.GetString(buffer, 0, received).ShouldContain($"X-Name: {Utf8SeenAsLatin1}\r\n");
        await connection.GetStream().WriteAsync(Encoding.Latin1.GetBytes($"HTTP/1.1 200 OK\r\nX-Answer: {Utf8SeenAsLatin1}\r\nContent-Length: 0\r\n\r\n"), Stop);
        (await asked).ShouldContain($"X-Answer: {Utf8SeenAsLatin1}\r\n");
    }

    [Fact]
    public async Task Redirects_cookies_and_compressed_bodies_come_back_untouched()
    {
        await using var instance = await BackEnd.StartAsync(async context =>
        {
            context.Response.StatusCode = StatusCodes.Status302Found;
            context.Response.Headers.Location = "/elsewhere";
            context.Response.Headers.SetCookie = "a=b; Path=/";
            context.Response.Headers.ContentEncoding = "gzip";
            await context.Response.WriteAsync($"not really gzip, cookie: '{context.Request.Headers.Cookie}'", context.RequestAborted);
        });
        await using var edge = await RunningEdge.StartAsync();
        edge.Router.Apply([To("one", instance.Address)]);
        for (var i = 0; i < 2; i++)
        {
            using var response = await edge.SendAsync(Ask());
            response.StatusCode.ShouldBe(HttpStatusCode.Found);
            response.Headers.Location!.OriginalString.ShouldBe("/elsewhere");
            response.Headers.GetValues("Set-Cookie").ShouldBe(["a=b; Path=/"]);
            (await response.Content.ReadAsStringAsync(Stop)).ShouldBe("not really gzip, cookie: ''");
        }
    }

    [Fact]
    public async Task The_proxy_does_not_name_itself()
    {
        await using var instance = await BackEnd.StartAsync(context =>
        {
            context.Response.Headers.Server = "the-instance";
            return Task.CompletedTask;
        });
        await using var edge = await RunningEdge.StartAsync();
        edge.Router.Apply([To("one", instance.Address)]);
        using var own = await edge.SendAsync(Ask(host: "unknown.example.com"));
        own.Headers.Contains("Server").ShouldBeFalse();
        using var passed = await edge.SendAsync(Ask());
        passed.Headers.GetValues("Server").ShouldBe(["the-instance"]);
    }

    private static async Task<Dictionary<string, string>> EchoHeadersAsync(HttpRequestMessage request, EdgeOptions? options = null)
    {
        await using var instance = await BackEnd.StartAsync(context =>
            context.Response.WriteAsJsonAsync(context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()), context.RequestAborted));
        await using var edge = await RunningEdge.StartAsync(options);
        edge.Router.Apply([To("one", instance.Address)]);
        using var response = await edge.SendAsync(request);
        var headers = await response.Content.ReadFromJsonAsync<Dictionary<string, string>>(Stop);
        return new Dictionary<string, string>(headers!, StringComparer.OrdinalIgnoreCase);
    }
}
