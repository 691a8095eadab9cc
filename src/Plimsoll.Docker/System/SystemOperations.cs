namespace Plimsoll.Docker;

/// <summary>Questions about the engine itself.</summary>
public sealed class SystemOperations
{
    private const string Subject = "the engine";

    private readonly EngineConnection _connection;

    internal SystemOperations(EngineConnection connection) => _connection = connection;

    /// <summary>
    /// Returns when the engine answers, with the API version that calls use from now on. Waits 20 seconds at most.
    /// </summary>
    public Task<ApiVersion> PingAsync(CancellationToken cancellationToken) => _connection.PingAsync(cancellationToken);

    /// <summary>The version of Docker and the API versions it speaks.</summary>
    public async Task<EngineVersion> GetVersionAsync(CancellationToken cancellationToken)
    {
        var call = EngineCall.Read(EnginePath.To("version"), Subject, "ask the version of");
        var body = await _connection.ReadAsync(call, WireJson.Default.VersionBody, cancellationToken);
        return new EngineVersion(
            body.Version ?? "", body.ApiVersion ?? "", body.MinApiVersion ?? "", body.Os ?? "", body.Arch ?? "", body.KernelVersion ?? "", body.GitCommit ?? "");
    }

    /// <summary>The engine's description of itself and its host.</summary>
    public async Task<EngineInfo> GetInfoAsync(CancellationToken cancellationToken)
    {
        var call = EngineCall.Read(EnginePath.To("info"), Subject, "ask for a description of");
        return new EngineInfo(await _connection.ReadDocumentAsync(call, cancellationToken));
    }

    /// <summary>What the engine keeps on disk. The engine measures anew for each question, which can take a minute on a large host.</summary>
    public async Task<DiskUsage> GetDiskUsageAsync(CancellationToken cancellationToken)
    {
        var call = EngineCall.Read(EnginePath.To("system", "df"), Subject, "measure the disk usage of") with { Limit = CallLimit.Change };
        return new DiskUsage(await _connection.ReadDocumentAsync(call, cancellationToken));
    }
}
