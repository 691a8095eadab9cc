using Plimsoll.Apps.Policies;
using Plimsoll.Candidates.Images;

namespace Plimsoll.Decisions.Rules;

/// <summary>A tag and the version that is behind it, as far as tag and image tell. Pure.</summary>
internal sealed record Versioned(string Tag, TagVersion? Version)
{
    /// <summary>A whole version in the tag goes before the image's label; the label goes before a tag like <c>1</c> or <c>latest</c>.</summary>
    public static Versioned Of(string tag, ImageFacts? image)
    {
        var hasTag = TagVersion.TryParse(tag, out var ofTag);
        if (hasTag && ofTag!.Parts == 3)
        {
            return new Versioned(tag, ofTag);
        }

        return TagVersion.TryParse(image?.Contents?.Version, out var ofLabel) && (!hasTag || (ofLabel!.Major == ofTag!.Major && (ofTag.Parts < 2 || ofLabel.Minor == ofTag.Minor)))
            ? new Versioned(tag, ofLabel)
            : new Versioned(tag, ofTag);
    }

    /// <summary>How large the step to another is; null: it cannot be told.</summary>
    public UpdateKind? StepTo(Versioned next)
    {
        if (Version is null || next.Version is null)
        {
            return Tag == next.Tag ? UpdateKind.Digest : null;
        }

        return Version.Major != next.Version.Major ? UpdateKind.Major
            : Version.Minor != next.Version.Minor ? UpdateKind.Minor
            : Version.CompareTo(next.Version) != 0 ? UpdateKind.Patch
            : UpdateKind.Digest;
    }

    public string Name => Version is null || Tag.EndsWith(Version.ToString(), StringComparison.Ordinal) ? Tag : $"{Tag} ({Version})";
}
