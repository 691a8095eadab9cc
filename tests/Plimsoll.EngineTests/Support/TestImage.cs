namespace Plimsoll.EngineTests.Support;

/// <summary>A sample application of one version, in the shared registry.</summary>
/// <param name="LocalTag">What the engine that built it calls it; never a name of the registry.</param>
/// <param name="Repository">The full name in the registry, without tag: "127.0.0.1:20123/plimsoll-tests/healthy".</param>
/// <param name="Digest">"sha256:…" of the manifest in the registry.</param>
public sealed record TestImage(ImageKind Kind, string Version, string LocalTag, string Repository, string Tag, string Digest)
{
    /// <summary>By tag.</summary>
    public string Reference => $"{Repository}:{Tag}";

    /// <summary>By digest.</summary>
    public string Pinned => $"{Repository}@{Digest}";

    /// <summary>What the application answers on /, for the kinds that answer.</summary>
    public string Body => Kind == ImageKind.MixedTraffic ? Version : $"{KindName(Kind)} {Version}";

    internal static string KindName(ImageKind kind) =>
        string.Concat(kind.ToString().Select((letter, index) => char.IsUpper(letter) && index > 0 ? $"-{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
}
