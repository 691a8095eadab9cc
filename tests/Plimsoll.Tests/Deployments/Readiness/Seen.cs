using System.Text.Json.Nodes;
using Plimsoll.Apps;
using Plimsoll.Deployments;
using Plimsoll.Deployments.Readiness;
using Plimsoll.Docker;

namespace Plimsoll.Tests.Deployments.Readiness;

/// <summary>Candidates as the engine describes them.</summary>
internal static class Seen
{
    public const string Running = """{"Status":"running","Running":true}""";

    /// <param name="state">The engine's own words.</param>
    public static ReadinessTarget Target(string state, bool hasHealthCheck = false, int port = 0, string? path = null, HealthProof? proof = null, string? address = "127.0.0.1", HiddenValues? hidden = null)
    {
        var check = hasHealthCheck ? """{"Test":["CMD","/check"]}""" : "null";
        var container = new ContainerDetails((JsonObject)JsonNode.Parse($$$"""{"Id":"1","State":{{{state}}},"Config":{"Healthcheck":{{{check}}}}}""")!);
        return new ReadinessTarget(container, address, port, path, proof ?? new HealthProof(), hidden ?? new HiddenValues(new Dictionary<string, string>()));
    }
}
