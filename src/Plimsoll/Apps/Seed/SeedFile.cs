using System.Text;
using Plimsoll.Apps.Api;

namespace Plimsoll.Apps.Seed;

/// <summary>A configuration file (the format of seed 000) that was read without a mistake. It can still conflict with what the store holds.</summary>
internal sealed class SeedFile
{
    /// <summary>A file of a thousand projects is a quarter of this.</summary>
    public const int LongestBytes = 1024 * 1024;

    /// <summary>As it stands in front of each problem.</summary>
    public required string FileName { get; init; }

    /// <summary>What the file says of the settings; the rest is absent.</summary>
    public required SettingsBody Global { get; init; }

    public SeedNpm? Npm { get; init; }

    public required IReadOnlyList<SeedRegistry> Registries { get; init; }

    public required IReadOnlyList<SeedProject> Projects { get; init; }

    public required SeedPlaces Places { get; init; }

    /// <summary>Where <c>token_file</c> and <c>password_file</c> begin; null: no file may be read, because the text came over the network.</summary>
    public string? SecretsFolder { get; private init; }

    /// <param name="registriesInStore">Names that projects may use beside those of the file.</param>
    /// <exception cref="SeedException">The text has mistakes; all of them are named.</exception>
    public static SeedFile Parse(string text, string fileName, IReadOnlyCollection<string>? registriesInStore = null) =>
        Parse(text, fileName, null, registriesInStore ?? []);

    /// <exception cref="SeedException">The file cannot be read, or has mistakes; all of them are named.</exception>
    public static SeedFile Read(string path, IReadOnlyCollection<string>? registriesInStore = null)
    {
        try
        {
            var text = BoundedFile.ReadText(path, LongestBytes);
            return Parse(text, path, Path.GetDirectoryName(Path.GetFullPath(path)), registriesInStore ?? []);
        }
        catch (Exception problem) when (BoundedFile.IsAboutTheFile(problem))
        {
            throw new SeedException([new SeedProblem(path, SeedMark.Start, "", BoundedFile.Sentence(problem))]);
        }
    }

    private static SeedFile Parse(string text, string fileName, string? secretsFolder, IReadOnlyCollection<string> registriesInStore)
    {
        var problems = new SeedProblems(fileName, new SeedPlaces());
        if (Encoding.UTF8.GetByteCount(text) > LongestBytes)
        {
            problems.Add(SeedMark.Start, "", $"The file is too large: at most {LongestBytes / 1024} KiB.");
        }

        problems.ThrowIfAny();
        var root = new SeedReader(problems).Read(text);
        // Without a tree there is nothing to look at; what made it unreadable is the whole message.
        if (root is null)
        {
            problems.ThrowIfAny();
        }

        var content = new SeedContent(root!, registriesInStore, problems);
        problems.ThrowIfAny();
        return new SeedFile
        {
            FileName = fileName,
            Global = content.Global,
            Npm = content.Npm,
            Registries = content.Registries,
            Projects = content.Projects,
            Places = problems.Places,
            SecretsFolder = secretsFolder,
        };
    }
}
