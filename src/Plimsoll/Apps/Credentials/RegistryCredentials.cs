using Plimsoll.Docker;
using Plimsoll.Registry;

namespace Plimsoll.Apps.Credentials;

/// <summary>
/// Finds how to sign in to a registry: the registry that the project names, else the first stored one of that host; where that has no
/// credential, or there is none, Docker's configuration. Passwords of Amazon's registries are fetched on the way.
/// </summary>
internal sealed class RegistryCredentials(RegistryStore registries, EcrPasswords amazon, DockerConfig docker)
{
    /// <summary>For questions of our own.</summary>
    /// <exception cref="RegistryException">A password could not be fetched.</exception>
    public Task<RegistryAccess> AccessAsync(string host, long? preferred, CancellationToken cancellationToken) =>
        AccessAsync(registries.For(host, preferred) ?? Unknown(host), cancellationToken);

    /// <exception cref="RegistryException">A password could not be fetched.</exception>
    public async Task<RegistryAccess> AccessAsync(RegistryEntry registry, CancellationToken cancellationToken) =>
        await CredentialAsync(registry, cancellationToken) is { } credential
            ? registry.WithoutCredential() with { Username = credential.Username, Password = credential.Password, IdentityToken = credential.IdentityToken }
            : registry.WithoutCredential();

    /// <summary>For the engine's pulls.</summary>
    /// <exception cref="RegistryException">A password could not be fetched.</exception>
    public async Task<RegistryCredential?> ForPullAsync(string host, long? preferred, CancellationToken cancellationToken) =>
        await CredentialAsync(registries.For(host, preferred) ?? Unknown(host), cancellationToken) is { } credential
            ? new RegistryCredential(host, credential.Username, credential.Password, credential.IdentityToken)
            : null;

    private async Task<StoredCredential?> CredentialAsync(RegistryEntry registry, CancellationToken cancellationToken)
    {
        if (registry.FetchesFromAmazon)
        {
            var password = await amazon.GetAsync(registry, cancellationToken);
            return new StoredCredential(password.Username, password.Password, null);
        }

        return registry.Token is { } token
            ? new StoredCredential(registry.Username ?? token, token, null)
            : await docker.FindAsync(registry.Host, cancellationToken);
    }

    /// <summary>Nobody described it: what its host tells of its kind counts.</summary>
    private static RegistryEntry Unknown(string host) => new() { Name = host, Host = host, Type = RegistryTypes.OfHost(host).Name };
}
