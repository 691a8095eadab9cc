using System.Net.Sockets;

namespace Plimsoll.Plumbing.Cli.Api;

/// <summary>Makes a sentence of a connection that did not come about: which address, why, and what to do.</summary>
internal static class Unreachable
{
    public static ServerUnreachableException Explain(ServerAddress server, HttpRequestException problem) => new(Sentence(server, problem), problem);

    private static string Sentence(ServerAddress server, HttpRequestException problem)
    {
        var advice = server.IsThisMachine
            ? $"Start the server with 'plimsoll serve', or say where it runs with --url or {ServerAddress.Variable}."
            : $"Check the address in --url or {ServerAddress.Variable}, and whether the server runs.";
        return problem.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => $"There is no host called {server.Url.Host}. {advice}",
            HttpRequestError.SecureConnectionError => $"No secure connection to {server}: {Cause(problem)}",
            HttpRequestError.ConnectionError => $"No Plimsoll answers at {server}: {Cause(problem)}. {advice}",
            _ => $"The connection to {server} broke off: {Cause(problem)}",
        };
    }

    private static string Cause(HttpRequestException problem) => problem.GetBaseException() switch
    {
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "nothing listens there",
        SocketException socket => socket.Message.TrimEnd('.'),
        OperationCanceledException or TimeoutException => "it did not answer in time",
        var cause => cause.Message.TrimEnd('.'),
    };
}
