using System.Security.Claims;

namespace Plimsoll.Access;

/// <summary>Carries the <see cref="Caller"/> as it is, so that nobody has to read it back out of claims.</summary>
internal sealed class CallerIdentity(Caller caller) : ClaimsIdentity(
    [new Claim(ClaimTypes.Name, caller.Name), new Claim(ClaimTypes.Role, caller.Role.Text())],
    AuthenticationHandler.SchemeName)
{
    public Caller Caller => caller;
}
