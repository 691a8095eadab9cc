using Plimsoll.Docker;

namespace Plimsoll.Plumbing.Cli.Doctor;

/// <summary>Whether the Docker engine answers and speaks a version that Plimsoll speaks.</summary>
internal static class EngineCheck
{
    private const string Check = "engine";

    public static async Task<Finding> LookAsync(DockerEngine engine, CancellationToken cancellationToken)
    {
        try
        {
            var spoken = await engine.System.PingAsync(cancellationToken);
            var version = await engine.System.GetVersionAsync(cancellationToken);
            return Finding.Ok(Check, $"Docker {version.Version} ({version.OperatingSystem}/{version.Architecture}) at {engine.Endpoint}, API {spoken} of {version.MinApiVersion} to {version.ApiVersion}.");
        }
        catch (DockerUnavailableException problem)
        {
            return Finding.Problem(Check, problem.Message, "Start Docker, or set DOCKER_HOST. If permission is denied, add this user to the group that owns the socket.");
        }
        catch (DockerVersionException problem)
        {
            return Finding.Problem(Check, problem.Message, "Update the one of the two that is older.");
        }
        catch (DockerException problem)
        {
            return Finding.Problem(Check, problem.Message);
        }
    }
}
