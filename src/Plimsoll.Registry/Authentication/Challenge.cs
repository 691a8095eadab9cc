namespace Plimsoll.Registry.Authentication;

/// <summary>One way of signing in that a server offered. The scheme is in lower case, parameter names compare without case.</summary>
internal sealed record Challenge(string Scheme, IReadOnlyDictionary<string, string> Parameters)
{
    public string? this[string name] => Parameters.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
}
