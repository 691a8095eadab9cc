using Microsoft.AspNetCore.Http.HttpResults;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Access;

/// <summary>
/// Lets a change through that is carried by a cookie only if the dashboard itself sends it. SameSite=Strict alone is not
/// enough: the applications that Plimsoll serves under the same domain are the same site.
/// </summary>
internal sealed class CrossSiteGuard(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var isCarriedByCookie = context.User.FindCaller() is { Way: SignInWay.Session };
        return isCarriedByCookie && !IsSafe(context.Request.Method) && !IsOwn(context.Request)
            ? Refused.ExecuteAsync(context)
            : next(context);
    }

    private static JsonHttpResult<Answer<AnswerErrors>> Refused => Answers.Refused(Refusal.NotAllowed(
        "This request was not sent by Plimsoll's own pages, so the browser's session does not count for it. "
        + "Scripts use a token. Behind a reverse proxy, pass the Host header on as the browser sent it."));

    private static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);

    private static bool IsOwn(HttpRequest request)
    {
        // Browsers leave Sec-Fetch-Site out towards plain http addresses other than this machine; Origin they always send.
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        return site.Length > 0
            ? site is "same-origin" or "none"
            : Uri.TryCreate(request.Headers.Origin.ToString(), UriKind.Absolute, out var origin)
              && string.Equals(origin.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
    }
}
