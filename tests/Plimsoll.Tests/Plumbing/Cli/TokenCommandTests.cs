using System.Text.Json;
using Plimsoll.Tests.Plumbing.Cli.Support;

namespace Plimsoll.Tests.Plumbing.Cli;

public sealed class TokenCommandTests
{
    [Fact]
    public async Task A_new_token_is_all_that_standard_output_holds()
    {
        await using var server = (await ApiDouble.StartAsync()).Answers(
            "POST /api/auth/tokens", """{"id":7,"name":"ci","role":"operator","expiresAt":null,"token":"plm_secret"}""", 201);

        var result = await Shell.For(server).RunAsync("token", "create", "--name", "ci", "--role", "operator");

        result.ExitCode.ShouldBe(0);
        result.Output.ShouldBe("plm_secret\n");
        result.Error.ShouldBe("Token 7 (ci, operator) does not expire. Keep it now: it cannot be shown again.\n");
        JsonDocument.Parse(server.Calls.Single().Body).RootElement.TryGetProperty("expiresAt", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Days_are_counted_from_now()
    {
        await using var server = (await ApiDouble.StartAsync()).Answers(
            "POST /api/auth/tokens", """{"id":7,"name":"ci","role":"viewer","expiresAt":"2026-12-01T12:00:00Z","token":"plm_secret"}""", 201);
        var shell = Shell.For(server);

        var before = DateTimeOffset.UtcNow;
        await shell.RunAsync("token", "create", "--name", "ci", "--role", "viewer", "--days", "10");

        var sent = JsonDocument.Parse(server.Calls.Single().Body).RootElement.GetProperty("expiresAt").GetDateTimeOffset();
        sent.ShouldBeInRange(before.AddDays(10), DateTimeOffset.UtcNow.AddDays(10));
    }

    [Theory]
    [InlineData("--role", "king")]
    [InlineData("--role", "viewer", "--days", "0")]
    [InlineData("--role", "viewer", "--days", "soon")]
    public async Task What_cannot_be_a_token_is_not_asked_for(params string[] args)
    {
        await using var server = await ApiDouble.StartAsync();

        var result = await Shell.For(server).RunAsync(["token", "create", "--name", "ci", .. args]);

        result.ExitCode.ShouldBe(1);
        server.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_list_has_no_secrets()
    {
        await using var server = (await ApiDouble.StartAsync()).Answers(
            "GET /api/auth/tokens", """[{"id":7,"name":"ci","role":"operator","createdAt":"2026-11-21T10:00:00Z","expiresAt":null}]""");

        var result = await Shell.For(server).RunAsync("token", "list");

        result.Lines.Length.ShouldBe(2);
        result.Lines[1].ShouldMatch(@"^7    ci     operator   2026-11-2\d \d\d:00   never$");
    }

    [Fact]
    public async Task Removing_names_the_token_by_its_number()
    {
        await using var server = (await ApiDouble.StartAsync()).Answers("DELETE /api/auth/tokens/7", "{}");

        (await Shell.For(server).RunAsync("token", "remove", "7")).ShouldBe(new(0, "Token 7 is removed.\n", ""));
        (await Shell.For(server).RunAsync("token", "remove", "8")).ExitCode.ShouldBe(2);
        (await Shell.For(server).RunAsync("token", "remove", "ci")).ExitCode.ShouldBe(1);
    }
}
