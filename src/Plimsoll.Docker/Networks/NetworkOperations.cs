using System.Text.Json.Nodes;

namespace Plimsoll.Docker;

/// <summary>Networks, by id (at least twelve digits) or by exact name, and who is connected to them.</summary>
public sealed class NetworkOperations
{
    private readonly EngineConnection _connection;
    private readonly NetworkCreation _creation;

    internal NetworkOperations(EngineConnection connection)
    {
        _connection = connection;
        _creation = new NetworkCreation(connection, this);
    }

    /// <summary>
    /// The network of that name, created as a bridge with the labels if there was none. Callers that come at the same time, from this
    /// process or others, get the same network. One that was there is returned as it is, whatever its labels.
    /// </summary>
    public Task<NetworkDetails> EnsureAsync(string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(labels);
        return _creation.EnsureAsync(name, labels, cancellationToken);
    }

    /// <summary>The network with everything connected to it.</summary>
    /// <exception cref="DockerNotFoundException">There is no such network.</exception>
    public async Task<NetworkDetails> InspectAsync(string idOrName, CancellationToken cancellationToken)
    {
        var call = EngineCall.Read(EnginePath.To("networks", idOrName), Subject(idOrName), "inspect");
        var found = new NetworkDetails(await _connection.ReadDocumentAsync(call, cancellationToken));
        return found.IsCalled(idOrName)
            ? found
            : throw new DockerNotFoundException(call.Subject, call.Attempt, $"network {idOrName} not found");
    }

    /// <summary>The network with everything connected to it, or null when there is none.</summary>
    public async Task<NetworkDetails?> FindAsync(string idOrName, CancellationToken cancellationToken)
    {
        try
        {
            return await InspectAsync(idOrName, cancellationToken);
        }
        catch (DockerNotFoundException)
        {
            return null;
        }
    }

    /// <summary>All networks, the engine's own ("bridge", "host", "none") included, without what is connected to them.</summary>
    public Task<IReadOnlyList<NetworkDetails>> ListAsync(CancellationToken cancellationToken) => ListAsync(filters: null, cancellationToken);

    /// <summary>Connects a container, running or not, and lets others in the network find it by the aliases, too.</summary>
    /// <exception cref="DockerConflictException">It is connected already.</exception>
    public Task ConnectAsync(string network, string container, IReadOnlyList<string> aliases, CancellationToken cancellationToken) =>
        ConnectAsync(network, container, new NetworkJoin(network, aliases).ToJson(), cancellationToken);

    /// <summary>Connects a container with endpoint settings in the engine's own form, which are sent as they are.</summary>
    /// <exception cref="DockerConflictException">It is connected already.</exception>
    public async Task ConnectAsync(string network, string container, JsonObject endpoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var body = new JsonObject { ["Container"] = container, ["EndpointConfig"] = endpoint.DeepClone() };
        var path = EnginePath.To("networks", await ExactAsync(network, cancellationToken), "connect");
        var call = EngineCall.Change(path, Subject(network), $"connect container \"{container}\" to", body.ToJsonString());
        await _connection.ExecuteAsync(call, cancellationToken);
    }

    /// <summary>
    /// Takes a container out of a network. One that is not in it is left alone. Force also frees the place of a container that the engine
    /// has lost.
    /// </summary>
    public async Task DisconnectAsync(string network, string container, bool force, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["Container"] = container, ["Force"] = force };
        var path = EnginePath.To("networks", await ExactAsync(network, cancellationToken), "disconnect");
        var call = EngineCall.Change(path, Subject(network), $"disconnect container \"{container}\" from", body.ToJsonString());
        try
        {
            await _connection.ExecuteAsync(call, cancellationToken);
        }
        catch (DockerException e) when (e.EngineMessage?.Contains("is not connected to", StringComparison.Ordinal) == true)
        {
            // Out already, which is what was asked for. Engines differ in the status they say it with.
        }
    }

    /// <summary>Removes a network. One that does not exist counts as removed.</summary>
    /// <exception cref="DockerConflictException">Containers are connected to it.</exception>
    public async Task RemoveAsync(string idOrName, CancellationToken cancellationToken)
    {
        try
        {
            var path = EnginePath.To("networks", await ExactAsync(idOrName, cancellationToken));
            await _connection.ExecuteAsync(EngineCall.Delete(path, Subject(idOrName)), cancellationToken);
        }
        catch (DockerNotFoundException)
        {
            // Gone already, which is what was asked for.
        }
    }

    internal static string Subject(string idOrName) => $"network \"{idOrName}\"";

    /// <summary>The networks of exactly that name; engines before 25.0 can have several. The oldest comes first.</summary>
    internal async Task<IReadOnlyList<NetworkDetails>> ListNamedAsync(string name, CancellationToken cancellationToken)
    {
        var similar = await ListAsync(EngineFilters.Of(("name", [name])), cancellationToken);
        return [.. similar.Where(network => network.Name == name).OrderBy(network => network.Created).ThenBy(network => network.Id, StringComparer.Ordinal)];
    }

    private async Task<IReadOnlyList<NetworkDetails>> ListAsync(string? filters, CancellationToken cancellationToken)
    {
        var call = EngineCall.Read(EnginePath.To("networks").With("filters", filters), "networks", "list");
        var networks = await _connection.ReadDocumentsAsync(call, cancellationToken);
        return [.. networks.OfType<JsonObject>().Select(network => new NetworkDetails(network))];
    }

    private async ValueTask<string> ExactAsync(string idOrName, CancellationToken cancellationToken) =>
        ObjectId.IsAmbiguous(idOrName) ? (await InspectAsync(idOrName, cancellationToken)).Id : idOrName;
}
