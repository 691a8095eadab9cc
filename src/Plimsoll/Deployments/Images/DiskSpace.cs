using System.Globalization;

namespace Plimsoll.Deployments.Images;

/// <summary>How much room an image needs on the engine's disk. Pure.</summary>
internal static class DiskSpace
{
    /// <summary>
    /// A layer is there twice while it is unpacked, and unpacked it is larger: two to three times is usual. An estimate on
    /// the safe side, because an engine with a full disk can do nothing any more.
    /// </summary>
    private const int TimesCompressed = 3;

    private const long Mebibyte = 1024 * 1024;
    private static readonly string[] Units = ["MiB", "GiB", "TiB", "PiB"];

    /// <param name="compressedBytes">The layers as they travel.</param>
    public static long NeededFor(long compressedBytes, int minimumFreeMegabytes)
    {
        var left = minimumFreeMegabytes * Mebibyte;
        return compressedBytes > (long.MaxValue - left) / TimesCompressed ? long.MaxValue : (compressedBytes * TimesCompressed) + left;
    }

    /// <summary>The sentence that says why the image cannot be pulled and what to do; null when there is room.</summary>
    public static string? Problem(string image, string folder, long freeBytes, long compressedBytes, int minimumFreeMegabytes)
    {
        var needed = NeededFor(compressedBytes, minimumFreeMegabytes);
        return freeBytes >= needed
            ? null
            : $"The engine's disk is too full for {image}: {Text(freeBytes)} are free at {folder} and {Text(needed)} are needed, "
            + $"which is {TimesCompressed} times the {Text(compressedBytes)} of the image and {Text(minimumFreeMegabytes * Mebibyte)} that stay free (settings: minimumFreeMegabytes). "
            + "Make room there, for example with 'docker system prune', and deploy again.";
    }

    private static string Text(long bytes)
    {
        var number = bytes / (double)Mebibyte;
        var unit = 0;
        while (number >= 1024 && unit < Units.Length - 1)
        {
            number /= 1024;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{number:0.#} {Units[unit]}");
    }
}
