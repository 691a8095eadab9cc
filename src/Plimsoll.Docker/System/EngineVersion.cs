namespace Plimsoll.Docker;

/// <summary>What the engine is. <c>Version</c> is Docker's own ("20.10.24"); the API versions are the range the engine speaks.</summary>
public sealed record EngineVersion(
    string Version,
    string ApiVersion,
    string MinApiVersion,
    string OperatingSystem,
    string Architecture,
    string Kernel,
    string Commit);
