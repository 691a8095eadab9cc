using System.Text.RegularExpressions;
using Plimsoll.Apps.Seed;
using Plimsoll.Plumbing.Cli;

namespace Plimsoll.Tests.Docs;

public sealed partial class ReadmeTests
{
    [Fact]
    public void The_configuration_of_the_quick_start_can_be_imported()
    {
        var yaml = YamlBlock().Match(Read("README.md")).Groups[1].Value;
        var file = SeedFile.Parse(yaml, "shop.yaml", []);
        file.Projects.ShouldHaveSingleItem();
        file.Registries.ShouldHaveSingleItem();
    }

    /// <summary>"plimsoll status --json" in any page: the command is there, and so are its options.</summary>
    [Fact]
    public async Task Every_command_that_the_pages_name_exists()
    {
        var pages = Directory.EnumerateFiles(Page.Root, "*.md").Concat(Directory.EnumerateFiles(Path.Combine(Page.Root, "docs"), "*.md", SearchOption.AllDirectories));
        var commands = pages.SelectMany(file => Command().Matches(File.ReadAllText(file)))
            .Select(match => (Name: match.Groups[1].Value, Options: Option().Matches(match.Value).Select(option => option.Value).ToArray()))
            .ToList();
        commands.ShouldNotBeEmpty();
        foreach (var (name, options) in commands)
        {
            var output = new StringWriter();
            var error = new StringWriter();
            string[] arguments = name == "token" ? ["token", "create", "--help"] : [name, "--help"];
            var surroundings = Surroundings.OfThisProcess() with { Output = output, Error = error };
            var exitCode = await CommandLine.RunAsync(arguments, (_, _) => Task.CompletedTask, surroundings, TestContext.Current.CancellationToken);
            exitCode.ShouldBe(0, $"plimsoll {name}: {error}");
            options.ShouldAllBe(option => output.ToString().Contains(option), $"plimsoll {name}");
        }
    }

    private static string Read(string path) => File.ReadAllText(Path.Combine(Page.Root, path));

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex YamlBlock();

    // In a line of a code block, or between backticks.
    [GeneratedRegex(@"(?:^|`|\$\()plimsoll ([a-z]+)[^`\n)]*", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex("--[a-z]+")]
    private static partial Regex Option();
}
