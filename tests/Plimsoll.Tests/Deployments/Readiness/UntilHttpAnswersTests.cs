using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Plimsoll.Apps;
using Plimsoll.Deployments;
using Plimsoll.Deployments.Readiness;
using Plimsoll.Tests.Support;

namespace Plimsoll.Tests.Deployments.Readiness;

/// <summary>The real condition against a real server.</summary>
public sealed class UntilHttpAnswersTests : IAsyncDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly List<string> _asked = [];
    private WebApplication? _server;
    private int _port;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(200, "200-299", true)]
    [InlineData(204, "200-299", true)]
    [InlineData(404, "200-299", false)]
    [InlineData(401, "200-299,401", true)]
    [InlineData(302, "200-399", true)]
    [InlineData(200, "204", false)]
    public async Task A_status_is_good_when_the_project_says_so(int status, string good, bool isReady)
    {
        await ServeAsync(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        (await LookAsync(new HealthProof(Status: good)) is ReadinessFinding.Ready).ShouldBe(isReady);
    }

    [Fact]
    public async Task A_redirect_is_an_answer_that_is_named_and_never_followed()
    {
        await ServeAsync(context =>
        {
            context.Response.Redirect("/sign-in?next=/health");
            return Task.CompletedTask;
        });
        Why(await LookAsync()).ShouldBe("/health answered 302, a redirect to /sign-in?next=/health; redirects are not followed, and good is 200-299");
        _asked.ShouldBe(["/health"]);
    }

    [Fact]
    public async Task What_it_said_is_told_in_one_line_and_not_at_length()
    {
        await ServeAsync(async context =>
        {
            context.Response.StatusCode = 503;
            await context.Response.WriteAsync("{\n  \"database\":\t\"away\"\r\n}" + new string('x', 1_000));
        });
        var why = Why(await LookAsync());
        why.ShouldStartWith("/health answered 503: { \"database\": \"away\" }xxx");
        why.ShouldEndWith("x…");
        why.Length.ShouldBe("/health answered 503: ".Length + 201);
    }

    [Fact]
    public async Task A_password_in_the_answer_is_hidden_before_it_is_cut()
    {
        var hidden = new HiddenValues(new Dictionary<string, string> { ["PASSWORD"] = "hunter2-hunter2" });
        await ServeAsync(async context =>
        {
            context.Response.StatusCode = 500;
            await context.Response.WriteAsync(new string('x', 195) + "hunter2-hunter2");
        });
        Why(await LookAsync(hidden: hidden)).ShouldNotContain("hunter");
    }

    [Fact]
    public async Task An_answer_that_never_ends_is_read_only_so_far()
    {
        var isGone = new TaskCompletionSource();
        await ServeAsync(async context =>
        {
            context.RequestAborted.Register(() => isGone.TrySetResult());
            context.Response.StatusCode = 500;
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.WriteAsync(new string('x', 10_000));
            }
        });
        Why(await LookAsync()).ShouldStartWith("/health answered 500: xxx");
        await isGone.Task.WaitAsync(Token);
    }

    [Fact]
    public async Task Who_takes_longer_than_the_timeout_has_not_answered()
    {
        var isAsked = new TaskCompletionSource();
        await ServeAsync(async context =>
        {
            isAsked.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        var look = LookAsync(new HealthProof(TimeoutSeconds: 7));
        await isAsked.Task.WaitAsync(Token);
        _time.Advance(TimeSpan.FromSeconds(6));
        look.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(1));
        Why(await look).ShouldBe($"/health on port {_port} took longer than 7 seconds");
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_named()
    {
        await ServeAsync(_ => Task.CompletedTask);
        await _server!.StopAsync(Token);
        Why(await LookAsync()).ShouldContain($"/health on port {_port} did not answer (Connection refused");
    }

    [Fact]
    public async Task Three_good_answers_in_a_row_are_asked_for_one_after_another()
    {
        var answers = new Queue<int>([200, 200, 503, 200, 200, 200]);
        await ServeAsync(context =>
        {
            context.Response.StatusCode = answers.Dequeue();
            return Task.CompletedTask;
        });
        using var condition = new UntilHttpAnswers(_time);
        var gate = new HealthGate([condition], _time);
        var proof = new HealthProof(Successes: 3);
        var probation = Probation.Begun;
        while (probation.Standing is not ReadinessFinding.Ready)
        {
            probation = await gate.LookAsync(Seen.Target(Seen.Running, port: _port, path: "/health", proof: proof), probation, Token);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        answers.ShouldBeEmpty();
        probation.LastProbe.ShouldBe("/health answered 200");
    }

    private async Task<ReadinessFinding> LookAsync(HealthProof? proof = null, HiddenValues? hidden = null)
    {
        using var condition = new UntilHttpAnswers(_time);
        var target = Seen.Target(Seen.Running, port: _port, path: "/health", proof: proof, hidden: hidden);
        condition.AppliesTo(target).ShouldBeTrue();
        return await condition.LookAsync(target, Token);
    }

    private async Task ServeAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.Run(context =>
        {
            _asked.Add(context.Request.Path);
            return answer(context);
        });
        await _server.StartAsync(Token);
        _port = new Uri(_server.Urls.First()).Port;
    }

    private static string Why(ReadinessFinding finding)
    {
        var notYet = finding.ShouldBeOfType<ReadinessFinding.NotYet>();
        notYet.Probe.ShouldBe(notYet.Why);
        return notYet.Why;
    }
}
