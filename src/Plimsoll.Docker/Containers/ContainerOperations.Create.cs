using System.Text.Json.Nodes;

namespace Plimsoll.Docker;

/// <content>Creating containers.</content>
public sealed partial class ContainerOperations
{
    private static readonly TimeSpan CleanUpLimit = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Creates a container, connected to all its networks and not started, and answers with its id. Whether the networks exist the engine
    /// looks at only when it starts.
    /// </summary>
    /// <exception cref="DockerConflictException">The name is taken.</exception>
    /// <exception cref="DockerNotFoundException">The engine does not have the image.</exception>
    public Task<string> CreateAsync(ContainerSpecification specification, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(specification);
        return CreateAsync(specification.Name, ContainerBody.From(specification), specification.Platform, cancellationToken);
    }

    /// <summary>
    /// Creates a container from a body in the engine's own form, which is sent as it is: every field arrives, known here or not. Several
    /// networks in its NetworkingConfig work with every engine: those that take only one at creation get the others right after, and a
    /// container that can not be connected to one of them is removed again.
    /// </summary>
    /// <exception cref="DockerConflictException">The name is taken.</exception>
    /// <exception cref="DockerNotFoundException">The engine does not have the image.</exception>
    public Task<string> CreateAsync(string name, JsonObject body, CancellationToken cancellationToken) =>
        CreateAsync(name, body, platform: null, cancellationToken);

    private async Task<string> CreateAsync(string name, JsonObject body, string? platform, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        var subject = body.Text("Image") is { } image ? $"container \"{name}\" from image \"{image}\"" : Subject(name);
        var version = await _connection.NegotiateAsync(subject, "create", cancellationToken);
        var (accepted, later) = FirstEndpoint.Split(body, version);
        var path = EnginePath.To("containers", "create").With("name", name).With("platform", platform);
        var call = EngineCall.Change(path, subject, "create", accepted.ToJsonString());
        var created = await _connection.ReadAsync(call, WireJson.Default.CreatedBody, cancellationToken);
        var id = created.Id ?? throw new DockerException(subject, "create", "The engine answered without an id.", null);
        await ConnectAsync(id, later, cancellationToken);
        return id;
    }

    private async Task ConnectAsync(string id, IReadOnlyDictionary<string, JsonObject> networks, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var (network, endpoint) in networks)
            {
                await _networks.ConnectAsync(network, id, endpoint, cancellationToken);
            }
        }
        catch (Exception e) when (e is DockerException or OperationCanceledException)
        {
            // Without this a container would be left that nobody knows the id of.
            await RemoveAfterAsync(e, id);
            throw;
        }
    }

    private async Task RemoveAfterAsync(Exception cause, string id)
    {
        try
        {
            var path = EnginePath.To("containers", id).With("force", "true").With("v", "true");
            await _connection.ExecuteAsync(EngineCall.Delete(path, Subject(id)) with { Limit = CallLimit.Of(CleanUpLimit) }, CancellationToken.None);
        }
        catch (DockerException e)
        {
            throw new AggregateException($"Container {id} could not be connected to all its networks, nor removed again.", cause, e);
        }
    }
}
