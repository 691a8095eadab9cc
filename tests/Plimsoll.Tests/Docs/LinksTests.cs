using System.Text.RegularExpressions;

namespace Plimsoll.Tests.Docs;

/// <summary>What the pages point at is there.</summary>
public sealed partial class LinksTests
{
    private static readonly string[] Folders = ["src/", "tests/", "docs/", "scripts/", "bench/", "demo/"];

    public static TheoryData<string> Pages =>
        [.. Directory.EnumerateFiles(Page.Root, "*.md").Concat(Directory.EnumerateFiles(Path.Combine(Page.Root, "docs"), "*.md", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Page.Root, file))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_and_every_path_of_the_repository_leads_somewhere(string page)
    {
        var text = File.ReadAllText(Path.Combine(Page.Root, page));
        var folder = Path.GetDirectoryName(Path.Combine(Page.Root, page))!;
        var links = Link().Matches(text).Select(match => match.Groups[1].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#'))
            .Select(target => Path.Combine(folder, target.Split('#')[0]));
        var paths = Quoted().Matches(text).Select(match => match.Groups[1].Value)
            .Where(path => Folders.Any(prefix => path.StartsWith(prefix, StringComparison.Ordinal)) && path.IndexOfAny(['*', '{', '…', ' ']) < 0)
            .Where(path => !path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("NNNN", StringComparison.Ordinal))
            .Select(path => Path.Combine(Page.Root, path));
        links.Concat(paths).Where(path => !File.Exists(path) && !Directory.Exists(path)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_test_that_is_named_as_a_proof_exists()
    {
        var proofs = Page.Read("ARCHITECTURE.md").Rows("Invariant", "Proof").Select(row => Proofs(row[1]).ToList()).ToList();
        proofs.Count(tests => tests.Count > 0).ShouldBeGreaterThanOrEqualTo(8);
        foreach (var (file, test) in proofs.SelectMany(tests => tests))
        {
            File.ReadAllText(Path.Combine(Page.Root, "tests", file)).ShouldContain($" {test}(", Case.Sensitive, file);
        }
    }

    [Fact]
    public void Every_decision_that_the_code_names_is_there()
    {
        var decisions = Directory.EnumerateFiles(Path.Combine(Page.Root, "docs", "decisions")).Select(file => Path.GetFileName(file)[..4]).ToList();
        var named = Directory.EnumerateFiles(Path.Combine(Page.Root, "src"), "*.cs*", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .SelectMany(file => Decision().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value);
        named.ShouldBeSubsetOf(decisions);
    }

    /// <summary>"`Plimsoll.Tests/Edge/RouterTests.cs`: `A_test`, `Another_test`", one file after another.</summary>
    private static IEnumerable<(string File, string Test)> Proofs(string cell)
    {
        string? file = null;
        foreach (var quoted in Quoted().Matches(cell).Select(match => match.Groups[1].Value))
        {
            if (quoted.EndsWith(".cs", StringComparison.Ordinal))
            {
                file = quoted;
            }
            else if (file is not null)
            {
                yield return (file, quoted);
            }
        }
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex("docs/decisions/([0-9]{4})")]
    private static partial Regex Decision();
}
