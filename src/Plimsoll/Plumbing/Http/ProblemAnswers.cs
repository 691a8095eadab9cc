using System.Text.Json;
using System.Text.RegularExpressions;
using Plimsoll.Docker;
using Plimsoll.Plumbing.Database;
using Plimsoll.Registry;

namespace Plimsoll.Plumbing.Http;

/// <summary>
/// The one place where an exception becomes an answer. What the outside world did wrong is told with its own words;
/// a bug is told as a bug, without its inside, and is in the log.
/// </summary>
internal sealed partial class ProblemAnswers(RequestDelegate next, ILogger<ProblemAnswers> log)
{
    private const int LongestValue = 60;

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; there is nobody to answer. The status is for the log of whoever measures.
            if (!context.Response.HasStarted)
            {
                context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            }
        }
        catch (Exception problem) when (!context.Response.HasStarted)
        {
            var refusal = Explain(problem);
            if (refusal.Code == AnswerCode.Internal)
            {
                LogBug(log, context.Request.Method, Address(context), problem);
            }

            context.Response.Clear();
            await Answers.Refused(refusal).ExecuteAsync(context);
        }
    }

    private static Refusal Explain(Exception problem) => problem switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new Refusal(AnswerCode.TooLarge, "The body is too large."),
        BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } => new Refusal(AnswerCode.WrongMediaType, "Send the body as application/json."),
        BadHttpRequestException { InnerException: JsonException json } => Refusal.Invalid("body", $"The body is not the JSON this address expects: {Where(json)}."),
        BadHttpRequestException bad => ExplainBinding(bad.Message),
        JsonException json => Refusal.Invalid("body", $"The body is not the JSON this address expects: {Where(json)}."),
        StoreUnavailableException store => new Refusal(AnswerCode.StoreUnavailable, store.Message),
        DockerException docker => new Refusal(AnswerCode.DockerError, docker.Message),
        RegistryException registry => new Refusal(AnswerCode.RegistryError, registry.Message),
        _ => new Refusal(AnswerCode.Internal, "Plimsoll made a mistake. The log has the details."),
    };

    /// <summary>The framework tells these apart only by its own wording, which speaks to programmers; a test holds the wording.</summary>
    private static Refusal ExplainBinding(string message)
    {
        if (message.StartsWith("Implicit body inferred", StringComparison.Ordinal) || message.EndsWith("from body.", StringComparison.Ordinal))
        {
            return Refusal.Invalid("body", "A JSON body is needed.");
        }

        return MisfitPattern().Match(message) is { Success: true } misfit
            ? Refusal.Invalid(misfit.Groups["name"].Value, $"'{Short(misfit.Groups["value"].Value)}' is not a value for {misfit.Groups["name"].Value}.")
            : new Refusal(AnswerCode.InvalidInput, message);
    }

    private static string Short(string text) => text.Length <= LongestValue ? text : text[..LongestValue] + "…";

    /// <summary>The address as it is written in the code: the path itself may hold a secret, as the webhook's does.</summary>
    private static string Address(HttpContext context) =>
        (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "an address that does not exist";

    [GeneratedRegex("""^Failed to bind parameter "\S+ (?<name>\w+)" from "(?<value>.*)"\.$""", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex MisfitPattern();

    private static string Where(JsonException json) =>
        string.IsNullOrEmpty(json.Path) || json.Path == "$" ? "it cannot be read as JSON" : $"the value at {json.Path} does not fit";

    [LoggerMessage(100, LogLevel.Error, "{Method} {Path} failed by a mistake of Plimsoll's own.")]
    private static partial void LogBug(ILogger log, string method, string path, Exception problem);
}
