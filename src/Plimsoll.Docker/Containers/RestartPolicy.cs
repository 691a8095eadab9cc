using System.Globalization;
using System.Text.Json.Nodes;

namespace Plimsoll.Docker;

/// <summary>When the engine restarts a container by itself. Written as the Docker tools do: "unless-stopped", "on-failure:3".</summary>
internal readonly record struct RestartPolicy(string Name, int MaximumTries)
{
    public static RestartPolicy Parse(string text)
    {
        var parts = text.Split(':', 2);
        var tries = 0;
        var isKnown = parts[0] is "no" or "always" or "unless-stopped" ? parts.Length == 1
            : parts[0] == "on-failure" && (parts.Length == 1 || int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out tries));
        return isKnown
            ? new RestartPolicy(parts[0], tries)
            : throw new ArgumentException($"\"{text}\" is not a restart policy. Write no, always, unless-stopped, on-failure or on-failure:3.", nameof(text));
    }

    public JsonObject ToJson() => new() { ["Name"] = Name, ["MaximumRetryCount"] = MaximumTries };
}
