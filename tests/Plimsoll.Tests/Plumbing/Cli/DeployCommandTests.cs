using System.Text.Json;
using Plimsoll.Tests.Plumbing.Cli.Support;

namespace Plimsoll.Tests.Plumbing.Cli;

public sealed class DeployCommandTests
{
    private const string Order = "POST /api/projects/shop/stages/dev/instances";
    private const string Deployment = "GET /api/deploys/k3";
    private const string Log = "GET /api/deploys/k3/logs";
    private const string Accepted = """{"decision":"deploy","reasonCode":"asked-for","reason":"cli asked for it.","deployId":"k3"}""";
    private const string Live = """{"decision":"skip","reasonCode":"already-live","reason":"1.4.2 is live already.","deployId":null}""";

    [Fact]
    public async Task An_accepted_order_is_done_without_waiting()
    {
        await using var server = await StartAsync();

        var result = await Shell.For(server).RunAsync("deploy", "shop/dev", "1.4.2", "--confirm");

        result.ShouldBe(new(0, "shop/dev 1.4.2: deployment k3. cli asked for it.\n", ""));
        var call = server.Calls.ShouldHaveSingleItem();
        call.Call.ShouldBe(Order);
        call.Authorization.ShouldBe("Bearer plm_test");
        var body = JsonDocument.Parse(call.Body).RootElement;
        body.GetProperty("tag").GetString().ShouldBe("1.4.2");
        body.GetProperty("confirm").GetBoolean().ShouldBeTrue();
        body.GetProperty("again").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task The_only_stage_need_not_be_named()
    {
        await using var server = (await StartAsync()).Answers("GET /api/projects/shop", """{"name":"shop","stages":[{"name":"dev"}]}""");

        var result = await Shell.For(server).RunAsync("deploy", "shop", "1.4.2");

        result.ExitCode.ShouldBe(0);
        server.Calls.Last().Call.ShouldBe(Order);
    }

    [Fact]
    public async Task Of_several_stages_one_must_be_named()
    {
        await using var server = (await StartAsync()).Answers("GET /api/projects/shop", """{"name":"shop","stages":[{"name":"dev"},{"name":"prod"}]}""");

        var result = await Shell.For(server).RunAsync("deploy", "shop", "1.4.2");

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("dev, prod");
        server.Calls.ShouldAllBe(call => call.Call.StartsWith("GET"));
    }

    [Theory]
    [InlineData("shop/dev/x", "'shop/dev/x' is not a project")]
    [InlineData("", "is not a project")]
    [InlineData("..", "'..' is not a name")]
    public async Task What_is_not_a_stage_is_not_asked_for(string target, string message)
    {
        await using var server = await StartAsync();

        var result = await Shell.For(server).RunAsync("deploy", target, "1.4.2");

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain(message);
        server.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_different_stages_are_a_mistake()
    {
        var result = await new Shell().RunAsync("deploy", "shop/dev", "1.4.2", "--stage", "prod");

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("dev and prod");
    }

    [Fact]
    public async Task A_refusal_is_told_in_the_servers_words()
    {
        await using var server = (await StartAsync()).Refuses(Order, 40000, "2 fields need another value.", """{"tag":"Not a tag.","confirm":"Not a flag."}""");

        var result = await Shell.For(server).RunAsync("deploy", "shop/dev", "1.4.2");

        result.ShouldBe(new(2, "", "plimsoll: 2 fields need another value.\n  tag: Not a tag.\n  confirm: Not a flag.\n"));
    }

    [Fact]
    public async Task A_stage_that_wants_confirmation_leads_to_the_option()
    {
        await using var server = (await StartAsync()).Refuses(Order, 40900, "Ask again with confirm: true.");

        var result = await Shell.For(server).RunAsync("deploy", "shop/dev", "1.4.2");

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain("--confirm");
    }

    [Fact]
    public async Task Waiting_prints_each_step_and_ends_well_when_it_is_live()
    {
        await using var server = (await StartAsync())
            .Handles(Log, context => Events.SendAsync(context, Events.Step(1, "queued", "Queued."), Events.Step(2, "pulling", "Pulling."), "event: something-new\ndata: {}\n\n", Events.End))
            .Answers(Deployment, End("succeeded"));

        var result = await Shell.For(server).RunAsync("deploy", "shop/dev", "1.4.2", "--wait");

        result.ExitCode.ShouldBe(0);
        result.Error.ShouldBeEmpty();
        result.Lines.Length.ShouldBe(4);
        result.Lines[1].ShouldEndWith("queued       Queued.");
        result.Lines[2].ShouldEndWith("pulling      Pulling.");
        result.Lines[3].ShouldBe("shop/dev 1.4.2 is live.");
    }

    [Fact]
    public async Task A_lost_connection_is_taken_up_where_it_broke_off()
    {
        var connections = 0;
        await using var server = (await StartAsync())
            .Handles(Log, async context =>
            {
                switch (++connections)
                {
                    case 1:
                        await Events.SendAsync(context, Events.Step(1, "queued", "Queued."), Events.Step(2, "pulling", "Pulling."));
                        break;
                    case 2:
                        context.Abort();
                        break;
                    case 3:
                        context.Response.StatusCode = 503;
                        break;
                    default:
                        await Events.SendAsync(context, Events.Step(2, "pulling", "Pulling."), Events.Step(3, "starting", "Starting."), Events.End);
                        break;
                }
            })
            .Answers(Deployment, End("succeeded"));

        var result = await Shell.For(server).RunAsync("deploy", "shop/dev", "1.4.2", "--wait");

        result.ExitCode.ShouldBe(0);
        result.Lines.Count(line => line.EndsWith("Pulling.")).ShouldBe(1);
        result.Lines.Count(line => line.EndsWith("Starting.")).ShouldBe(1);
        server.Calls.Where(call => call.Call == Log).Select(call => call.LastEventId).ShouldBe(["", "2", "2", "2"]);
    }

    [Theory]
    [InlineData("rolled-back")]
    [InlineData("failed")]
    [InlineData("superseded")]
    public async Task An_end_that_is_not_live_has_its_own_exit_code(string state)
    {
        await using var server = (await StartAsync()).Handles(Log, context => Events.SendAsync(context, Events.End)).Answers(Deployment, End(state));

        var result = await Shell.For(server).RunAsync("deploy", "shop/dev", "1.4.2", "--wait");

        result.ExitCode.ShouldBe(3);
        result.Error.ShouldBe($"plimsoll: shop/dev 1.4.2: {state}. Because.\n");
    }

    [Fact]
    public async Task When_the_time_is_over_the_state_is_told()
    {
        await using var server = (await StartAsync()).Handles(Log, Hang).Answers(Deployment, End("verifying", isOver: false));

        var result = await Shell.For(server).RunAsync("deploy", "shop/dev", "1.4.2", "--wait", "1");

        result.ExitCode.ShouldBe(4);
        result.Error.ShouldContain("after 1 s the deployment k3 is still verifying");
    }

    [Fact]
    public async Task What_ended_while_nothing_was_heard_counts_as_it_ended()
    {
        await using var server = (await StartAsync()).Handles(Log, Hang).Answers(Deployment, End("succeeded"));

        var result = await Shell.For(server).RunAsync("deploy", "shop/dev", "1.4.2", "--wait=1");

        result.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task What_is_live_already_is_not_waited_for()
    {
        await using var server = await StartAsync(Live);

        var result = await Shell.For(server).RunAsync("deploy", "shop/dev", "1.4.2", "--wait");

        result.ShouldBe(new(0, "shop/dev 1.4.2: 1.4.2 is live already.\n", ""));
        server.Calls.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Json_is_all_that_is_printed_where_it_is_wanted()
    {
        await using var server = (await StartAsync())
            .Handles(Log, context => Events.SendAsync(context, Events.Step(1, "queued", "Queued."), Events.End))
            .Answers(Deployment, End("rolled-back"));

        var accepted = await Shell.For(server).RunAsync("deploy", "shop/dev", "1.4.2", "--json");
        var ended = await Shell.For(server).RunAsync("deploy", "shop/dev", "1.4.2", "--json", "--wait");

        accepted.Json.GetProperty("deployId").GetString().ShouldBe("k3");
        ended.ExitCode.ShouldBe(3);
        ended.Json.GetProperty("state").GetString().ShouldBe("rolled-back");
        ended.Json.GetProperty("unknown").GetInt32().ShouldBe(1);
    }

    [Theory]
    [InlineData("--wait", "shop/dev", "1.4.2")]
    [InlineData("shop/dev", "1.4.2", "--wait=0")]
    [InlineData("shop/dev", "1.4.2", "--wait=-5")]
    public async Task A_time_to_wait_is_a_number_of_seconds(params string[] args)
    {
        await using var server = await StartAsync();

        var result = await Shell.For(server).RunAsync(["deploy", .. args]);

        result.ExitCode.ShouldBe(1);
        server.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_terminal_shows_the_state_beside_the_steps()
    {
        await using var server = (await StartAsync())
            .Handles(Log, context => Events.SendAsync(context, Events.Step(1, "queued", "Queued [not markup]."), Events.End))
            .Answers(Deployment, End("succeeded"));
        var shell = Shell.For(server);
        shell.IsTerminal = true;

        var result = await shell.RunAsync("deploy", "shop/dev", "1.4.2", "--wait");

        result.ExitCode.ShouldBe(0);
        result.Output.ShouldContain("Queued [not markup].");
        result.Output.ShouldContain("\e[32mshop/dev 1.4.2 is live.");
    }

    private static async Task<ApiDouble> StartAsync(string verdict = Accepted) => (await ApiDouble.StartAsync()).Answers(Order, verdict, 202);

    private static string End(string state, bool isOver = true) =>
        $$"""{"id":"k3","project":"shop","stage":"dev","tag":"1.4.2","state":"{{state}}","isOver":{{(isOver ? "true" : "false")}},"reason":"Because.","unknown":1}""";

    private static async Task Hang(Microsoft.AspNetCore.Http.HttpContext context)
    {
        await Events.SendAsync(context, Events.Step(1, "queued", "Queued."));
        var gone = new TaskCompletionSource();
        await using (context.RequestAborted.Register(gone.SetResult))
        {
            await gone.Task;
        }
    }
}
