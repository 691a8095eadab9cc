using System.Net;
using System.Net.Mime;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Plimsoll.Plumbing.Cli.Api;

/// <summary>Takes answers out of the envelope, and refusals apart.</summary>
internal static class ApiAnswer
{
    private const int NotSignedIn = 40100;

    /// <returns>The envelope's data.</returns>
    /// <exception cref="RefusedException">The server said no.</exception>
    /// <exception cref="ServerUnreachableException">Something answered that is not Plimsoll.</exception>
    public static async Task<JsonElement> ReadAsync(HttpResponseMessage response, ServerAddress server, ApiToken token, CancellationToken cancellationToken)
    {
        var envelope = await ReadEnvelopeAsync(response, cancellationToken);
        return envelope switch
        {
            { Code: 0 } when response.IsSuccessStatusCode => envelope.Data,
            { Code: NotSignedIn } => throw new RefusedException(NotSignedIn, SignInSentence(server, token, envelope.Msg), NoErrors),
            { Code: int code } when code != 0 => throw Refused(code, envelope),
            _ => throw NotPlimsoll(response, server),
        };
    }

    public static T To<T>(this JsonElement data, JsonTypeInfo<T> type)
    {
        try
        {
            return data.Deserialize(type) ?? throw new JsonException("The answer is empty.");
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            throw new CommandFailedException(ExitCode.Problem, $"The server's answer has a form that plimsoll {PrintVersion.Text} does not know: {problem.Message}", problem);
        }
    }

    public static ServerUnreachableException NotPlimsoll(HttpResponseMessage response, ServerAddress server) => new(
        response.Headers.Location is { } place
            ? $"{server} sends its visitors on to {place}. Use that address, if it is Plimsoll's."
            : $"What answers at {server} is not Plimsoll, or something in front of it: the answer was {(int)response.StatusCode} and not in Plimsoll's form.");

    private static readonly Dictionary<string, string> NoErrors = [];

    private static async Task<Envelope?> ReadEnvelopeAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType != MediaTypeNames.Application.Json)
        {
            // A refusal of the framework itself, such as 401 before any handler, has no body.
            return response.StatusCode == HttpStatusCode.Unauthorized ? new Envelope(NotSignedIn, null, default) : null;
        }

        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            return await JsonSerializer.DeserializeAsync(body, CliJson.Default.Envelope, cancellationToken);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static RefusedException Refused(int code, Envelope envelope)
    {
        var errors = (envelope.Data.ValueKind == JsonValueKind.Object ? envelope.Data.To(CliJson.Default.FieldErrors).Errors : null) ?? NoErrors;
        var message = string.IsNullOrWhiteSpace(envelope.Msg) ? $"The server refused with code {code}." : envelope.Msg;
        return new RefusedException(code, message, errors)
        {
            // One error is the message itself.
            Details = errors.Count == 1 && errors.ContainsValue(message) ? [] : [.. errors.Select(error => $"{error.Key}: {error.Value}")],
        };
    }

    private static string SignInSentence(ServerAddress server, ApiToken token, string? said)
    {
        var ways = $"Make one with 'plimsoll token create' where the server runs, and give it in {ApiToken.Variable} or {ApiToken.FileVariable}.";
        return token.Value is null
            ? $"{server} wants a token, and there is none in {token.Source}. {ways}"
            : $"{server} does not accept the token from {token.Source}{(string.IsNullOrWhiteSpace(said) ? "." : $": {said}")} {ways}";
    }
}
