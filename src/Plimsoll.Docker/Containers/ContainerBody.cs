using System.Text.Json.Nodes;

namespace Plimsoll.Docker;

/// <summary>Writes a specification in the engine's form.</summary>
internal static class ContainerBody
{
    public static JsonObject From(ContainerSpecification wanted)
    {
        var body = new JsonObject
        {
            ["Image"] = wanted.Image,
            ["Env"] = wanted.Environment.Select(variable => $"{variable.Key}={variable.Value}").ToJson(),
            ["Labels"] = wanted.Labels.ToJson(),
            ["ExposedPorts"] = ExposedPorts(wanted),
            ["Tty"] = wanted.HasTty,
            ["HostConfig"] = HostConfiguration(wanted),
        };
        Put(body, "Cmd", wanted.Command?.ToJson());
        Put(body, "Entrypoint", wanted.Entrypoint?.ToJson());
        Put(body, "User", wanted.User);
        Put(body, "WorkingDir", wanted.WorkingDirectory);
        Put(body, "Hostname", wanted.Hostname);
        Put(body, "StopSignal", wanted.StopSignal);
        Put(body, "StopTimeout", wanted.StopTimeout is { } timeout ? WholeSeconds.Of(timeout) : null);
        Put(body, "Healthcheck", wanted.HealthCheck?.ToJson());
        Put(body, "NetworkingConfig", Endpoints(wanted));
        return body;
    }

    private static JsonObject HostConfiguration(ContainerSpecification wanted)
    {
        var host = new JsonObject
        {
            ["PortBindings"] = PortBindings.ToJson(wanted.PublishedPorts),
            ["RestartPolicy"] = RestartPolicy.Parse(wanted.RestartPolicy).ToJson(),
            ["Mounts"] = new JsonArray([.. wanted.Mounts.Select(mount => (JsonNode)mount.ToJson())]),
            ["ExtraHosts"] = wanted.ExtraHosts.ToJson(),
            ["ReadonlyRootfs"] = wanted.IsReadOnly,
        };
        Put(host, "NetworkMode", wanted.Network);
        Put(host, "Memory", wanted.MemoryBytes);
        Put(host, "NanoCpus", wanted.Cpus is { } cpus ? (long)decimal.Round(cpus * 1_000_000_000m) : null);
        Put(host, "PidsLimit", wanted.ProcessLimit);
        Put(host, "Init", wanted.Init ? true : null);
        return host;
    }

    private static JsonObject ExposedPorts(ContainerSpecification wanted)
    {
        var ports = new JsonObject();
        foreach (var port in wanted.ExposedPorts)
        {
            ports[PortBindings.Key(port, "tcp")] = new JsonObject();
        }

        foreach (var port in wanted.PublishedPorts)
        {
            ports[PortBindings.Key(port.ContainerPort, port.Protocol)] = new JsonObject();
        }

        return ports;
    }

    private static JsonObject? Endpoints(ContainerSpecification wanted)
    {
        var endpoints = new JsonObject();
        if (wanted.NetworkAliases.Count > 0 || wanted.FurtherNetworks.Count > 0)
        {
            var first = wanted.Network ?? "bridge";
            endpoints[first] = new NetworkJoin(first, wanted.NetworkAliases).ToJson();
        }

        foreach (var join in wanted.FurtherNetworks)
        {
            endpoints[join.Network] = join.ToJson();
        }

        return endpoints.Count == 0 ? null : new JsonObject { ["EndpointsConfig"] = endpoints };
    }

    private static void Put(JsonObject holder, string name, JsonNode? value)
    {
        if (value is not null)
        {
            holder[name] = value;
        }
    }
}
