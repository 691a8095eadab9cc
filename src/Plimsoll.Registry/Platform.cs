namespace Plimsoll.Registry;

/// <summary>
/// An operating system and processor, in the words registries use: "x86_64" becomes amd64, "aarch64" becomes arm64/v8, "armv7l" becomes arm/v7.
/// Two spellings of one platform are equal.
/// </summary>
public sealed record Platform
{
    /// <summary>Any of the three may be written in the engine's, the kernel's or the registry's way.</summary>
    public Platform(string operatingSystem, string architecture, string? variant)
    {
        OperatingSystem = operatingSystem.Trim().ToLowerInvariant() is var system && system == "macos" ? "darwin" : system;
        (Architecture, Variant) = Normalise(architecture.Trim().ToLowerInvariant(), variant?.Trim().ToLowerInvariant());
    }

    /// <summary>"linux", "windows".</summary>
    public string OperatingSystem { get; }

    /// <summary>"amd64", "arm64", "arm", "386", "s390x".</summary>
    public string Architecture { get; }

    /// <summary>"v7", "v8", or null where the architecture has only one form. The first form of amd64 is null.</summary>
    public string? Variant { get; }

    /// <summary>"linux/arm64/v8".</summary>
    public override string ToString() => $"{OperatingSystem}/{Architecture}{(Variant is null ? "" : $"/{Variant}")}";

    private static (string Architecture, string? Variant) Normalise(string architecture, string? variant)
    {
        if (string.IsNullOrEmpty(variant))
        {
            variant = null;
        }
        else if (char.IsAsciiDigit(variant[0]))
        {
            variant = "v" + variant;
        }

        return architecture switch
        {
            "amd64" or "x86_64" or "x86-64" or "x64" => ("amd64", variant == "v1" ? null : variant),
            "arm64" or "aarch64" => ("arm64", variant ?? "v8"),
            "armv8l" or "armv8" => ("arm64", "v8"),
            "arm" or "armhf" or "armv7l" or "armv7" => ("arm", variant ?? "v7"),
            "armel" or "armv6l" or "armv6" => ("arm", variant ?? "v6"),
            "armv5l" or "armv5" => ("arm", variant ?? "v5"),
            "386" or "i386" or "i486" or "i586" or "i686" or "x86" => ("386", null),
            "ppc64el" => ("ppc64le", variant),
            _ => (architecture, variant),
        };
    }
}
