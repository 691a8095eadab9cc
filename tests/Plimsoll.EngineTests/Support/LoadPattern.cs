namespace Plimsoll.EngineTests.Support;

/// <summary>What each connection of a <see cref="LoadGenerator"/> asks for, again and again.</summary>
/// <param name="Host">The Host header.</param>
/// <param name="UploadBytes">Above 0: a POST with that many bytes.</param>
public sealed record LoadPattern(string Host, string Path = "/", int Connections = 4, int UploadBytes = 0)
{
    /// <summary>A request that takes longer has failed.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(30);
}
