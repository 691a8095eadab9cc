using System.Text.Json.Nodes;

namespace Plimsoll.Docker;

/// <summary>
/// Engines before API 1.44 take one network endpoint at creation and refuse more. This parts a body with several: the primary network,
/// which NetworkMode names, stays; the others are connected afterwards.
/// </summary>
internal static class FirstEndpoint
{
    public static (JsonObject Body, IReadOnlyDictionary<string, JsonObject> Later) Split(JsonObject body, ApiVersion version)
    {
        if (version >= ApiVersion.SeveralEndpoints || body.Object("NetworkingConfig").Object("EndpointsConfig") is not { Count: > 1 } endpoints)
        {
            return (body, new Dictionary<string, JsonObject>());
        }

        var mode = body.Object("HostConfig").Text("NetworkMode");
        var wanted = mode is null or "" or "default" ? "bridge" : mode;
        var first = endpoints.ContainsKey(wanted) ? wanted : endpoints.First().Key;
        var accepted = (JsonObject)body.DeepClone();
        accepted["NetworkingConfig"]!["EndpointsConfig"] = new JsonObject { [first] = endpoints[first]?.DeepClone() };
        return (accepted, endpoints
            .Where(endpoint => endpoint.Key != first)
            .ToDictionary(endpoint => endpoint.Key, endpoint => endpoint.Value?.DeepClone() as JsonObject ?? [], StringComparer.Ordinal));
    }
}
