using Plimsoll.Tests.Plumbing.Cli.Support;

namespace Plimsoll.Tests.Plumbing.Cli;

public sealed class StatusCommandTests
{
    private const string Shop =
        """
        {"id":1,"name":"shop","stages":[
          {"name":"dev","live":"1.4.2","liveDigest":"sha256:0123456789abcdef0123456789abcdef","host":"dev.shop.localhost","instances":[
            {"standing":"kept","status":"Exited","addresses":[]},
            {"standing":"live","status":"Up 2 minutes","addresses":["http://dev-1-4-2.shop.localhost:8000","http://dev.shop.localhost:8000"]}],
           "lastDeployment":{"state":"rolled-back","tag":"1.5.0","isOver":true,"reason":"It ended with exit code 3."}},
          {"name":"prod","instances":[],"unknown":{}}]}
        """;

    [Fact]
    public async Task Prints_a_line_for_each_stage()
    {
        await using var server = (await ApiDouble.StartAsync()).Answers("GET /api/projects", $$"""[{{Shop}},{"name":"empty","stages":[]}]""");

        var result = await Shell.For(server).RunAsync("status");

        result.ExitCode.ShouldBe(0);
        result.Output.ShouldBe(
            """
            PROJECT   STAGE   LIVE    DIGEST         STATUS         ADDRESS                          LAST DEPLOYMENT     REASON
            shop      dev     1.4.2   0123456789ab   Up 2 minutes   http://dev.shop.localhost:8000   rolled-back 1.5.0   It ended with exit code 3.
            shop      prod    -       -              -              -                                -                   -
            empty     -       -       -              -              -                                -                   -

            """);
    }

    [Fact]
    public async Task Prints_one_project_alone()
    {
        await using var server = (await ApiDouble.StartAsync()).Answers("GET /api/projects/shop", Shop);

        var plain = await Shell.For(server).RunAsync("status", "shop");
        var json = await Shell.For(server).RunAsync("status", "shop", "--json");

        plain.Lines.Length.ShouldBe(3);
        json.Json.GetProperty("id").GetInt32().ShouldBe(1);
        json.Json.GetProperty("stages")[1].GetProperty("unknown").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Object);
    }

    [Fact]
    public async Task A_project_that_is_not_there_is_a_refusal()
    {
        await using var server = await ApiDouble.StartAsync();

        var result = await Shell.For(server).RunAsync("status", "a b/c");

        result.ExitCode.ShouldBe(2);
        result.Output.ShouldBeEmpty();
        server.Calls.ShouldHaveSingleItem().Call.ShouldBe("GET /api/projects/a%20b%2Fc");
    }

    [Fact]
    public async Task No_projects_at_all_lead_to_the_next_step()
    {
        await using var server = (await ApiDouble.StartAsync()).Answers("GET /api/projects", "[]");

        (await Shell.For(server).RunAsync("status")).Output.ShouldContain("plimsoll import");
        (await Shell.For(server).RunAsync("status", "--json")).Output.ShouldBe("[]\n");
    }

    [Fact]
    public async Task A_terminal_gets_a_frame_and_colours()
    {
        await using var server = (await ApiDouble.StartAsync()).Answers("GET /api/projects", $"[{Shop}]");
        var shell = Shell.For(server);
        shell.IsTerminal = true;

        var result = await shell.RunAsync("status");

        result.Output.ShouldContain("╭");
        result.Output.ShouldContain("\e[91m");
    }

    [Theory]
    [InlineData("NO_COLOR", "1")]
    [InlineData("TERM", "dumb")]
    public async Task A_terminal_that_wants_none_gets_lines(string variable, string value)
    {
        await using var server = (await ApiDouble.StartAsync()).Answers("GET /api/projects", $"[{Shop}]");
        var shell = Shell.For(server);
        shell.IsTerminal = true;
        shell.Variables[variable] = value;

        (await shell.RunAsync("status")).Output.ShouldNotContain("\e");
        shell.Variables.Remove(variable);
        (await shell.RunAsync("status", "--plain")).Output.ShouldNotContain("\e");
    }

    [Fact]
    public async Task Text_from_elsewhere_cannot_steer_the_terminal()
    {
        await using var server = (await ApiDouble.StartAsync()).Answers(
            "GET /api/projects", """[{"name":"shop","stages":[{"name":"dev","lastDeployment":{"state":"failed","reason":"a\u001b[2Jb\nc\u202Ed"}}]}]""");

        var result = await Shell.For(server).RunAsync("status");

        result.Lines[1].ShouldEndWith("a�[2Jb c�d");
    }
}
