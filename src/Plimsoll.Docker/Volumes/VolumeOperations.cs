using System.Text.Json.Nodes;

namespace Plimsoll.Docker;

/// <summary>Volumes, by name.</summary>
public sealed class VolumeOperations
{
    private readonly EngineConnection _connection;

    internal VolumeOperations(EngineConnection connection) => _connection = connection;

    /// <summary>The volume of that name, created with the local driver and the labels if there was none.</summary>
    public async Task<VolumeDetails> EnsureAsync(string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(labels);
        return await FindAsync(name, cancellationToken)
            ?? await CreateAsync(new VolumeSpecification { Name = name, Labels = labels }, cancellationToken);
    }

    /// <summary>
    /// Creates a volume. One of that name and driver that is there already is returned as it is, whatever its options and labels.
    /// </summary>
    /// <exception cref="DockerConflictException">A volume of that name has another driver.</exception>
    public async Task<VolumeDetails> CreateAsync(VolumeSpecification specification, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(specification);
        var body = new JsonObject
        {
            ["Name"] = specification.Name ?? "",
            ["Driver"] = specification.Driver,
            ["DriverOpts"] = specification.Options.ToJson(),
            ["Labels"] = specification.Labels.ToJson(),
        };
        var call = EngineCall.Change(EnginePath.To("volumes", "create"), Subject(specification.Name ?? ""), "create", body.ToJsonString());
        return new VolumeDetails(await _connection.ReadDocumentAsync(call, cancellationToken));
    }

    /// <summary>The volume.</summary>
    /// <exception cref="DockerNotFoundException">There is no such volume.</exception>
    public async Task<VolumeDetails> InspectAsync(string name, CancellationToken cancellationToken)
    {
        var call = EngineCall.Read(EnginePath.To("volumes", name), Subject(name), "inspect");
        return new VolumeDetails(await _connection.ReadDocumentAsync(call, cancellationToken));
    }

    /// <summary>The volume, or null when there is none.</summary>
    public async Task<VolumeDetails?> FindAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await InspectAsync(name, cancellationToken);
        }
        catch (DockerNotFoundException)
        {
            return null;
        }
    }

    /// <summary>All volumes. Those of a driver that does not answer are missing; the engine says so only in its log.</summary>
    public async Task<IReadOnlyList<VolumeDetails>> ListAsync(CancellationToken cancellationToken)
    {
        var call = EngineCall.Read(EnginePath.To("volumes"), "volumes", "list");
        var answer = await _connection.ReadDocumentAsync(call, cancellationToken);
        return [.. (answer.List("Volumes") ?? []).OfType<JsonObject>().Select(volume => new VolumeDetails(volume))];
    }

    /// <summary>Removes a volume with everything in it. One that does not exist counts as removed.</summary>
    /// <exception cref="DockerConflictException">A container, running or not, uses it.</exception>
    public async Task RemoveAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await _connection.ExecuteAsync(EngineCall.Delete(EnginePath.To("volumes", name), Subject(name)), cancellationToken);
        }
        catch (DockerNotFoundException)
        {
            // Gone already, which is what was asked for.
        }
    }

    private static string Subject(string name) => $"volume \"{name}\"";
}
