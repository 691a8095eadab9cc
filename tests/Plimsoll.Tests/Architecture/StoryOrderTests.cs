using System.Reflection;

namespace Plimsoll.Tests.Architecture;

/// <summary>The map of the program: a chapter uses the chapters before it and Plumbing, never one after it.</summary>
public sealed class StoryOrderTests
{
    private static readonly string[] Story =
        ["Plumbing", "Access", "Apps", "Candidates", "Decisions", "Deployments", "Edge", "Healing", "Inventory", "Notifications"];

    private static readonly Assembly Program = typeof(Plimsoll.Plumbing.ShortId).Assembly;

    [Fact]
    public void Every_chapter_has_its_place_in_the_story()
    {
        var chapters = Program.GetTypes().Select(ChapterOf).Where(chapter => chapter is not null).Distinct();
        chapters.ShouldAllBe(chapter => Story.Contains(chapter), "A new folder under src/Plimsoll needs a place in the story: add it to this test and to ARCHITECTURE.md.");
    }

    [Fact]
    public void No_chapter_uses_one_that_comes_after_it()
    {
        var root = SourceFolder();
        var wrong = new List<string>();
        for (var position = 0; position < Story.Length; position++)
        {
            var folder = Path.Combine(root, Story[position]);
            if (!Directory.Exists(folder))
            {
                continue;
            }

            foreach (var file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            {
                var text = File.ReadAllText(file);
                wrong.AddRange(Story.Skip(position + 1)
                    .Where(later => text.Contains($"using Plimsoll.{later}", StringComparison.Ordinal) || text.Contains($"Plimsoll.{later}.", StringComparison.Ordinal))
                    .Select(later => $"{Path.GetRelativePath(root, file)} uses {later}: move the file, or let {Story[position]} own an interface that {later} implements"));
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void The_libraries_know_nothing_of_the_program()
    {
        foreach (var library in new[] { typeof(Plimsoll.Docker.DockerEngine).Assembly, typeof(Plimsoll.Registry.RegistryClient).Assembly })
        {
            library.GetReferencedAssemblies().ShouldNotContain(reference => reference.Name == "plimsoll");
        }
    }

    [Fact]
    public void No_source_file_is_longer_than_400_lines_and_no_constructor_takes_more_than_eight_things()
    {
        var root = Path.GetDirectoryName(SourceFolder())!;
        Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && File.ReadLines(file).Count() > 400)
            .ShouldBeEmpty();
        Program.GetTypes()
            .Where(type => type.Namespace?.StartsWith("Plimsoll", StringComparison.Ordinal) == true && type is { IsClass: true, IsSealed: true } && type.GetMethod("<Clone>$") is null)
            .Where(type => type.GetConstructors().Any(constructor => constructor.GetParameters().Length > 8))
            .Select(type => type.FullName)
            .ShouldBeEmpty();
    }

    internal static string SourceFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Plimsoll.slnx")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder!.FullName, "src", "Plimsoll");
    }

    private static string? ChapterOf(Type type) =>
        type.Namespace is { } name && name.StartsWith("Plimsoll.", StringComparison.Ordinal) ? name.Split('.')[1] : null;
}
