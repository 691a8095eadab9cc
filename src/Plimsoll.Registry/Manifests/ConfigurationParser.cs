using System.Globalization;
using System.Text.Json;

namespace Plimsoll.Registry.Manifests;

/// <summary>Reads an image's configuration. Members of the wrong kind count as absent: images come from everywhere.</summary>
internal static class ConfigurationParser
{
    public static ImageConfiguration Read(JsonElement document, Digest manifest, Digest resolved)
    {
        var config = document.Member("config") ?? default;
        return new ImageConfiguration
        {
            ManifestDigest = manifest,
            ResolvedDigest = resolved,
            Created = ReadInstant(document.Text("created")),
            Architecture = document.Text("architecture") ?? "",
            OperatingSystem = document.Text("os") ?? "",
            Labels = config.Members("Labels").DistinctBy(label => label.Name).ToDictionary(label => label.Name, label => label.Value.AsText() ?? ""),
            ExposedTcpPorts = [.. config.Members("ExposedPorts").Select(port => ReadTcpPort(port.Name)).OfType<int>().Distinct().Order()],
            HasHealthCheck = config.Member("Healthcheck")?.Texts("Test") is [not "NONE" and not "", ..],
            Environment = config.Texts("Env"),
            Entrypoint = config.Texts("Entrypoint"),
            Command = config.Texts("Cmd"),
            User = config.Text("User") ?? "",
            WorkingDirectory = config.Text("WorkingDir") ?? "",
            StopSignal = config.Text("StopSignal") is { Length: > 0 } signal ? signal : null,
        };
    }

    private static DateTimeOffset? ReadInstant(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant : null;

    /// <summary>"80/tcp" or "80"; other protocols are none of a proxy's business.</summary>
    private static int? ReadTcpPort(string text)
    {
        var number = text.EndsWith("/tcp", StringComparison.OrdinalIgnoreCase) ? text[..^"/tcp".Length] : text;
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535 ? port : null;
    }
}
