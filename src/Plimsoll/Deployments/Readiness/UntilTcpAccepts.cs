using System.Net.Sockets;

namespace Plimsoll.Deployments.Readiness;

/// <summary>Somebody listens on the port. The least proof, for images that offer no better one.</summary>
internal sealed class UntilTcpAccepts(TimeProvider time) : IReadinessCondition
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public bool AppliesTo(ReadinessTarget target) => target.HealthPath is null && !target.Container.HasHealthCheck && target.Port != 0;

    public async Task<ReadinessFinding> LookAsync(ReadinessTarget target, CancellationToken cancellationToken)
    {
        if (target.Address is not { } address)
        {
            return new ReadinessFinding.NotYet("it has no address on the shared network yet");
        }

        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(address, target.Port, either.Token);
            return new ReadinessFinding.Ready();
        }
        catch (SocketException problem)
        {
            return new ReadinessFinding.NotYet($"nobody listens on port {target.Port} ({problem.SocketErrorCode})");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ReadinessFinding.NotYet($"port {target.Port} did not accept a connection within {Patience.TotalSeconds:0} seconds");
        }
    }
}
