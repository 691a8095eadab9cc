using System.Text;

namespace Plimsoll.Apps.Seed;

/// <summary>Reads files that a person named, which may be anything.</summary>
internal static class BoundedFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is longer than <paramref name="longestBytes"/>, or is not UTF-8.</exception>
    public static string ReadText(string path, int longestBytes)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var buffer = new byte[longestBytes + 1];
        var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return length > longestBytes ? throw new InvalidDataException($"it is longer than {longestBytes / 1024} KiB.") : Decode(buffer.AsSpan(0, length));
    }

    /// <exception cref="InvalidDataException">The bytes are not UTF-8.</exception>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidDataException("it is not text in UTF-8.");
        }
    }

    /// <summary>Whether this is the fault of the file, not of the program.</summary>
    public static bool IsAboutTheFile(Exception problem) =>
        problem is IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    public static string Sentence(Exception problem) => problem switch
    {
        FileNotFoundException or DirectoryNotFoundException => "The file is not there.",
        UnauthorizedAccessException => "The file cannot be read: permission denied, or it is a folder.",
        _ => $"The file cannot be read: {problem.Message}",
    };
}
