using Plimsoll.Tests.Plumbing.Cli.Support;

namespace Plimsoll.Tests.Plumbing.Cli;

public sealed class ExplainCommandTests
{
    private const string Explain = "GET /api/decisions/explain";
    private const string Answer =
        """
        {"message":null,"sightings":[{"decision":{"id":7,"at":"2026-05-01T03:00:00+00:00","trigger":"webhook","image":"ghcr.io/acme/shop:v1","project":"shop","stage":"prod","verdict":"ask",
         "reasonCode":"auto-deploy-off","reason":"shop/prod does not deploy by itself.","rules":[
           {"rule":"tag-pattern","verdict":"Deploy","reason":"It matches.","wouldChange":null},
           {"rule":"auto-deploy","verdict":"Ask","reason":"It is off.","wouldChange":"Switch it on."}],
         "lookAgainAt":null,"changes":{"version":{"from":"1.0","to":"1.1"}},"deployId":null},
         "decidedBy":"auto-deploy","pending":{"id":7,"state":"open"},"delivery":{"sender":"10.0.0.5","receivedAt":"2026-05-01T02:59:00+00:00"}}]}
        """;

    [Fact]
    public async Task It_tells_the_rule_that_decided_first_and_what_would_change_it()
    {
        await using var server = await ApiDouble.StartAsync();
        server.Answers(Explain, Answer);

        var result = await Shell.For(server).RunAsync("explain", "ghcr.io/acme/shop:v1");

        result.ExitCode.ShouldBe(0, result.Error);
        result.Output.ShouldContain("ghcr.io/acme/shop:v1 on shop/prod: ask");
        result.Output.ShouldContain("by the rule auto-deploy");
        result.Output.ShouldContain("message from 10.0.0.5");
        result.Output.ShouldContain("POST /api/decisions/7/approve");
        result.Output.ShouldContain("version 1.0 to 1.1");
        result.Output.IndexOf("Switch it on.", StringComparison.Ordinal).ShouldBeLessThan(result.Output.IndexOf("It matches.", StringComparison.Ordinal));
        server.Calls.Single().Call.ShouldStartWith(Explain);
    }

    [Fact]
    public async Task A_name_that_is_a_stage_is_asked_for_as_a_stage_and_any_other_as_an_image()
    {
        await using var server = await ApiDouble.StartAsync();
        server.Answers("GET /api/projects/shop", """{"name":"shop","stages":[{"name":"prod"}]}""").Answers(Explain, """{"message":"Nothing.","sightings":[]}""");

        (await Shell.For(server).RunAsync("explain", "shop/prod")).Output.ShouldContain("Nothing.");
        (await Shell.For(server).RunAsync("explain", "shop/other", "--json")).Output.ShouldContain("\"message\": \"Nothing.\"");
        server.Calls.Count(call => call.Call.StartsWith(Explain, StringComparison.Ordinal)).ShouldBe(2);
    }
}
