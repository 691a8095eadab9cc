namespace Plimsoll.Bench;

/// <summary>What came is not what an untouched stream would carry.</summary>
internal sealed class ProtocolException(string message) : Exception(message);
