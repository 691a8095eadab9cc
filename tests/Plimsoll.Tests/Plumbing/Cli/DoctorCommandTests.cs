using System.Net;
using System.Net.Sockets;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Secrets;
using Plimsoll.Tests.Plumbing.Cli.Support;

namespace Plimsoll.Tests.Plumbing.Cli;

public sealed class DoctorCommandTests : IAsyncDisposable
{
    private const string Network = "GET /v1.41/networks/plimsoll";

    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _elsewhere = new();
    private readonly List<ApiDouble> _doubles = [];

    [Fact]
    public async Task An_empty_folder_and_a_running_engine_are_all_it_takes()
    {
        var shell = await ShellAsync();

        var result = await shell.RunAsync("doctor");

        result.ExitCode.ShouldBe(0, result.Output);
        result.Output.ShouldContain("Docker 20.10.24 (linux/amd64)");
        result.Output.ShouldContain("API 1.41");
        result.Lines[^1].ShouldBe("Nothing is wrong.");
        _folder.Snapshot().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_not_made()
    {
        var shell = await ShellAsync();
        shell.Variables["PLIMSOLL_DATA"] = Path.Combine(_folder.Path, "a", "b");

        var result = await shell.RunAsync("doctor");

        result.ExitCode.ShouldBe(0, result.Output);
        result.Output.ShouldContain("is made at the first start");
        _folder.Snapshot().ShouldBeEmpty();
    }

    [Fact]
    public async Task Wrong_settings_are_all_told()
    {
        var shell = await ShellAsync();
        shell.Variables["PLIMSOLL_LISTEN"] = "x";
        shell.Variables["PLIMSOLL_PROXY_LISTEN"] = "y";

        var result = await shell.RunAsync("doctor", "--json");

        result.ExitCode.ShouldBe(1);
        Marks(result, "settings").ShouldBe(["problem", "problem"]);
    }

    [Fact]
    public async Task An_engine_that_is_not_there_is_a_problem()
    {
        var shell = await ShellAsync();
        shell.Variables["DOCKER_HOST"] = "unix:///nowhere/docker.sock";

        var result = await shell.RunAsync("doctor");

        result.ExitCode.ShouldBe(1);
        result.Output.ShouldContain("/nowhere/docker.sock");
        result.Lines[^1].ShouldBe("One thing is wrong.");
    }

    [Fact]
    public async Task The_key_is_compared_with_the_store_and_neither_is_touched()
    {
        await MakeStoreAsync();
        var shell = await ShellAsync();
        var before = _folder.Snapshot();

        var right = await shell.RunAsync("doctor", "--json");
        shell.Variables["ENCRYPTION_KEY"] = "another";
        var wrong = await shell.RunAsync("doctor", "--json");

        Marks(right, "encryption key").ShouldBe(["ok"]);
        right.Output.ShouldContain("opens the store");
        Marks(wrong, "encryption key").ShouldBe(["problem"]);
        wrong.ExitCode.ShouldBe(1);
        _folder.Snapshot().ShouldBe(before);
    }

    [Fact]
    public async Task A_store_without_its_key_is_a_problem_and_no_key_is_made()
    {
        await MakeStoreAsync();
        File.Delete(Path.Combine(_folder.Path, "encryption.key"));

        var result = await (await ShellAsync()).RunAsync("doctor", "--json");

        Marks(result, "encryption key").ShouldBe(["problem"]);
        File.Exists(Path.Combine(_folder.Path, "encryption.key")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_key_that_others_can_read_is_a_problem()
    {
        var file = _folder.Write("encryption.key", "key");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.OtherRead);

        Marks(await (await ShellAsync()).RunAsync("doctor", "--json"), "encryption key").ShouldBe(["problem"]);
    }

    [Fact]
    public async Task A_file_that_is_no_store_is_a_problem()
    {
        _folder.Write("plimsoll.db", "This is not a database, however long it may be.");
        var shell = await ShellAsync();
        shell.Variables["ENCRYPTION_KEY"] = "key";

        Marks(await shell.RunAsync("doctor", "--json"), "encryption key").ShouldBe(["problem"]);
    }

    [Fact]
    public async Task A_port_that_somebody_else_holds_is_a_problem()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var shell = await ShellAsync();
        shell.Variables["PLIMSOLL_PROXY_LISTEN"] = $"http://127.0.0.1:{port}";

        var result = await shell.RunAsync("doctor", "--json");

        Marks(result, $"port {port}").ShouldBe(["problem"]);
    }

    [Fact]
    public async Task A_running_server_is_asked_for_what_only_it_knows()
    {
        var server = (await StartAsync())
            .Raw("GET /healthz", """{"status":"ok"}""")
            .Raw("GET /readyz", """{"status":"ok"}""")
            .Answers("GET /api/settings", """{"network":"harbour"}""")
            .Answers("GET /api/registries", """[{"id":1,"name":"good","url":"ghcr.io"},{"id":2,"name":"bad","url":"registry.local"}]""")
            .Answers("POST /api/registries/1/test", """{"ok":true,"text":"Fine."}""")
            .Answers("POST /api/registries/2/test", """{"ok":false,"failedStep":"dns","text":"There is no such host."}""");
        var shell = await ShellAsync("harbour");
        shell.Variables["PLIMSOLL_LISTEN"] = server.Url.ToString();
        shell.Variables["PLIMSOLL_URL"] = "http://127.0.0.1:1";
        _folder.Write("cli.token", "plm_own");

        var result = await shell.RunAsync("doctor", "--json");

        result.ExitCode.ShouldBe(1);
        Marks(result, "server").ShouldBe(["ok"]);
        Marks(result, $"port {server.Url.Port}").ShouldBe(["ok"]);
        Marks(result, "registry good").ShouldBe(["ok"]);
        Marks(result, "registry bad").ShouldBe(["problem"]);
        result.Output.ShouldContain("harbour is there");
        result.Output.ShouldContain("There is no such host.");
    }

    [Fact]
    public async Task A_server_that_is_not_ready_says_why()
    {
        var server = (await StartAsync()).Raw("GET /healthz", """{"status":"ok"}""").Raw("GET /readyz", """{"status":"The routes are being compared."}""", 503);
        var shell = await ShellAsync();
        shell.Variables["PLIMSOLL_LISTEN"] = server.Url.ToString();

        var result = await shell.RunAsync("doctor", "--json");

        Marks(result, "server").ShouldBe(["problem"]);
        result.Output.ShouldContain("The routes are being compared.");
        Marks(result, "registries").ShouldBe(["note"]);
    }

    [Fact]
    public async Task The_proxy_of_a_running_server_may_hold_its_port()
    {
        var server = (await StartAsync()).Raw("GET /healthz", """{"status":"ok"}""").Raw("GET /readyz", """{"status":"ok"}""");
        var proxy = (await StartAsync()).Raw("GET /", "Nothing is published at doctor.plimsoll.invalid.\n", 404, "text/plain");
        var shell = await ShellAsync();
        shell.Variables["PLIMSOLL_LISTEN"] = server.Url.ToString();
        shell.Variables["PLIMSOLL_PROXY_LISTEN"] = proxy.Url.ToString();

        Marks(await shell.RunAsync("doctor", "--json"), $"port {proxy.Url.Port}").ShouldBe(["ok"]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _doubles)
        {
            await server.DisposeAsync();
        }

        _folder.Dispose();
        _elsewhere.Dispose();
    }

    private static IEnumerable<string?> Marks(CliResult result, string check) => result.Json.EnumerateArray()
        .Where(finding => finding.GetProperty("check").GetString() == check)
        .Select(finding => finding.GetProperty("mark").GetString());

    /// <summary>With an engine on a socket of its own, and ports that are free.</summary>
    private async Task<Shell> ShellAsync(string network = "plimsoll")
    {
        var socket = Path.Combine(_elsewhere.Path, "docker.sock");
        (await StartAsync(socket))
            .Handles("GET /_ping", context =>
            {
                context.Response.Headers["Api-Version"] = "1.41";
                return Task.CompletedTask;
            })
            .Raw("GET /v1.41/version", """{"Version":"20.10.24","ApiVersion":"1.41","MinAPIVersion":"1.12","Os":"linux","Arch":"amd64"}""")
            .Raw(Network.Replace("plimsoll", network), $$"""{"Name":"{{network}}","Id":"0123456789abcdef","Driver":"bridge"}""");
        return new Shell
        {
            Variables =
            {
                ["DOCKER_HOST"] = "unix://" + socket,
                ["PLIMSOLL_DATA"] = _folder.Path,
                ["PLIMSOLL_LISTEN"] = "http://127.0.0.1:0",
                ["PLIMSOLL_PROXY_LISTEN"] = "http://127.0.0.1:0",
            },
        };
    }

    private async Task<ApiDouble> StartAsync(string? socket = null)
    {
        var server = await ApiDouble.StartAsync(socket);
        _doubles.Add(server);
        return server;
    }

    /// <summary>A store as the server leaves it.</summary>
    private async Task MakeStoreAsync()
    {
        await using var store = new Store(Path.Combine(_folder.Path, "plimsoll.db"));
        await Migrations.ApplyAsync(store, TestContext.Current.CancellationToken);
        await KeyCheck.VerifyAsync(store, new SecretBox(EncryptionKey.FromFolder(_folder.Path)), TestContext.Current.CancellationToken);
    }
}
