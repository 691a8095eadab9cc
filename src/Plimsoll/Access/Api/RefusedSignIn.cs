namespace Plimsoll.Access.Api;

/// <summary>A refusal that may say how long to wait.</summary>
internal sealed class RefusedSignIn(SignInAnswer answer) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => answer.RefuseAsync(httpContext);
}
