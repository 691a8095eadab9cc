using System.Globalization;
using System.Text.Json.Nodes;

namespace Plimsoll.Docker;

/// <summary>The engine's form of published ports: {"80/tcp": [{"HostIp": "", "HostPort": "8080"}]}.</summary>
internal static class PortBindings
{
    public static string Key(int port, string protocol) => string.Create(CultureInfo.InvariantCulture, $"{port}/{protocol}");

    public static JsonObject ToJson(IEnumerable<PublishedPort> ports)
    {
        var bindings = new JsonObject();
        foreach (var sameKey in ports.GroupBy(port => Key(port.ContainerPort, port.Protocol), StringComparer.Ordinal))
        {
            bindings[sameKey.Key] = new JsonArray([.. sameKey.Select(port => (JsonNode)new JsonObject
            {
                ["HostIp"] = port.HostAddress ?? "",
                ["HostPort"] = port.HostPort?.ToString(CultureInfo.InvariantCulture) ?? "",
            })]);
        }

        return bindings;
    }

    /// <summary>A port that is exposed but not published has null in place of the list.</summary>
    public static IEnumerable<PublishedPort> Read(JsonObject? bindings) =>
        from binding in bindings ?? []
        let parts = binding.Key.Split('/')
        let port = Number(parts[0])
        where port is not null && binding.Value is JsonArray
        from place in (JsonArray)binding.Value!
        select new PublishedPort(
            port.Value,
            Number(place.Text("HostPort")),
            place.Text("HostIp") is { Length: > 0 } address ? address : null,
            parts.Length > 1 ? parts[1] : "tcp");

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535 ? port : null;
}
