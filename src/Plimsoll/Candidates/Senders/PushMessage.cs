namespace Plimsoll.Candidates.Senders;

/// <summary>A message of a sender, taken out of its wrapping: the same whether it came as a body, as a form or in the address.</summary>
/// <param name="Headers">Those that say who sent what; looked up in any case.</param>
/// <param name="Json">The message itself. For a form and for GET it is what <c>payload</c> held.</param>
internal sealed record PushMessage(IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Json)
{
    /// <summary>The value; null when the header is missing. An empty header is there, and empty.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>In lower case and without its parameters.</summary>
    public string ContentType => (Header("Content-Type") ?? "").Split(';')[0].Trim().ToLowerInvariant();

    /// <summary>Messages may hold secrets.</summary>
    public override string ToString() => $"message of {Json.Length} bytes";
}
