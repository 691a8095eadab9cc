using System.Net.Sockets;

namespace Plimsoll.Deployments.Readiness;

/// <summary>Somebody listens on the port. The least proof, for images that offer no better one.</summary>
internal sealed class UntilTcpAccepts(TimeProvider time) : IReadinessCondition
{
    public bool AsksTheCandidate => true;

    public bool AppliesTo(ReadinessTarget target) => target.HealthPath is null && !target.Container.HasHealthCheck && target.Port != 0;

    public async Task<ReadinessFinding> LookAsync(ReadinessTarget target, CancellationToken cancellationToken)
    {
        if (target.Address is not { } address)
        {
            return new ReadinessFinding.NotYet("it has no address on the shared network yet");
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(target.Proof.TimeoutSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(address, target.Port, either.Token);
            return new ReadinessFinding.Ready { Probe = $"port {target.Port} accepted a connection" };
        }
        catch (SocketException problem)
        {
            return Failed($"nobody listens on port {target.Port} ({problem.SocketErrorCode})");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed($"port {target.Port} did not accept a connection within {target.Proof.TimeoutSeconds} seconds");
        }
    }

    private static ReadinessFinding.NotYet Failed(string what) => new(what) { Probe = what };
}
