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

    public static Task NotReadyAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "1";
        return WriteAsync(context, StatusCodes.Status503ServiceUnavailable, $"{NameOf(context)} is starting");
    }

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

    private static Task WriteAsync(HttpContext context, int status, string sentence)
    {
        var response = context.Response;
        var asHtml = context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
        var body = Encoding.UTF8.GetBytes(asHtml ? Html(status, sentence) : $"{sentence}.\n");
        response.StatusCode = status;
        response.ContentType = asHtml ? "text/html; charset=utf-8" : "text/plain; charset=utf-8";
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    private static string Html(int status, string sentence) =>
        $"""
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>{status}</title>
        <h1>{status}</h1>
        <p>{HtmlEncoder.Default.Encode(sentence)}.</p>
        </html>

        """;

    private static string NameOf(HttpContext context)
    {
        var host = HostName.Of(context.Request.Host.Value);
        return host.Length > LongestHostName ? $"{host[..LongestHostName]}…" : host.ToString();
    }
}
