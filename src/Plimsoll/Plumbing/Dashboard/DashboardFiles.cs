using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Plimsoll.Plumbing.Dashboard;

/// <summary>
/// The dashboard's files, which the build put into the program. They are read where the system has mapped the program
/// itself, so they take no memory of their own. A program that was built without them has none.
/// </summary>
internal sealed partial class DashboardFiles
{
    private const string Prefix = "dashboard/";
    private const string PagePath = "index.html";

    /// <summary>The one style attribute of the pages: SvelteKit hides with it what it reads out to those who do not see.</summary>
    private const string AnnouncerStyle =
        "position: absolute; left: 0; top: 0; clip: rect(0 0 0 0); clip-path: inset(50%); overflow: hidden; white-space: nowrap; width: 1px; height: 1px";

    private static readonly (string Suffix, string Encoding)[] Compressed = [(".br", "br"), (".gz", "gzip")];

    private readonly Assembly _program;
    private readonly Dictionary<string, DashboardFile> _files;

    public DashboardFiles()
        : this(typeof(DashboardFiles).Assembly)
    {
    }

    internal DashboardFiles(Assembly program)
    {
        _program = program;
        var resources = program.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToHashSet(StringComparer.Ordinal);
        _files = resources
            .Where(name => !Compressed.Any(form => name.EndsWith(form.Suffix, StringComparison.Ordinal) && resources.Contains(name[..^form.Suffix.Length])))
            .Select(name => Describe(name, resources))
            .ToDictionary(file => file.Path, StringComparer.Ordinal);
        Page = _files.GetValueOrDefault(PagePath);
        ContentSecurityPolicy = Page is null ? "" : PolicyFor(Page);
    }

    /// <summary>The page that every address of the dashboard begins with; null when the program was built without it.</summary>
    public DashboardFile? Page { get; }

    /// <summary>For the page: scripts and styles of our own and nothing inline but what the build wrote there.</summary>
    public string ContentSecurityPolicy { get; }

    public DashboardFile? Find(string path) => _files.GetValueOrDefault(path);

    public Stream Open(DashboardFile file, string encoding) => Open(file.Resources[encoding]);

    private Stream Open(string resource) => _program.GetManifestResourceStream(resource)!;

    private DashboardFile Describe(string resource, HashSet<string> all)
    {
        var path = resource[Prefix.Length..];
        using var content = Open(resource);
        var forms = new Dictionary<string, string> { [""] = resource };
        foreach (var (suffix, encoding) in Compressed.Where(form => all.Contains(resource + form.Suffix)))
        {
            forms[encoding] = resource + suffix;
        }

        return new DashboardFile(
            path, ContentTypes.Of(path), path.StartsWith("_app/immutable/", StringComparison.Ordinal), Convert.ToHexStringLower(SHA256.HashData(content))[..20], forms);
    }

    private string PolicyFor(DashboardFile page)
    {
        using var content = new StreamReader(Open(page, ""));
        var scripts = InlineScript().Matches(content.ReadToEnd()).Select(script => $" '{HashOf(script.Groups[1].Value)}'");
        return $"default-src 'none'; script-src 'self'{string.Concat(scripts)}; style-src 'self'; style-src-attr 'unsafe-hashes' '{HashOf(AnnouncerStyle)}'; "
            + "img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    }

    private static string HashOf(string inline) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(inline)));

    [GeneratedRegex("<script>(.*?)</script>", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex InlineScript();
}
