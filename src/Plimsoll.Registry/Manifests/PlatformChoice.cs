using System.Globalization;
using Plimsoll.Registry.References;

namespace Plimsoll.Registry.Manifests;

/// <summary>
/// Picks the child of an index that an engine of a platform would run: the same architecture in its own form, else the newest older form
/// (v6 on v7), else the 32-bit sibling. Attestations, which sit in the same list, are never images.
/// </summary>
internal static class PlatformChoice
{
    private const int NoVariant = 10;

    public static ContentDescriptor? Choose(IReadOnlyList<ContentDescriptor> children, Platform wanted)
    {
        var images = children.Where(child => !child.IsAttestation && child.Platform?.OperatingSystem != "unknown").ToList();
        var best = images
            .Select(child => (Child: child, Rank: child.Platform is null ? null : Rank(child.Platform, wanted)))
            .Where(candidate => candidate.Rank is not null)
            .OrderByDescending(candidate => candidate.Rank)
            .FirstOrDefault();

        // An index of one image that does not name its platform leaves nothing to choose.
        return best.Child ?? (images is [{ Platform: null } only] ? only : null);
    }

    public static string Offered(IReadOnlyList<ContentDescriptor> children)
    {
        var names = children.Where(child => !child.IsAttestation).Select(child => child.Platform?.ToString() ?? "unnamed").Distinct().Take(12).ToList();
        return names.Count == 0 ? "none" : Excerpt.Of(string.Join(", ", names), 300);
    }

    /// <summary>Higher is better; null cannot run at all.</summary>
    private static int? Rank(Platform offered, Platform wanted)
    {
        if (offered.OperatingSystem != wanted.OperatingSystem)
        {
            return null;
        }

        if (offered.Architecture == wanted.Architecture)
        {
            var (has, limit) = (VariantNumber(offered.Variant), VariantNumber(wanted.Variant));
            return has <= limit ? 10_000 + has : null;
        }

        return (wanted.Architecture, offered.Architecture) switch
        {
            ("amd64", "386") => 0,
            ("arm64", "arm") => VariantNumber(offered.Variant),
            _ => null,
        };
    }

    /// <summary>"v8" is 80, "v8.2" is 82; an absent variant is the first one.</summary>
    private static int VariantNumber(string? variant) =>
        decimal.TryParse(variant?.TrimStart('v'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number < 1000
            ? (int)(number * 10)
            : NoVariant;
}
