using Plimsoll.Docker;

namespace Plimsoll.Plumbing.Cli.Doctor;

/// <summary>Whether the engine's network is there on which the proxy reaches instances.</summary>
internal static class NetworkCheck
{
    private const string Check = "network";

    public static async Task<Finding> LookAsync(DockerEngine engine, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await engine.Networks.FindAsync(name, cancellationToken) is null
                ? Finding.Ok(Check, $"{name} is made with the first deployment.")
                : Finding.Ok(Check, $"{name} is there.");
        }
        catch (DockerException problem)
        {
            return Finding.Problem(Check, problem.Message);
        }
    }
}
