using System.Text.Json.Nodes;

namespace Plimsoll.Docker;

/// <content>What happens to a container between its creation and its end.</content>
public sealed partial class ContainerOperations
{
    /// <summary>Starts a container. One that runs already is left alone.</summary>
    public Task StartAsync(string id, CancellationToken cancellationToken) => PostAsync(id, "start", [], CallLimit.Change, cancellationToken);

    /// <summary>
    /// Stops a container with its own stop signal and returns when it has stopped. One that does not run is left alone. After
    /// <paramref name="timeout"/> it is killed; null leaves that to the container's own StopTimeout (10 seconds unless it says otherwise)
    /// and sets no limit here beside the token.
    /// </summary>
    public Task StopAsync(string id, TimeSpan? timeout, CancellationToken cancellationToken) =>
        PostAsync(id, "stop", [("t", Seconds(timeout))], Beyond(timeout), cancellationToken);

    /// <summary>Stops a container as <see cref="StopAsync"/> does and starts it again. One that does not run is only started.</summary>
    public Task RestartAsync(string id, TimeSpan? timeout, CancellationToken cancellationToken) =>
        PostAsync(id, "restart", [("t", Seconds(timeout))], Beyond(timeout), cancellationToken);

    /// <summary>Gives a container another name. It may run.</summary>
    /// <exception cref="DockerConflictException">The name is taken.</exception>
    public Task RenameAsync(string id, string newName, CancellationToken cancellationToken) =>
        PostAsync(id, "rename", [("name", newName)], CallLimit.Change, cancellationToken, $"rename to \"{newName}\"");

    /// <summary>Sends SIGKILL. Does not wait for its effect.</summary>
    /// <exception cref="DockerConflictException">The container does not run.</exception>
    public Task KillAsync(string id, CancellationToken cancellationToken) => KillAsync(id, "SIGKILL", cancellationToken);

    /// <summary>Sends a signal, by name ("SIGHUP") or number. Does not wait for its effect.</summary>
    /// <exception cref="DockerConflictException">The container does not run.</exception>
    public Task KillAsync(string id, string signal, CancellationToken cancellationToken) =>
        PostAsync(id, "kill", [("signal", signal)], CallLimit.Change, cancellationToken, $"send {signal} to");

    /// <summary>
    /// Removes a container; force kills it first if it runs. One that does not exist counts as removed, and one that the engine is already
    /// removing is waited for, so that its name is free afterwards.
    /// </summary>
    /// <exception cref="DockerConflictException">It runs, and force was not asked for.</exception>
    public async Task RemoveAsync(string id, bool force, bool removeAnonymousVolumes, CancellationToken cancellationToken)
    {
        try
        {
            var path = EnginePath.To("containers", await ExactAsync(id, cancellationToken))
                .With("force", force ? "true" : null)
                .With("v", removeAnonymousVolumes ? "true" : null);
            await _connection.ExecuteAsync(EngineCall.Delete(path, Subject(id)), cancellationToken);
        }
        catch (DockerNotFoundException)
        {
            // Gone already, which is what was asked for.
        }
        catch (DockerConflictException e) when (e.EngineMessage?.Contains("already in progress", StringComparison.Ordinal) == true)
        {
            await WaitForRemovalAsync(id, cancellationToken);
        }
    }

    /// <summary>Sets when the engine restarts it by itself: "no", "always", "unless-stopped", "on-failure" or "on-failure:3".</summary>
    public async Task UpdateRestartPolicyAsync(string id, string policy, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["RestartPolicy"] = RestartPolicy.Parse(policy).ToJson() };
        var path = EnginePath.To("containers", await ExactAsync(id, cancellationToken), "update");
        var call = EngineCall.Change(path, Subject(id), $"set the restart policy \"{policy}\" of", body.ToJsonString());
        await _connection.ExecuteAsync(call, cancellationToken);
    }

    /// <summary>
    /// Waits until a container does not run, however long that takes, and answers with its exit code: at once for one that has stopped,
    /// and 0 for one that was never started.
    /// </summary>
    public async Task<long> WaitAsync(string id, CancellationToken cancellationToken)
    {
        var path = EnginePath.To("containers", await ExactAsync(id, cancellationToken), "wait");
        var call = EngineCall.Change(path, Subject(id), "wait for") with { Limit = CallLimit.None };
        var exit = await _connection.ReadAsync(call, WireJson.Default.ContainerExit, cancellationToken);
        return exit.Error?.Message is { Length: > 0 } message
            ? throw new DockerException(call.Subject, call.Attempt, message, null)
            : exit.StatusCode;
    }

    private static string? Seconds(TimeSpan? timeout) => timeout is { } length ? Number(WholeSeconds.Of(length)) : null;

    // The engine answers after the container's time is over; it gets a minute more for the killing.
    private static CallLimit Beyond(TimeSpan? timeout) =>
        timeout is { } length && length != Timeout.InfiniteTimeSpan ? CallLimit.Of(length + TimeSpan.FromMinutes(1)) : CallLimit.None;

    private async Task WaitForRemovalAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            var path = EnginePath.To("containers", id, "wait").With("condition", "removed");
            await _connection.ExecuteAsync(EngineCall.Change(path, Subject(id), "wait for the removal of"), cancellationToken);
        }
        catch (DockerNotFoundException)
        {
            // It went between the two questions.
        }
    }

    private async Task PostAsync(
        string id, string action, (string Key, string? Value)[] query, CallLimit limit, CancellationToken cancellationToken, string? attempt = null)
    {
        var path = EnginePath.To("containers", await ExactAsync(id, cancellationToken), action);
        foreach (var (key, value) in query)
        {
            path = path.With(key, value);
        }

        await _connection.ExecuteAsync(EngineCall.Change(path, Subject(id), attempt ?? action) with { Limit = limit }, cancellationToken);
    }
}
