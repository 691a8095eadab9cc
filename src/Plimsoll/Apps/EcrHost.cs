using System.Text.RegularExpressions;

namespace Plimsoll.Apps;

/// <summary>What the name of a private Amazon registry tells: <c>123456789012.dkr.ecr.eu-central-1.amazonaws.com</c>.</summary>
/// <param name="Suffix"><c>amazonaws.com</c>, or the one of another partition.</param>
internal sealed partial record EcrHost(string Account, string Region, string Suffix)
{
    /// <summary>Null when the host is none of Amazon's private registries.</summary>
    public static EcrHost? Parse(string host) =>
        Name().Match(host) is { Success: true } match ? new EcrHost(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value) : null;

    public static bool IsRegion(string text) => RegionName().IsMatch(text);

    [GeneratedRegex("^([0-9]{12})\\.dkr\\.ecr(?:-fips)?\\.([a-z0-9-]{4,32})\\.(amazonaws\\.com(?:\\.cn)?)\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex("^[a-z]{2,4}(-[a-z]{2,12}){1,3}-[0-9]{1,2}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex RegionName();
}
