namespace Plimsoll.Tests.Registry;

/// <summary>A request as a server saw it.</summary>
internal sealed record SeenRequest(string Method, string Host, string Path, string Query, string? Authorization, IReadOnlyList<string> Accept)
{
    public override string ToString() => $"{Method} {Path}{Query}";
}
