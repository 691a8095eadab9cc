using Plimsoll.Tests.Plumbing.Cli.Support;

namespace Plimsoll.Tests.Plumbing.Cli;

public sealed class CommandLineTests
{
    [Fact]
    public async Task The_version_is_one_line_without_the_commit()
    {
        var result = await new Shell().RunAsync("--version");

        result.ExitCode.ShouldBe(0);
        result.Output.ShouldMatch(@"^plimsoll \d+\.\d+\.\d+\n$");
    }

    [Fact]
    public async Task The_help_lists_each_command_on_one_line()
    {
        var result = await new Shell().RunAsync("--help");

        result.ExitCode.ShouldBe(0);
        foreach (var command in new[] { "serve", "deploy", "status", "import", "token", "doctor" })
        {
            result.Lines.Count(line => line.StartsWith($"  {command} ", StringComparison.Ordinal)).ShouldBe(1, command);
        }
    }

    [Theory]
    [InlineData("deploy", "Exit codes:")]
    [InlineData("serve", "PLIMSOLL_DATA")]
    [InlineData("status", "PLIMSOLL_TOKEN_FILE")]
    [InlineData("import", "file:line:column")]
    [InlineData("doctor", "changes nothing")]
    public async Task The_help_of_a_command_ends_with_what_else_there_is_to_know(string command, string text) =>
        (await new Shell().RunAsync(command, "--help")).Output.ShouldContain(text);

    [Fact]
    public async Task No_help_offers_a_token_as_an_argument()
    {
        foreach (var command in new[] { "deploy", "status", "import", "doctor" })
        {
            (await new Shell().RunAsync(command, "--help")).Output.ShouldNotContain("--token");
        }
    }

    [Fact]
    public async Task A_mistyped_command_is_told_with_the_likely_one_and_where_the_help_is()
    {
        var result = await new Shell().RunAsync("deploi");

        result.ExitCode.ShouldBe(1);
        result.Output.ShouldContain("deploy");
        result.Error.ShouldContain("'deploi'");
        result.Error.ShouldContain("'plimsoll --help'");
    }

    [Fact]
    public async Task A_missing_argument_leads_to_the_help_of_that_command()
    {
        var result = await new Shell().RunAsync("token", "create");

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("--name");
        result.Error.ShouldContain("'plimsoll token create --help'");
    }

    [Fact]
    public async Task An_argument_that_begins_with_an_at_sign_is_not_read_as_a_file()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("arguments", "--version");

        var result = await new Shell().RunAsync("@" + file);

        result.ExitCode.ShouldBe(1);
        result.Output.ShouldNotContain("plimsoll 0");
    }
}
