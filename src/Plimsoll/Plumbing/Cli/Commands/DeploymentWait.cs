using System.Text.Json;
using Plimsoll.Plumbing.Cli.Api;
using Plimsoll.Plumbing.Cli.Printing;

namespace Plimsoll.Plumbing.Cli.Commands;

/// <summary>Stays with a deployment until it is over, printing its log, and says how it ended.</summary>
internal sealed class DeploymentWait(ApiClient api, Printer printer, TimeProvider time)
{
    private static readonly TimeSpan LastLook = TimeSpan.FromSeconds(5);

    /// <returns>0: it is live.</returns>
    /// <exception cref="CommandFailedException">It is not live, or not over in time.</exception>
    public async Task<int> UntilOverAsync(string what, string id, TimeSpan limit, CancellationToken cancellationToken)
    {
        var data = await printer.WithProgressAsync($"{what}: queued", show => FollowAsync(what, id, limit, show, cancellationToken));
        printer.Data(data);
        var end = data.To(CliJson.Default.DeploymentStatus);
        return end switch
        {
            { State: DeploymentStatus.Succeeded } => Live(what),
            { IsOver: true } => throw new CommandFailedException(ExitCode.NotDeployed, $"{what}: {end.State}. {end.Reason}"),
            _ => throw new CommandFailedException(
                ExitCode.TimeOver, $"{what}: after {limit.TotalSeconds:0} s the deployment {id} is still {end.State}. It goes on; 'plimsoll status' shows how it ends."),
        };
    }

    private async Task<JsonElement> FollowAsync(string what, string id, TimeSpan limit, Action<string> show, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        var follower = new DeploymentFollower(api, id, line => Print(what, line, show), time);
        try
        {
            return await follower.FollowAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return await LookOnceMoreAsync(follower, what, id, limit, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            printer.Note($"{what}: nobody waits any more, but the deployment {id} goes on.");
            throw;
        }
    }

    /// <summary>The last word belongs to the server: the deployment may have ended while the connection was lost.</summary>
    private async Task<JsonElement> LookOnceMoreAsync(DeploymentFollower follower, string what, string id, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(LastLook, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            return await follower.ReadDeploymentAsync(either.Token);
        }
        catch (Exception problem) when (problem is ServerUnreachableException || (problem is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new CommandFailedException(
                ExitCode.TimeOver, $"{what}: after {limit.TotalSeconds:0} s it is not known how the deployment {id} goes: the server does not answer.", problem);
        }
    }

    private int Live(string what)
    {
        printer.Line($"{what} is live.", Mood.Good);
        return ExitCode.Done;
    }

    private void Print(string what, DeploymentLine line, Action<string> show)
    {
        show($"{what}: {line.State}");
        printer.Line($"{Moments.Clock(line.At, time)}  {line.State,-12} {line.Text}");
    }
}
