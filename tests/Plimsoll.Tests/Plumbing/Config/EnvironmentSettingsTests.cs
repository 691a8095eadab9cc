using Plimsoll.Plumbing.Config;
using Plimsoll.Tests.Plumbing.Cli.Support;

namespace Plimsoll.Tests.Plumbing.Config;

public sealed class EnvironmentSettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_any_variable_the_defaults_hold()
    {
        var options = Read();

        options.DataFolder.ShouldBe(Path.GetFullPath("./data"));
        options.Listen.ShouldBe(new Uri("http://127.0.0.1:8080"));
        options.ProxyListen.ShouldBe(new Uri("http://127.0.0.1:8000"));
        options.Engine.SocketPath.ShouldBe("/var/run/docker.sock");
        options.EncryptionKey.ShouldBeNull();
        options.AdminPassword.ShouldBeNull();
        options.SeedPath.ShouldBeNull();
        options.StorePath.ShouldBe(Path.Combine(options.DataFolder, "plimsoll.db"));
    }

    [Fact]
    public void A_secret_can_come_from_a_file()
    {
        var options = Read(("ENCRYPTION_KEY_FILE", _folder.Write("key", "from a file\n")), ("PLIMSOLL_ADMIN_PASSWORD_FILE", _folder.Write("password", " spaces count \r\n")));

        options.EncryptionKey.ShouldBe("from a file");
        options.AdminPassword.ShouldBe(" spaces count ");
    }

    [Fact]
    public void The_variable_itself_goes_before_its_file() =>
        Read(("ENCRYPTION_KEY", "direct"), ("ENCRYPTION_KEY_FILE", "/nowhere")).EncryptionKey.ShouldBe("direct");

    /// <summary>An empty text would be a key, too, and one that everybody knows.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("  \r\n")]
    public void An_empty_file_is_no_secret(string content) =>
        Problems(("ENCRYPTION_KEY_FILE", _folder.Write("key", content))).ShouldHaveSingleItem().ShouldContain("is empty");

    [Fact]
    public void Blank_variables_count_as_absent() => Read(("PLIMSOLL_LISTEN", " "), ("ENCRYPTION_KEY", "")).EncryptionKey.ShouldBeNull();

    [Fact]
    public void All_mistakes_are_named_at_once()
    {
        var problems = Problems(
            ("PLIMSOLL_LISTEN", "8080"),
            ("PLIMSOLL_PROXY_LISTEN", "https://0.0.0.0:443"),
            ("DOCKER_HOST", "ssh://somewhere"),
            ("ENCRYPTION_KEY_FILE", "/nowhere/key"),
            ("PLIMSOLL_ADMIN_PASSWORD_FILE", "/nowhere/password"));

        problems.Select(problem => problem.Split(':')[0]).ShouldBe(
            ["PLIMSOLL_LISTEN", "PLIMSOLL_PROXY_LISTEN", "DOCKER_HOST", "ENCRYPTION_KEY_FILE", "PLIMSOLL_ADMIN_PASSWORD_FILE"]);
        problems[0].ShouldContain("Write it like http://127.0.0.1:8080");
    }

    [Fact]
    public void Dashboard_and_proxy_cannot_share_an_address()
    {
        Problems(("PLIMSOLL_LISTEN", "http://127.0.0.1:8000")).ShouldHaveSingleItem().ShouldContain("Give each a port of its own");
        Read(("PLIMSOLL_LISTEN", "http://127.0.0.1:0"), ("PLIMSOLL_PROXY_LISTEN", "http://127.0.0.1:0")).Listen.Port.ShouldBe(0);
    }

    [Fact]
    public void The_settings_do_not_print_their_secrets() =>
        $"{Read(("ENCRYPTION_KEY", "hunter2"), ("PLIMSOLL_ADMIN_PASSWORD", "letmein"))}".ShouldSatisfyAllConditions(
            text => text.ShouldNotContain("hunter2"), text => text.ShouldNotContain("letmein"));

    private static ServeOptions Read(params (string Name, string Value)[] variables) =>
        EnvironmentSettings.Read(name => variables.FirstOrDefault(variable => variable.Name == name).Value);

    private static IReadOnlyList<string> Problems(params (string Name, string Value)[] variables) =>
        Should.Throw<SettingsException>(() => Read(variables)).Problems;
}
