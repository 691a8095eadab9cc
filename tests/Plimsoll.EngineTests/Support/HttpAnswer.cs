namespace Plimsoll.EngineTests.Support;

/// <summary>A whole answer. <paramref name="Body"/> is cut after 64 KiB.</summary>
internal sealed record HttpAnswer(int Status, string Body, bool ClosesConnection);
