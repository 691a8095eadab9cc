namespace Plimsoll.Registry;

/// <summary>A credential no longer works, yet what was asked for is public and was read without it. Somebody should be told.</summary>
/// <param name="Registry">The canonical name of the registry.</param>
/// <param name="Username">Whose credential it is; null where only a password was given.</param>
/// <param name="Sentence">What the token server said, for a person.</param>
public sealed record CredentialRefusal(string Registry, string? Username, string Sentence);
