namespace Plimsoll.Docker;

/// <summary>
/// The engine takes the beginning of an id for the id, however short. A container called "cafe" that does not exist would so be
/// another one whose id begins with cafe. Here at least the twelve digits that the Docker tools show are asked for.
/// </summary>
internal static class ObjectId
{
    private const int ShortLength = 12;

    public static bool IsPrefix(string text, string id) => text.Length >= ShortLength && id.StartsWith(text, StringComparison.Ordinal);

    /// <summary>Whether the engine could take this name for the beginning of something else's id.</summary>
    public static bool IsAmbiguous(string idOrName) => idOrName.Length < ShortLength && idOrName.AsSpan().IndexOfAnyExcept("0123456789abcdef") < 0;
}
