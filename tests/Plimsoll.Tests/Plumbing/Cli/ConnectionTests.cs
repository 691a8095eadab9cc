using System.Net;
using System.Net.Sockets;
using Plimsoll.Plumbing.Cli.Api;
using Plimsoll.Tests.Plumbing.Cli.Support;

namespace Plimsoll.Tests.Plumbing.Cli;

public sealed class ConnectionTests
{
    [Fact]
    public async Task A_server_that_is_not_there_is_named_with_what_to_do()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();

        var result = await new Shell { Variables = { ["PLIMSOLL_LISTEN"] = $"http://0.0.0.0:{port}" } }.RunAsync("status");

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain($"http://127.0.0.1:{port}: nothing listens there");
        result.Error.ShouldContain("plimsoll serve");
    }

    [Fact]
    public async Task The_option_goes_before_the_variable()
    {
        await using var server = (await ApiDouble.StartAsync()).Answers("GET /api/projects", "[]");

        var result = await new Shell { Variables = { ["PLIMSOLL_URL"] = "http://127.0.0.1:1" } }.RunAsync("status", "--url", server.Url.ToString());

        result.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_server_below_a_path_is_reached_there()
    {
        await using var server = (await ApiDouble.StartAsync()).Answers("GET /plimsoll/api/projects", "[]");

        (await new Shell().RunAsync("status", "--url", server.Url + "plimsoll")).ExitCode.ShouldBe(0);
    }

    [Theory]
    [InlineData("127.0.0.1:8080")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("http://127.0.0.1?x=1")]
    public async Task What_is_not_an_address_is_refused(string address)
    {
        var result = await new Shell().RunAsync("status", "--url", address);

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain($"'{address}' is not the address of a Plimsoll");
    }

    [Fact]
    public async Task A_password_in_the_address_is_refused_and_not_repeated()
    {
        var result = await new Shell().RunAsync("status", "--url", "http://admin:hunter2@127.0.0.1");

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task Without_a_token_the_server_is_asked_and_its_no_says_where_tokens_come_from()
    {
        await using var server = (await ApiDouble.StartAsync()).Refuses("GET /api/projects", 40100, "Sign in first.");

        var result = await new Shell { Variables = { ["PLIMSOLL_URL"] = server.Url.ToString() } }.RunAsync("status");

        result.ExitCode.ShouldBe(2);
        server.Calls.ShouldHaveSingleItem().Authorization.ShouldBeEmpty();
        result.Error.ShouldContain("PLIMSOLL_TOKEN, PLIMSOLL_TOKEN_FILE or /nowhere/plimsoll/cli.token");
        result.Error.ShouldContain("plimsoll token create");
    }

    [Fact]
    public async Task A_token_that_is_not_accepted_is_named_by_where_it_came_from_and_never_shown()
    {
        await using var server = (await ApiDouble.StartAsync()).Refuses("GET /api/projects", 40100, "It has expired.");

        var result = await Shell.For(server).RunAsync("status");

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain("token from PLIMSOLL_TOKEN: It has expired.");
        result.Error.ShouldNotContain("plm_test");
    }

    [Fact]
    public async Task The_servers_own_token_file_signs_in()
    {
        using var folder = new TemporaryFolder();
        folder.Write("cli.token", "plm_own\n");
        await using var server = (await ApiDouble.StartAsync()).Answers("GET /api/projects", "[]");

        await new Shell { Variables = { ["PLIMSOLL_URL"] = server.Url.ToString(), ["PLIMSOLL_DATA"] = folder.Path } }.RunAsync("status");

        server.Calls.ShouldHaveSingleItem().Authorization.ShouldBe("Bearer plm_own");
    }

    [Fact]
    public void The_servers_own_token_does_not_leave_the_machine()
    {
        using var folder = new TemporaryFolder();
        folder.Write("cli.token", "plm_own\n");
        string? Read(string name) => name == "PLIMSOLL_DATA" ? folder.Path : null;

        ApiToken.Find(ServerAddress.Find("https://plimsoll.example.com", Read), Read).Value.ShouldBeNull();
        ApiToken.Find(ServerAddress.Find(null, Read), Read).Value.ShouldBe("plm_own");
    }

    [Fact]
    public async Task A_token_file_that_is_named_goes_before_the_servers_own()
    {
        using var folder = new TemporaryFolder();
        folder.Write("cli.token", "plm_own");
        var file = folder.Write("ci.token", "  plm_named\r\n");
        await using var server = (await ApiDouble.StartAsync()).Answers("GET /api/projects", "[]");

        await new Shell
        {
            Variables = { ["PLIMSOLL_URL"] = server.Url.ToString(), ["PLIMSOLL_DATA"] = folder.Path, ["PLIMSOLL_TOKEN_FILE"] = file },
        }.RunAsync("status");

        server.Calls.ShouldHaveSingleItem().Authorization.ShouldBe("Bearer plm_named");
    }

    [Theory]
    [InlineData("/nowhere/token", null, "is not there")]
    [InlineData(null, "plm_a\nX-Evil: 1", "is not a token")]
    public async Task A_token_that_cannot_be_used_is_told_before_anything_is_sent(string? file, string? token, string message)
    {
        await using var server = await ApiDouble.StartAsync();
        var shell = new Shell { Variables = { ["PLIMSOLL_URL"] = server.Url.ToString(), ["PLIMSOLL_TOKEN"] = token ?? "", ["PLIMSOLL_TOKEN_FILE"] = file ?? "" } };

        var result = await shell.RunAsync("status");

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain(message);
        result.Error.ShouldNotContain("plm_a");
        server.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("<html>Bad gateway</html>", 502, "text/html")]
    [InlineData("""{"status":"ok"}""", 200, "application/json")]
    [InlineData("{", 200, "application/json")]
    public async Task What_is_not_Plimsoll_is_not_taken_for_it(string body, int status, string type)
    {
        await using var server = (await ApiDouble.StartAsync()).Raw("GET /api/projects", body, status, type);

        var result = await Shell.For(server).RunAsync("status");

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain($"the answer was {status}");
    }

    [Fact]
    public async Task A_redirect_is_told_and_not_followed()
    {
        await using var elsewhere = (await ApiDouble.StartAsync()).Answers("GET /api/projects", "[]");
        await using var server = (await ApiDouble.StartAsync()).Handles("GET /api/projects", context =>
        {
            context.Response.Redirect($"{elsewhere.Url}api/projects");
            return Task.CompletedTask;
        });

        var result = await Shell.For(server).RunAsync("status");

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain($"{elsewhere.Url}api/projects");
        elsewhere.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_of_another_form_is_no_crash()
    {
        await using var server = (await ApiDouble.StartAsync()).Answers("GET /api/projects", """[{"name":{"first":"shop"}}]""");

        var result = await Shell.For(server).RunAsync("status");

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("a form that plimsoll");
    }
}
