namespace Plimsoll.Access;

/// <summary>The cookie that carries a session's secret.</summary>
internal static class SessionCookie
{
    public const string Name = "plimsoll_session";

    public static string? Read(HttpRequest request) => request.Cookies[Name] is { Length: > 0 } value ? value : null;

    public static void Write(HttpContext context, string secret)
    {
        var options = OptionsFor(context.Request);
        options.MaxAge = SessionStore.Lifetime;
        context.Response.Cookies.Append(Name, secret, options);
    }

    public static void Remove(HttpContext context) => context.Response.Cookies.Delete(Name, OptionsFor(context.Request));

    private static CookieOptions OptionsFor(HttpRequest request) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = request.IsHttps,
        Path = "/",
        IsEssential = true,
    };
}
