namespace Plimsoll.Registry.Transport;

/// <summary>What one operation is about; every request and every error of it carries this.</summary>
internal sealed record RequestTarget
{
    public required RegistryEndpoint Endpoint { get; init; }

    public required RegistryAccess Access { get; init; }

    /// <summary>Names the operation's object in errors.</summary>
    public required string Subject { get; init; }

    /// <summary>Null for the registry as a whole.</summary>
    public string? Repository { get; init; }

    /// <summary>A test of the connection must not succeed because of something remembered, nor by leaving the credential out.</summary>
    public bool IsTest { get; init; }

    public static RequestTarget For(ImageReference reference, RegistryAccess? access, string? subject = null) => new()
    {
        Endpoint = RegistryEndpoint.Of(reference.Registry),
        Access = access ?? RegistryAccess.Anonymous,
        Subject = subject ?? reference.ToString(),
        Repository = reference.Repository,
    };
}
