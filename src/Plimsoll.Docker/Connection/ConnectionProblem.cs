using System.Net.Sockets;
using System.Security.Authentication;

namespace Plimsoll.Docker;

/// <summary>Says in a sentence why no connection to the engine was possible, or how it ended, and what to look at.</summary>
internal static class ConnectionProblem
{
    public static bool IsBeforeTheRequest(Exception e) =>
        e is OperationCanceledException { InnerException: TimeoutException }
        || e is HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError
                or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError,
        };

    public static string Describe(DockerEndpoint endpoint, Exception e)
    {
        if (!IsBeforeTheRequest(e))
        {
            return $"the connection to the Docker engine at {endpoint} was lost before the answer was complete ({Innermost(e).Message}).";
        }

        return Innermost(e) switch
        {
            SocketException { SocketErrorCode: SocketError.AddressNotAvailable } when endpoint.SocketPath is not null =>
                $"there is no socket at {endpoint.SocketPath}. Is the Docker engine running, and is its socket mounted here?",
            SocketException { SocketErrorCode: SocketError.AccessDenied } =>
                $"no permission to use {endpoint}. The user needs to be root or in the group that owns the socket (often \"docker\").",
            SocketException { SocketErrorCode: SocketError.ConnectionRefused } =>
                $"nothing is listening at {endpoint}. Is the Docker engine running?",
            SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } =>
                $"the host name of {endpoint} is not known.",
            AuthenticationException tls =>
                $"no secure connection to {endpoint}: {tls.Message} The certificates come from {endpoint.CertificatePath ?? "the system"}.",
            TimeoutException => $"no connection to {endpoint} within the time for connecting.",
            var other => $"no connection to {endpoint}: {other.Message}",
        };
    }

    private static Exception Innermost(Exception e)
    {
        while (e is not (SocketException or AuthenticationException) && e.InnerException is { } inner)
        {
            e = inner;
        }

        return e;
    }
}
