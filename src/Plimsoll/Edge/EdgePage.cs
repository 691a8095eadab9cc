using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace Plimsoll.Edge;

/// <summary>
/// The short answers that the proxy gives itself. They name the host that was asked for and nothing of what is behind it.
/// HTML for those who ask for it, plain text for everybody else.
/// </summary>
internal static class EdgePage
{
    private const int LongestHostName = 253;

    public static Task UnknownHostAsync(HttpContext context) => WriteAsync(
        context,
        StatusCodes.Status404NotFound,
        NameOf(context) is { Length: > 0 } host ? $"Nothing is published at {host}" : "The request names no host, so nothing can be found for it");

    public static Task NotReadyAsync(HttpContext context) =>
        WriteForLaterAsync(context, TimeSpan.FromSeconds(1), $"{NameOf(context)} is starting");

    public static Task UnreachableAsync(HttpContext context) => WriteAsync(
        context, StatusCodes.Status502BadGateway, $"{NameOf(context)} can't be reached at the moment");

    public static Task BadAnswerAsync(HttpContext context) => WriteAsync(
        context, StatusCodes.Status502BadGateway, $"{NameOf(context)} broke off without an answer");

    public static Task TimedOutAsync(HttpContext context) => WriteAsync(
        context, StatusCodes.Status504GatewayTimeout, $"{NameOf(context)} did not answer in time");

    public static Task CutAsync(HttpContext context) => WriteAsync(
        context, StatusCodes.Status504GatewayTimeout, $"{NameOf(context)} was replaced by a newer version before this request was answered");

    public static Task MethodRefusedAsync(HttpContext context) => WriteAsync(
        context, StatusCodes.Status405MethodNotAllowed, $"{NameOf(context)} is not a forward proxy");

    public static Task QueueFullAsync(HttpContext context, TimeSpan retryAfter) =>
        WriteForLaterAsync(context, retryAfter, $"{NameOf(context)} is paused, and as many requests wait for it as may");

    public static Task StillPausedAsync(HttpContext context, TimeSpan retryAfter) =>
        WriteForLaterAsync(context, retryAfter, $"{NameOf(context)} is paused for longer than a request can wait");

    public static Task StoppingAsync(HttpContext context, TimeSpan retryAfter) =>
        WriteForLaterAsync(context, retryAfter, $"{NameOf(context)} is paused, and the proxy in front of it stops");

    /// <param name="message">In the operator's own words, as plain text.</param>
    public static Task MaintenanceAsync(HttpContext context, TimeSpan retryAfter, string? message) =>
        WriteForLaterAsync(context, retryAfter, $"{NameOf(context)} is under maintenance", message);

    private static Task WriteForLaterAsync(HttpContext context, TimeSpan retryAfter, string sentence, string? message = null)
    {
        context.Response.Headers.RetryAfter = retryAfter.TotalSeconds.ToString("F0", CultureInfo.InvariantCulture);
        return WriteAsync(context, StatusCodes.Status503ServiceUnavailable, sentence, message);
    }

    private static Task WriteAsync(HttpContext context, int status, string sentence, string? message = null)
    {
        var response = context.Response;
        var asHtml = context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
        var body = Encoding.UTF8.GetBytes(asHtml ? Html(status, sentence, message) : $"{sentence}.\n{(message is null ? "" : $"\n{message}\n")}");
        response.StatusCode = status;
        response.ContentType = asHtml ? "text/html; charset=utf-8" : "text/plain; charset=utf-8";
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    private static string Html(int status, string sentence, string? message) =>
        $"""
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>{status}</title>
        <h1>{status}</h1>
        <p>{HtmlEncoder.Default.Encode(sentence)}.</p>
        <p style="white-space: pre-line">{HtmlEncoder.Default.Encode(message ?? "")}</p>
        </html>

        """;

    private static string NameOf(HttpContext context)
    {
        var host = HostName.Of(context.Request.Host.Value);
        return host.Length > LongestHostName ? $"{host[..LongestHostName]}…" : host.ToString();
    }
}
