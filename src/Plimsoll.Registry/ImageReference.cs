using System.Diagnostics.CodeAnalysis;
using Plimsoll.Registry.References;

namespace Plimsoll.Registry;

/// <summary>
/// The full name of an image, in the one canonical spelling that two references share when they mean the same thing:
/// "nginx", "docker.io/nginx" and "index.docker.io/library/nginx" are equal. A reference always prints so that it can be read back.
/// </summary>
public sealed record ImageReference
{
    internal const string DockerHub = "docker.io";
    internal const string OfficialPrefix = "library/";

    internal ImageReference(string registry, string repository, string? tag, Digest? digest)
    {
        Registry = registry;
        Repository = repository;
        Tag = tag;
        Digest = digest;
    }

    /// <summary>Host and optional port in lower case: "docker.io", "ghcr.io", "localhost:5000", "[::1]:5000".</summary>
    public string Registry { get; }

    /// <summary>The path inside the registry, with "library/" written out for Docker Hub's official images.</summary>
    public string Repository { get; }

    /// <summary>The tag as it was written, or null; "latest" is never made up here.</summary>
    public string? Tag { get; private init; }

    /// <summary>The digest as it was written, or null. Where both tag and digest are given, the digest decides.</summary>
    public Digest? Digest { get; private init; }

    /// <summary>"registry/repository", the canonical name without tag and digest.</summary>
    public string Name => $"{Registry}/{Repository}";

    /// <summary>The shortest name that still reads back as the same image: "nginx" for "docker.io/library/nginx".</summary>
    public string FamiliarName => FamiliarNames.Of(this);

    /// <summary>Whether the registry is this very machine: localhost, 127.0.0.0/8 or ::1.</summary>
    public bool IsLoopback => RegistryHost.IsLoopback(Registry);

    /// <summary>Reads a reference.</summary>
    /// <exception cref="FormatException">The text is no reference; the message is a sentence that says why.</exception>
    public static ImageReference Parse(string text) =>
        TryParse(text, out var reference, out var problem) ? reference : throw new FormatException(problem);

    /// <summary>Reads a reference by the grammar that Docker uses. Never throws; <paramref name="problem"/> is a sentence for a person.</summary>
    public static bool TryParse(
        string? text,
        [NotNullWhen(true)] out ImageReference? reference,
        [NotNullWhen(false)] out string? problem) => ReferenceParser.TryParse(text, out reference, out problem);

    /// <summary>Whether this can stand after the colon of a reference: up to 128 letters, digits, "_", "." and "-", not beginning with the last two.</summary>
    public static bool IsValidTag(string tag) => ReferenceGrammar.IsTag(tag);

    /// <summary>The same image under another tag. A digest is dropped: it belonged to the old tag.</summary>
    /// <exception cref="ArgumentException">The tag is not a valid one.</exception>
    public ImageReference WithTag(string tag) => IsValidTag(tag)
        ? this with { Tag = tag, Digest = null }
        : throw new ArgumentException($"\"{Excerpt.Of(tag)}\" is not a tag: a tag is up to 128 letters, digits, '_', '.' and '-'.", nameof(tag));

    /// <summary>The same image pinned to a digest; the tag stays as the name it was found under.</summary>
    /// <exception cref="ArgumentException">The digest is the default value.</exception>
    public ImageReference WithDigest(Digest digest) => digest == default
        ? throw new ArgumentException("An empty digest names nothing.", nameof(digest))
        : this with { Digest = digest };

    /// <summary>The canonical text: "docker.io/library/nginx:1.27@sha256:…".</summary>
    public override string ToString() =>
        Name + (Tag is null ? "" : $":{Tag}") + (Digest is { } digest ? $"@{digest}" : "");
}
