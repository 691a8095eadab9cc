namespace Plimsoll.Docker;

/// <summary>
/// One request together with the words for its failure: subject ("container "web"") and attempt ("start").
/// </summary>
internal sealed record EngineCall(HttpMethod Method, EnginePath Path, string Subject, string Attempt, CallLimit Limit)
{
    public string? Json { get; init; }

    /// <summary>The value of X-Registry-Auth. It is a secret, which is why this record has no text form.</summary>
    public string? RegistryAuth { get; init; }

    public static EngineCall Read(EnginePath path, string subject, string attempt) =>
        new(HttpMethod.Get, path, subject, attempt, CallLimit.Read);

    public static EngineCall Change(EnginePath path, string subject, string attempt, string? json = null) =>
        new(HttpMethod.Post, path, subject, attempt, CallLimit.Change) { Json = json };

    public static EngineCall Delete(EnginePath path, string subject) =>
        new(HttpMethod.Delete, path, subject, "remove", CallLimit.Change);

    public override string ToString() => $"{Attempt} {Subject}";
}
