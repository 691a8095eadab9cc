using System.Net;
using Plimsoll.Registry.References;

namespace Plimsoll.Registry.Transport;

/// <summary>Turns an answer that is not a success into the one exception of this library.</summary>
internal static class ServerRefusal
{
    /// <summary>Reads the body for the server's own words; a body that cannot be read only costs those words.</summary>
    public static async Task<RegistryException> ReadAsync(RegistryAnswer answer, RequestTarget target, DateTimeOffset now)
    {
        byte[] body;
        try
        {
            body = await answer.ReadBodyAsync(ServerMessage.MostBytes);
        }
        catch (RegistryException)
        {
            body = [];
        }

        return From(answer, target, body, now);
    }

    public static RegistryException From(RegistryAnswer answer, RequestTarget target, byte[] body, DateTimeOffset now)
    {
        var said = ServerMessage.Read(body, target.Access);
        var failure = answer.IsFromAnotherHost ? FailureOfStorage(answer.Status) : FailureOf(answer.Status, said.Codes);
        var sentence = $"{Explain(failure, answer, target)}{(said.Text is null ? "" : $" It said: {said.Text.TrimEnd('.')}.")}";
        return new RegistryException(failure, target.Subject, NetworkFailure.Sentence(target.Subject, sentence))
        {
            Said = said.Text?.TrimEnd('.'),
            RetryAfter = RetryAfter.Parse(answer.Header("Retry-After"), now),
            IsTransient = failure is RegistryFailure.RateLimited or RegistryFailure.Unreachable
                || (int)answer.Status >= 500
                || (answer.IsFromAnotherHost && failure == RegistryFailure.BadAnswer),
            Step = failure switch
            {
                RegistryFailure.Unauthorized => ConnectionStep.Authentication,
                RegistryFailure.Denied => ConnectionStep.Permission,
                _ => ConnectionStep.Protocol,
            },
        };
    }

    private static RegistryFailure FailureOf(HttpStatusCode status, IReadOnlyList<string> codes) => status switch
    {
        HttpStatusCode.TooManyRequests => RegistryFailure.RateLimited,
        _ when codes.Contains("TOOMANYREQUESTS") => RegistryFailure.RateLimited,
        HttpStatusCode.Unauthorized => RegistryFailure.Unauthorized,
        HttpStatusCode.Forbidden => RegistryFailure.Denied,
        HttpStatusCode.NotFound => RegistryFailure.NotFound,
        HttpStatusCode.RequestTimeout or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout =>
            RegistryFailure.Unreachable,
        HttpStatusCode.BadRequest when codes.Contains("UNAUTHORIZED") => RegistryFailure.Unauthorized,
        HttpStatusCode.BadRequest when codes.Contains("DENIED") => RegistryFailure.Denied,
        HttpStatusCode.BadRequest when codes.Contains("NAME_UNKNOWN") || codes.Contains("MANIFEST_UNKNOWN") => RegistryFailure.NotFound,
        _ => RegistryFailure.BadAnswer,
    };

    /// <summary>A storage host's 401 or 403 speaks of the signed address it was given, not of our credential.</summary>
    private static RegistryFailure FailureOfStorage(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => RegistryFailure.BadAnswer,
        _ => FailureOf(status, []),
    };

    private static string Explain(RegistryFailure failure, RegistryAnswer answer, RequestTarget target)
    {
        var host = Excerpt.Of(answer.Address.Authority);
        if (answer.IsFromAnotherHost)
        {
            return $"{host}, where {target.Endpoint.Registry} keeps it, answered {(int)answer.Status}.";
        }

        return (failure, target.Access.HasCredential) switch
        {
            (RegistryFailure.Unauthorized, false) => $"{host} wants a credential; either the image is private or it does not exist.",
            (RegistryFailure.Unauthorized, true) => $"{host} did not accept the credential of {Excerpt.Of(target.Access.ToString())}.",
            (RegistryFailure.Denied, _) => $"{host} does not allow this for {Excerpt.Of(target.Access.ToString())}.",
            (RegistryFailure.NotFound, _) => $"{host} does not have it.",
            (RegistryFailure.RateLimited, _) => $"{host} was asked too often.",
            _ => $"{host} answered {(int)answer.Status}.",
        };
    }
}
