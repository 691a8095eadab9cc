using Microsoft.Data.Sqlite;
using Plimsoll.Plumbing.Config;
using Plimsoll.Plumbing.Secrets;

namespace Plimsoll.Plumbing.Cli.Doctor;

/// <summary>Whether there is a key, and whether it is the one the store was made with.</summary>
internal static class EncryptionKeyCheck
{
    private const string Check = "encryption key";
    private const string KeyFile = "encryption.key";

    // As KeyCheck writes them; a test compares the two.
    private const string SealedSetting = "encryption_check";
    private const string SealedPurpose = "encryption check";

    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    public static Finding Look(ServeOptions options, bool serverIsRunning)
    {
        var file = Path.Combine(options.DataFolder, KeyFile);
        var hasStore = File.Exists(options.StorePath);
        if (options.EncryptionKey is null && !File.Exists(file))
        {
            return hasStore
                ? Finding.Problem(
                    Check, $"There is a store, but no key: neither {EnvironmentSettings.Key} nor {file}.", $"Set {EnvironmentSettings.Key} to the key this store was made with, or put its key file back.")
                : Finding.Ok(Check, $"One is made at the first start, in {file}.");
        }

        var origin = options.EncryptionKey is null ? file : EnvironmentSettings.Key;
        if (options.EncryptionKey is null && (File.GetUnixFileMode(file) & Others) != 0)
        {
            return Finding.Problem(Check, $"Other users can read {file}.", $"chmod 600 {file}");
        }

        if (serverIsRunning || !hasStore)
        {
            return Finding.Ok(Check, serverIsRunning ? $"{origin}; the running server has checked its own." : $"{origin} is there; there is no store yet.");
        }

        try
        {
            return Compare(options, origin);
        }
        catch (SqliteException problem)
        {
            return Finding.Problem(Check, $"The store {options.StorePath} cannot be read: {problem.Message}", "If it is damaged, restore a backup.");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return Finding.Problem(Check, $"{origin} cannot be read: {problem.Message}", "Run this as the user who runs the server.");
        }
    }

    private static Finding Compare(ServeOptions options, string origin)
    {
        var isComplete = !StoreFile.HasLog(options.StorePath);
        if (StoreFile.Setting(options.StorePath, SealedSetting) is not { } stored)
        {
            return isComplete ? Finding.Ok(Check, $"{origin} is there; the store holds nothing yet.") : NotClosed(origin);
        }

        var key = options.EncryptionKey is { } text ? EncryptionKey.FromText(text) : EncryptionKey.FromFolder(options.DataFolder);
        try
        {
            _ = new SecretBox(key).Open(Convert.FromBase64String(stored), SealedPurpose);
            return Finding.Ok(Check, $"{origin} opens the store.");
        }
        catch (WrongEncryptionKeyException)
        {
            return isComplete
                ? Finding.Problem(Check, $"{origin} is not the key the store was made with.", $"Set {EnvironmentSettings.Key} to that key, or put its {KeyFile} back.")
                : NotClosed(origin);
        }
    }

    private static Finding NotClosed(string origin) =>
        Finding.Note(Check, $"{origin} is there, but it was not compared: the store was not closed in order, and to read it would change it.", "The next start compares them.");
}
