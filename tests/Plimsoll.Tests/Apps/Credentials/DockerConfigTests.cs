using Microsoft.Extensions.Logging.Abstractions;
using Plimsoll.Apps;
using Plimsoll.Apps.Credentials;
using Plimsoll.Tests.Apps.Support;
using Plimsoll.Tests.Support;

namespace Plimsoll.Tests.Apps.Credentials;

/// <summary>Docker's configuration file and real helper programs, which are small scripts in a folder of the search path.</summary>
public sealed class DockerConfigTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plimsoll-docker-").FullName;
    private readonly ManualTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("ghcr.io", "me:pass:word")]
    [InlineData("docker.io", "hub:hubpass")]
    [InlineData("git.example.org:5000", "plain:text")]
    [InlineData("quay.io", "(identity)")]
    [InlineData("broken.example", null)]
    [InlineData("empty.example", null)]
    [InlineData("other.example", null)]
    public async Task Each_way_of_writing_a_credential_is_read(string host, string? expected)
    {
        var config = Write($$"""
            {
              "auths": {
                "ghcr.io": { "auth": "{{Base64("me:pass:word")}}" },
                "https://index.docker.io/v1/": { "auth": "{{Base64("hub:hubpass\0\0")}}" },
                "http://git.example.org:5000": { "username": "plain", "password": "text" },
                "quay.io": { "auth": "{{Base64("x:")}}", "identitytoken": "identity" },
                "broken.example": { "auth": "%%%" },
                "empty.example": {},
                "odd.example": 7
              }
            }
            """);
        var found = await config.FindAsync(host, Token);
        (found is null ? null : found.IdentityToken is null ? $"{found.Username}:{found.Password}" : "(identity)").ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{ \"auths\": ")]
    [InlineData("{ \"auths\": [] , \"credsStore\": 3, \"credHelpers\": \"x\" }")]
    public async Task A_file_that_makes_no_sense_gives_nothing(string text) => (await Write(text).FindAsync("ghcr.io", Token)).ShouldBeNull();

    [Fact]
    public async Task The_file_is_read_again_when_it_changed_and_none_is_looked_for_by_itself()
    {
        var config = Write("{}");
        (await config.FindAsync("ghcr.io", Token)).ShouldBeNull();
        Write($$"""{ "auths": { "ghcr.io": { "auth": "{{Base64("me:new")}}" } } }""");
        (await config.FindAsync("ghcr.io", Token))!.Password.ShouldBe("new");
        File.Delete(Path.Combine(_folder, "config.json"));
        (await config.FindAsync("ghcr.io", Token)).ShouldBeNull();
        (await New(null).Config.FindAsync("ghcr.io", Token)).ShouldBeNull();
    }

    [Fact]
    public async Task A_helper_is_asked_with_the_host_on_its_input_and_its_answer_is_kept_for_a_while()
    {
        var log = Path.Combine(_folder, "asked");
        Helper("tests-one", $$"""read host; echo "$1 $host" >> {{log}}; env >> {{log}}.env; echo secret-on-stderr >&2; echo "{\"ServerURL\":\"x\",\"Username\":\"bot\",\"Secret\":\"from-helper\"}" """);
        Helper("tests-all", $$"""read host; echo "all $host" >> {{log}}; echo "credentials not found in native keychain"; exit 1""");
        Environment.SetEnvironmentVariable("PLIMSOLL_TESTS_SECRET", "own");
        var config = Write("""{ "credHelpers": { "ghcr.io": "tests-one" }, "credsStore": "tests-all", "auths": { "docker.io": { "username": "from", "password": "file" } } }""");

        (await config.FindAsync("ghcr.io", Token))!.ShouldBe(new StoredCredential("bot", "from-helper", null));
        await config.FindAsync("ghcr.io", Token);
        (await config.FindAsync("docker.io", Token))!.Password.ShouldBe("file");
        File.ReadAllLines(log).ShouldBe(["get ghcr.io", "all https://index.docker.io/v1/"]);
        File.ReadAllText(log + ".env").ShouldNotContain("PLIMSOLL_");

        _time.Advance(TimeSpan.FromMinutes(5));
        await config.FindAsync("ghcr.io", Token);
        File.ReadAllLines(log).Length.ShouldBe(3);
    }

    [Fact]
    public async Task An_identity_token_of_a_helper_is_one()
    {
        Helper("tests-token", """echo '{"Username":"<token>","Secret":"identity"}'""");
        (await New(null).Helper.AskAsync("tests-token", "x", Token)).ShouldBe(new StoredCredential(null, null, "identity"));
    }

    [Theory]
    [InlineData("../../bin/sh", "name")]
    [InlineData("a b", "name")]
    [InlineData("", "name")]
    [InlineData("tests-not-there", "cannot be started")]
    [InlineData("tests-fails", "ended with code 3")]
    [InlineData("tests-talks", "more than 64 KiB")]
    [InlineData("tests-odd", "not a credential")]
    public async Task A_helper_that_is_no_help_is_described_without_its_words(string helper, string expected)
    {
        Helper("tests-fails", "echo hunter2; echo hunter2 >&2; exit 3");
        Helper("tests-talks", "head -c 1000000 /dev/zero; head -c 1000000 /dev/zero >&2");
        Helper("tests-odd", "echo hunter2");
        var problem = await Should.ThrowAsync<CredentialHelperException>(() => New(null).Helper.AskAsync(helper, "ghcr.io", Token));
        problem.Message.ShouldContain(expected);
        problem.ToString().ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task A_helper_that_never_ends_is_ended()
    {
        var started = Path.Combine(_folder, "started");
        Helper("tests-sleeps", $"echo $$ > {started}; exec sleep 600");
        var asking = New(null).Helper.AskAsync("tests-sleeps", "ghcr.io", Token);
        while (!File.Exists(started) || File.ReadAllText(started).Length == 0)
        {
            await Task.Delay(10, Token);
        }

        _time.Advance(TimeSpan.FromSeconds(15));
        (await Should.ThrowAsync<CredentialHelperException>(asking)).Message.ShouldContain("did not answer within 15 s");
        var process = File.ReadAllText(started).Trim();
        while (File.Exists($"/proc/{process}/stat") && !File.ReadAllText($"/proc/{process}/stat").Contains(") Z", StringComparison.Ordinal))
        {
            await Task.Delay(10, Token);
        }
    }

    [Fact]
    public async Task The_order_is_the_projects_registry_then_a_stored_one_then_the_file()
    {
        await using var apps = await AppsStore.CreateAsync();
        using var amazon = new EcrPasswords(new EcrOptions(), _time);
        var credentials = new RegistryCredentials(apps.Registries, amazon, Write($$"""{ "auths": { "ghcr.io": { "auth": "{{Base64("file:file")}}" } } }"""));
        (await credentials.AccessAsync("ghcr.io", null, Token)).ShouldSatisfyAllConditions(
            access => access.Password.ShouldBe("file"), access => access.TokenServerIsRegistry.ShouldBeTrue());
        (await credentials.ForPullAsync("quay.io", null, Token)).ShouldBeNull();

        var bare = (await apps.RegistryChanges.AddAsync(new RegistryEntry { Name = "bare", Host = "ghcr.io", Insecure = true }, Token)).Value!;
        (await credentials.AccessAsync("ghcr.io", null, Token)).ShouldSatisfyAllConditions(access => access.Password.ShouldBe("file"), access => access.AllowHttp.ShouldBeTrue());
        var one = (await apps.RegistryChanges.AddAsync(new RegistryEntry { Name = "one", Host = "ghcr.io", Token = "stored" }, Token)).Value!;
        (await credentials.ForPullAsync("ghcr.io", one.Id, Token))!.Password.ShouldBe("stored");
        (await credentials.ForPullAsync("ghcr.io", bare.Id, Token))!.Password.ShouldBe("file");
    }

    private static string Base64(string text) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text));

    private DockerConfig Write(string text)
    {
        var path = Path.Combine(_folder, "config.json");
        File.WriteAllText(path, text);
        return New(path).Config;
    }

    private (DockerConfig Config, CredentialHelper Helper) New(string? path)
    {
        var search = Environment.GetEnvironmentVariable("PATH")!;
        if (!search.Contains(HelperFolder, StringComparison.Ordinal))
        {
            Environment.SetEnvironmentVariable("PATH", $"{HelperFolder}:{search}");
        }

        var helper = new CredentialHelper(_time);
        return (new DockerConfig(new DockerConfigOptions(path), helper, _time, NullLogger<DockerConfig>.Instance), helper);
    }

    private static string HelperFolder { get; } = Directory.CreateTempSubdirectory("plimsoll-helpers-").FullName;

    private static void Helper(string name, string script)
    {
        var path = Path.Combine(HelperFolder, $"docker-credential-{name}");
        File.WriteAllText(path + ".new", "#!/bin/sh\n" + script + "\n");
        File.SetUnixFileMode(path + ".new", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.Move(path + ".new", path, overwrite: true);
    }
}
