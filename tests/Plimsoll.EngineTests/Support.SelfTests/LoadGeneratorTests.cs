using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.EngineTests.SelfTests;

public sealed class LoadGeneratorTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_request_is_counted_once_on_kept_connections()
    {
        var asked = 0;
        await using var server = await ServeAsync(context =>
        {
            Interlocked.Increment(ref asked);
            return context.Response.WriteAsync($"{context.Request.Host} v1\n");
        });
        await using var load = LoadGenerator.Start(server.Address, new LoadPattern("shop.example.test", Connections: 3));
        await load.WaitForRequestsAsync(200, Limit, cancellation);

        var report = await load.StopAsync();

        report.Failures.ShouldBe(0, report.ToString());
        report.Requests.ShouldBe(asked);
        report.ConnectionsOpened.ShouldBe(3);
        report.Bodies.ShouldBe(new Dictionary<string, long> { ["shop.example.test v1"] = report.Requests });
    }

    [Fact]
    public async Task Bad_answers_and_cut_connections_are_failures_and_not_repeated()
    {
        var asked = 0;
        await using var server = await ServeAsync(context =>
        {
            switch (Interlocked.Increment(ref asked) % 10)
            {
                case 3:
                    context.Response.StatusCode = 503;
                    return context.Response.WriteAsync("no instance");
                case 7:
                    context.Abort();
                    return Task.CompletedTask;
                default:
                    context.Response.ContentLength = 2;
                    return context.Response.WriteAsync("ok");
            }
        });
        await using var load = LoadGenerator.Start(server.Address, new LoadPattern("a.test", Connections: 1));
        await load.WaitForRequestsAsync(60, Limit, cancellation);

        var report = await load.StopAsync();

        report.Requests.ShouldBe(asked);
        report.Failures.ShouldBe(Enumerable.Range(1, asked).Count(number => number % 10 is 3 or 7));
        report.FirstFailures[0].ShouldSatisfyAllConditions(first => first.Status.ShouldBe(503), first => first.Detail.ShouldBe("no instance"));
        report.FirstFailures[1].Status.ShouldBeNull();
    }

    [Fact]
    public async Task Nobody_listening_is_a_failure_and_the_first_20_are_told()
    {
        using var port = ClaimedPort.Take();
        await using var load = LoadGenerator.Start(new Uri($"http://127.0.0.1:{port.Number}"), new LoadPattern("a.test", Connections: 4));
        await load.WaitForRequestsAsync(30, Limit, cancellation);

        var report = await load.StopAsync();

        report.Failures.ShouldBe(report.Requests);
        report.FirstFailures.Count.ShouldBe(20);
        report.FirstFailures[0].Detail.ShouldContain("refused");
    }

    [Fact]
    public async Task An_upload_arrives_whole_and_a_connection_that_the_server_closes_is_no_failure()
    {
        await using var server = await ServeAsync(async context =>
        {
            using var received = new MemoryStream();
            await context.Request.Body.CopyToAsync(received, cancellation);
            context.Response.Headers.Connection = "close";
            await context.Response.WriteAsync($"{context.Request.Method} {received.Length}");
        });
        await using var load = LoadGenerator.Start(server.Address, new LoadPattern("a.test", Connections: 2, UploadBytes: 200_000));
        await load.WaitForRequestsAsync(20, Limit, cancellation);

        var report = await load.StopAsync();

        report.Failures.ShouldBe(0, report.ToString());
        report.Bodies.Keys.ShouldBe(["POST 200000"]);
        report.ConnectionsOpened.ShouldBe(report.Requests);
    }

    [Fact]
    public async Task A_late_answer_is_a_failure()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var address = new Uri($"http://{silent.LocalEndpoint}");
        await using var load = LoadGenerator.Start(address, new LoadPattern("a.test", Connections: 1) { AnswerWithin = TimeSpan.FromMilliseconds(100) });
        await load.WaitForRequestsAsync(2, Limit, cancellation);

        (await load.StopAsync()).Failures.ShouldBeGreaterThanOrEqualTo(2);
    }

    private Task<LocalServer> ServeAsync(RequestDelegate answer) => LocalServer.StartAsync(answer, cancellation);
}
