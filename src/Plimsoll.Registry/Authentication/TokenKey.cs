using System.Security.Cryptography;
using System.Text;
using Plimsoll.Registry.Transport;

namespace Plimsoll.Registry.Authentication;

/// <summary>
/// What a token was given for. The credential enters as a hash, so that a changed password never uses what the old one got, and the key
/// itself gives nothing away.
/// </summary>
internal sealed record TokenKey(string Registry, string Realm, string? Service, string Scopes, string Credential)
{
    public static TokenKey Of(SignInPlan plan, RequestTarget target, bool withCredential) => new(
        target.Endpoint.Authority,
        plan.Realm!.AbsoluteUri,
        plan.Service,
        string.Join(' ', plan.Scopes),
        withCredential ? CredentialHash(target.Access) : "");

    public static string CredentialHash(RegistryAccess access) => access.HasCredential
        ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{access.Username}\0{access.Password}\0{access.IdentityToken}")))
        : "";
}
