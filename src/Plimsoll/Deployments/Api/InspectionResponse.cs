namespace Plimsoll.Deployments.Api;

/// <summary>What an image says of itself, and what a project for it would be.</summary>
/// <param name="Project">A project that has this image already; null: none.</param>
/// <param name="Environment">The names of the variables that the image sets.</param>
public sealed record InspectionResponse(
    string Image,
    string Digest,
    string? Project,
    ProposedFields Fields,
    IReadOnlyList<string> Environment,
    IReadOnlyDictionary<string, string> Labels);

/// <summary>What a form begins with.</summary>
/// <param name="Port">0: none.</param>
/// <param name="Address">What would be opened in a browser; null: nothing.</param>
public sealed record ProposedFields(
    ProposedText Name,
    ProposedNumber Port,
    ProposedText Healthcheck,
    ProposedText Stage,
    ProposedText TagPattern,
    ProposedText Subdomain,
    ProposedText Address);

/// <summary>A value and, in words, where it comes from.</summary>
public sealed record ProposedText(string? Value, string Source);

/// <summary>A value and, in words, where it comes from.</summary>
public sealed record ProposedNumber(int Value, string Source);
