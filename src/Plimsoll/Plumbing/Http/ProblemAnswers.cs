using System.Text.Json;
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
                LogBug(log, context.Request.Method, context.Request.Path, problem);
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
        BadHttpRequestException bad => new Refusal(AnswerCode.InvalidInput, bad.Message),
        JsonException json => Refusal.Invalid("body", $"The body is not the JSON this address expects: {Where(json)}."),
        StoreUnavailableException store => new Refusal(AnswerCode.StoreUnavailable, store.Message),
        DockerException docker => new Refusal(AnswerCode.DockerError, docker.Message),
        RegistryException registry => new Refusal(AnswerCode.RegistryError, registry.Message),
        _ => new Refusal(AnswerCode.Internal, "Plimsoll made a mistake. The log has the details."),
    };

    private static string Where(JsonException json) =>
        string.IsNullOrEmpty(json.Path) || json.Path == "$" ? "it cannot be read as JSON" : $"the value at {json.Path} does not fit";

    [LoggerMessage(100, LogLevel.Error, "{Method} {Path} failed by a mistake of Plimsoll's own.")]
    private static partial void LogBug(ILogger log, string method, string path, Exception problem);
}
