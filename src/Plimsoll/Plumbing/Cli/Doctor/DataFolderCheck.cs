using System.Globalization;
using Plimsoll.Plumbing.Config;

namespace Plimsoll.Plumbing.Cli.Doctor;

/// <summary>Whether the data folder is there, can be written and has room.</summary>
internal static class DataFolderCheck
{
    private const string Check = "data folder";
    private const long LeastBytes = 100L * 1024 * 1024;
    private const long ComfortableBytes = 1024L * 1024 * 1024;

    public static IEnumerable<Finding> Look(string folder)
    {
        if (File.Exists(folder))
        {
            yield return Finding.Problem(Check, $"{folder} is a file, not a folder.", $"Set {EnvironmentSettings.Data} to a folder.");
            yield break;
        }

        // What is not there yet is made at the first start, in the nearest folder that is.
        var existing = Nearest(folder);
        if (!FolderAccess.MayWrite(existing))
        {
            yield return Finding.Problem(
                Check, $"{existing} cannot be written by the user {Environment.UserName}.", $"Change its owner, or set {EnvironmentSettings.Data} to another folder.");
            yield break;
        }

        yield return Finding.Ok(Check, existing == folder ? $"{folder} can be written." : $"{folder} is made at the first start.");
        yield return Room(existing);
    }

    private static Finding Room(string folder)
    {
        var free = new DriveInfo(folder).AvailableFreeSpace;
        var text = string.Create(CultureInfo.InvariantCulture, $"{free / (1024d * 1024 * 1024):0.0} GiB are free.");
        return free switch
        {
            < LeastBytes => Finding.Problem("disk", text, "Free some space: without it no deployment can be recorded."),
            < ComfortableBytes => Finding.Note("disk", text, "That is little for a machine that pulls images."),
            _ => Finding.Ok("disk", text),
        };
    }

    private static string Nearest(string folder)
    {
        var existing = folder;
        while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { } parent)
        {
            existing = parent;
        }

        return existing;
    }
}
