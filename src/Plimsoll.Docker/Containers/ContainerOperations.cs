using System.Globalization;

namespace Plimsoll.Docker;

/// <summary>
/// Containers, by id (at least twelve digits) or by exact name. This part looks at them; others change them and read their streams.
/// </summary>
public sealed partial class ContainerOperations
{
    private readonly EngineConnection _connection;
    private readonly NetworkOperations _networks;

    internal ContainerOperations(EngineConnection connection, NetworkOperations networks)
    {
        _connection = connection;
        _networks = networks;
    }

    /// <summary>The containers that match the filter, in the engine's order (newest first).</summary>
    public async Task<IReadOnlyList<ContainerSummary>> ListAsync(ContainerFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);

        // The engine takes names as expressions that match a part. It only narrows the list down; what is exact is decided here.
        var filters = EngineFilters.Of(("label", filter.Labels), ("name", filter.Names));
        var path = EnginePath.To("containers", "json").With("all", filter.IncludeStopped ? "true" : null).With("filters", filters);
        var items = await _connection.ReadAsync(
            EngineCall.Read(path, "containers", "list"), WireJson.Default.ContainerListItemArray, cancellationToken);
        return
        [
            .. items.Select(ContainerSummary.From)
                .Where(container => filter.Names.Count == 0 || filter.Names.Contains(container.Name, StringComparer.Ordinal)),
        ];
    }

    /// <summary>The whole description of a container.</summary>
    /// <exception cref="DockerNotFoundException">There is no such container.</exception>
    public async Task<ContainerDetails> InspectAsync(string idOrName, CancellationToken cancellationToken)
    {
        var call = EngineCall.Read(EnginePath.To("containers", idOrName, "json"), Subject(idOrName), "inspect");
        var found = new ContainerDetails(await _connection.ReadDocumentAsync(call, cancellationToken));
        return found.IsCalled(idOrName)
            ? found
            : throw new DockerNotFoundException(call.Subject, call.Attempt, $"No such container: {idOrName}");
    }

    /// <summary>The whole description of a container, or null when there is none.</summary>
    public async Task<ContainerDetails?> FindAsync(string idOrName, CancellationToken cancellationToken)
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

    /// <summary>
    /// The host port that leads to a container's TCP port now; null when it is not published or the container does not run. With several,
    /// the first the engine names.
    /// </summary>
    public async Task<int?> FindPublishedPortAsync(string id, int containerPort, CancellationToken cancellationToken)
    {
        var container = await InspectAsync(id, cancellationToken);
        return container.PublishedPorts
            .FirstOrDefault(port => port.ContainerPort == containerPort && port.Protocol == "tcp" && port.HostPort is not null)?.HostPort;
    }

    /// <summary>
    /// What a container uses now. The engine measures twice, a second apart, so the answer takes up to two seconds.
    /// </summary>
    public async Task<ContainerStatistics> ReadStatisticsAsync(string id, CancellationToken cancellationToken)
    {
        var path = EnginePath.To("containers", await ExactAsync(id, cancellationToken), "stats").With("stream", "false");
        var call = EngineCall.Read(path, Subject(id), "measure");
        return ContainerStatistics.From(await _connection.ReadAsync(call, WireJson.Default.StatisticsBody, cancellationToken));
    }

    private static string Subject(string idOrName) => $"container \"{idOrName}\"";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>What to call the container in a path: the same, unless the engine could take it for the beginning of another one's id.</summary>
    private async ValueTask<string> ExactAsync(string idOrName, CancellationToken cancellationToken) =>
        ObjectId.IsAmbiguous(idOrName) ? (await InspectAsync(idOrName, cancellationToken)).Id : idOrName;
}
