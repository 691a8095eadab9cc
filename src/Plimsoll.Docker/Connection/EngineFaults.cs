using System.Net;
using System.Text;
using System.Text.Json;

namespace Plimsoll.Docker;

/// <summary>Turns an answer that is not a success, or a connection that failed, into the exception that says so.</summary>
internal static class EngineFaults
{
    private const int LongestMessage = 16 * 1024;

    public static bool IsConnectionFault(Exception e) =>
        e is HttpRequestException or IOException or OperationCanceledException { InnerException: TimeoutException };

    public static DockerUnavailableException Unreachable(EngineCall call, DockerEndpoint endpoint, Exception e) =>
        new(call.Subject, call.Attempt, ConnectionProblem.Describe(endpoint, e), !ConnectionProblem.IsBeforeTheRequest(e), e);

    public static DockerUnavailableException TooSlow(EngineCall call, DockerEndpoint endpoint, TimeSpan limit, Exception e) =>
        new(call.Subject, call.Attempt, $"the Docker engine at {endpoint} gave no answer within {limit.TotalSeconds:0.#} seconds.", outcomeIsUnknown: true, e);

    public static async Task<DockerException> ReadAsync(
        EngineCall call, HttpResponseMessage response, DockerEndpoint endpoint, CancellationToken token)
    {
        var body = new byte[LongestMessage];
        await using var stream = await response.Content.ReadAsStreamAsync(token);
        var length = await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, token);
        var version = response.Headers.TryGetValues("Api-Version", out var values) ? values.FirstOrDefault() : null;
        return From(call, response.StatusCode, Encoding.UTF8.GetString(body, 0, length), endpoint, version);
    }

    public static DockerException From(EngineCall call, HttpStatusCode status, string body, DockerEndpoint endpoint, string? engineVersion = null)
    {
        var (message, isEngine) = Message(body);
        var code = (int)status;
        return status switch
        {
            HttpStatusCode.BadRequest when VersionRefusal(message) => new DockerVersionException(
                call.Subject, call.Attempt, engineVersion ?? "unknown", ApiVersion.Newest,
                $"this client speaks API versions {ApiVersion.Oldest} to {ApiVersion.Newest}, the engine at {endpoint} speaks {engineVersion ?? "others"} and answered: {message}", message, code),

            // The engine says so of addresses it does not know, not of objects.
            HttpStatusCode.NotFound when message is "page not found" => new DockerException(
                call.Subject, call.Attempt, $"{endpoint} does not know this request ({call.Method} {call.Path})", code),
            HttpStatusCode.NotFound => new DockerNotFoundException(call.Subject, call.Attempt, message),
            HttpStatusCode.Conflict => new DockerConflictException(call.Subject, call.Attempt, message),
            HttpStatusCode.Forbidden when IsConflict(message) => new DockerConflictException(call.Subject, call.Attempt, message, code),

            // Something between us and the engine answered in its place. The engine's own 503 is JSON and means something else.
            HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout when !isEngine =>
                new DockerUnavailableException(
                    call.Subject, call.Attempt, $"{endpoint} answered {code} in place of the Docker engine.", outcomeIsUnknown: true, statusCode: code),
            _ => new DockerException(call.Subject, call.Attempt, message, code),
        };
    }

    private static (string? Message, bool IsEngine) Message(string body)
    {
        try
        {
            if (JsonSerializer.Deserialize(body, WireJson.Default.ErrorBody)?.Message is { } message)
            {
                return (message.Trim(), true);
            }
        }
        catch (JsonException)
        {
            // Some refusals are plain text, and a proxy in between answers with HTML: the text itself is then the message.
        }

        var text = body.Trim();
        return (text.Length == 0 ? null : text, false);
    }

    private static bool VersionRefusal(string? message) =>
        message is not null
        && message.Contains("client version", StringComparison.OrdinalIgnoreCase)
        && (message.Contains("too old", StringComparison.OrdinalIgnoreCase) || message.Contains("too new", StringComparison.OrdinalIgnoreCase));

    private static bool IsConflict(string? message) =>
        message is not null
        && (message.Contains("has active endpoints", StringComparison.Ordinal)
            || message.Contains("already exists in network", StringComparison.Ordinal));
}
