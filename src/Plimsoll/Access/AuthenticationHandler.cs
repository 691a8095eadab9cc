using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Access;

/// <summary>
/// Finds out who sends a request: by token, by name and password, or by the session of a browser, in this order. A header
/// that is wrong is not made good by a cookie: whoever sends one means it.
/// </summary>
internal sealed class AuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    TokenStore tokens,
    PasswordCheck passwords,
    LiveSessions sessions) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "Plimsoll";

    /// <summary>Why the header was not accepted. The framework keeps one handler per request, so the challenge finds it here.</summary>
    private SignInAnswer? _refused;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Context.GetEndpoint()?.Metadata.GetMetadata<OwnAuthorization>() is not null)
        {
            return AuthenticateResult.NoResult();
        }

        var header = Request.Headers.Authorization.ToString();
        if (header.Length > 0)
        {
            return AuthorizationHeader.Token(header) is { } token ? ByToken(token)
                : AuthorizationHeader.IsBasic(header) ? await ByPasswordAsync(header)
                : Refuse("This kind of Authorization header is not known here. Send a token as 'Bearer plm_…', or Basic.");
        }

        return SessionCookie.Read(Request) is { } secret && await sessions.FindAsync(Context, secret) is { } session
            ? Accept(session.Caller)
            : AuthenticateResult.NoResult();
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (_refused?.RetryAfter is null && AuthorizationHeader.IsBasic(Request.Headers.Authorization.ToString()))
        {
            // Only for those who came this way: a browser would ask for a password in a window of its own.
            Response.Headers.WWWAuthenticate = "Basic realm=\"Plimsoll\", charset=\"UTF-8\"";
        }

        await (_refused ?? NotSignedIn).RefuseAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var caller = Context.User.FindCaller();
        var needed = Context.GetEndpoint()?.Metadata.GetOrderedMetadata<RequiredRole>().Select(required => required.Role).DefaultIfEmpty(Role.Admin).Max();
        return Answers.Refused(Refusal.NotAllowed($"This needs the role {needed?.Text()}; {caller} has the role {caller?.Role.Text()}.")).ExecuteAsync(Context);
    }

    private static SignInAnswer NotSignedIn { get; } = SignInAnswer.NotSignedIn(
        "Sign in first: with POST /api/auth/login, or send a token as 'Authorization: Bearer plm_…'.");

    private AuthenticateResult ByToken(string secret) => tokens.Find(secret) is { } token
        ? Accept(token.Caller)
        : Refuse("This token is not valid: it is unknown, was removed or has expired.");

    private async Task<AuthenticateResult> ByPasswordAsync(string header)
    {
        if (AuthorizationHeader.NameAndPassword(header) is not var (name, password))
        {
            return Refuse("This Basic header cannot be read: it is 'Basic' and the base64 of name:password.");
        }

        var answer = await passwords.CheckAsync(name, password, Context.Connection.RemoteIpAddress, Context.RequestAborted);
        return answer.User switch
        {
            null => Refuse(answer),
            // A password alone must not be a way round the code.
            { HasSecondFactor: true } => Refuse("This user has a second factor, so name and password are not enough here. Scripts use a token."),
            { } user => Accept(new Caller(user.Name, user.Role, SignInWay.Password) { UserId = user.Id, Projects = user.Projects }),
        };
    }

    private AuthenticateResult Accept(Caller caller) =>
        AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new CallerIdentity(caller)), Scheme.Name));

    private AuthenticateResult Refuse(string message) => Refuse(SignInAnswer.NotSignedIn(message));

    private AuthenticateResult Refuse(SignInAnswer answer)
    {
        _refused = answer;
        return AuthenticateResult.Fail(answer.Refusal!.Message);
    }
}
