namespace Plimsoll.Apps.Credentials;

/// <param name="Path">Docker's configuration file; null: none is read.</param>
internal sealed record DockerConfigOptions(string? Path);
