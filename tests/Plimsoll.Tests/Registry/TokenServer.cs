using System.Text;
using Microsoft.AspNetCore.Http;

namespace Plimsoll.Tests.Registry;

/// <summary>
/// A registry that wants a token and hands it out itself under /token: "user" with "secret" gets "private-N", anybody else "public-N"
/// while <see cref="AllowsAnonymous"/>. Which tokens still open the door is up to the test.
/// </summary>
internal sealed class TokenServer(RequestDelegate behind)
{
    private int issued;

    public bool AllowsAnonymous { get; init; } = true;

    public bool OpensToAnonymous { get; init; } = true;

    public string? ExpiresIn { get; init; } = "300";

    public string TokenMember { get; init; } = "token";

    /// <summary>Written into the challenge; {origin} stands for the server's own address.</summary>
    public string Challenge { get; init; } = "Bearer realm=\"{origin}/token\",service=\"reg\",scope=\"repository:team/app:pull\"";

    public HashSet<string> Withdrawn { get; } = [];

    public int Issued => issued;

    public Task HandleAsync(HttpContext context)
    {
        var authorization = context.Request.Headers.Authorization.ToString();
        if (context.Request.Path == "/token")
        {
            return GiveToken(context, authorization);
        }

        var token = authorization.StartsWith("Bearer ", StringComparison.Ordinal) ? authorization["Bearer ".Length..] : "";
        var opens = token.StartsWith("private-", StringComparison.Ordinal) || (OpensToAnonymous && token.StartsWith("public-", StringComparison.Ordinal));
        return opens && !Withdrawn.Contains(token)
            ? behind(context)
            : context.Challenge(Challenge.Replace("{origin}", $"http://{context.Request.Host}", StringComparison.Ordinal));
    }

    private Task GiveToken(HttpContext context, string authorization)
    {
        var knows = authorization == "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("user:secret"));
        if (!knows && (authorization.Length > 0 || !AllowsAnonymous))
        {
            return context.Json("""{"details":"incorrect username or password"}""", 401);
        }

        var value = $"{(knows ? "private" : "public")}-{Interlocked.Increment(ref issued)}";
        var expires = ExpiresIn is null ? "" : $",\"expires_in\":{ExpiresIn}";
        return context.Json($$"""{"{{TokenMember}}":"{{value}}"{{expires}}}""");
    }
}
