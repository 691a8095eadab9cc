using System.Text.Json.Nodes;

namespace Plimsoll.Docker;

/// <summary>
/// Creates a network once, whoever asks at the same time. Before Docker 25 the engine's check for a taken name lets two requests
/// through that arrive together, and networks of the same name then break whatever uses the name. Callers of this process queue up. Against
/// other processes the result is looked at afterwards, and of several the oldest that the engine lists stays. That is as good as it gets
/// there: one whose creation is still under way is not listed, so on a very busy engine two processes may each keep their own.
/// </summary>
internal sealed class NetworkCreation(EngineConnection connection, NetworkOperations networks)
{
    private readonly SemaphoreSlim _gate = new(1, 1);

    public async Task<NetworkDetails> EnsureAsync(string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return await OldestAsync(name, cancellationToken) ?? await CreateAsync(name, labels, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<NetworkDetails> CreateAsync(string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
    {
        var own = await TryCreateAsync(name, labels, cancellationToken);
        var chosen = await OldestAsync(name, cancellationToken)
            ?? throw new DockerNotFoundException(
                NetworkOperations.Subject(name), "create", "It was removed right after it was created.", statusCode: null);
        if (own is not null && own != chosen.Id)
        {
            await networks.RemoveAsync(own, cancellationToken);
        }

        return chosen;
    }

    private async Task<string?> TryCreateAsync(string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["Name"] = name, ["Driver"] = "bridge", ["CheckDuplicate"] = true, ["Labels"] = labels.ToJson() };
        var call = EngineCall.Change(EnginePath.To("networks", "create"), NetworkOperations.Subject(name), "create", body.ToJsonString());
        try
        {
            return (await connection.ReadAsync(call, WireJson.Default.CreatedBody, cancellationToken)).Id;
        }
        catch (DockerConflictException)
        {
            // Somebody else created it since we looked.
            return null;
        }
    }

    private async Task<NetworkDetails?> OldestAsync(string name, CancellationToken cancellationToken) =>
        await networks.ListNamedAsync(name, cancellationToken) is [var oldest, ..] ? oldest : null;
}
