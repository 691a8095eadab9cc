namespace Plimsoll.Docker;

/// <summary>
/// The path and query of a request, built from parts that may come from anywhere. Each part is escaped; a part that would climb out of its
/// place ("..") is refused.
/// </summary>
internal readonly record struct EnginePath
{
    private readonly string _text;

    private EnginePath(string text) => _text = text;

    public static EnginePath To(params ReadOnlySpan<string> segments)
    {
        var text = "";
        foreach (var segment in segments)
        {
            text += "/" + Escape(segment);
        }

        return new EnginePath(text);
    }

    /// <summary>The engine takes an image's slashes as they are.</summary>
    public static EnginePath ToImage(string reference, string? action = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reference);
        string[] segments = ["images", .. reference.Split('/')];
        return action is null ? To(segments) : To([.. segments, action]);
    }

    /// <summary>Adds a query parameter; a null value adds nothing.</summary>
    public EnginePath With(string key, string? value) =>
        value is null ? this : new EnginePath($"{_text}{(_text.Contains('?') ? '&' : '?')}{key}={Uri.EscapeDataString(value)}");

    public override string ToString() => _text;

    private static string Escape(string segment) =>
        segment is null or "" or "." or ".."
            ? throw new ArgumentException($"\"{segment}\" can not be a name or a part of one.")
            : Uri.EscapeDataString(segment);
}
