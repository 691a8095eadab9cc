namespace Plimsoll.Plumbing.Database;

/// <summary>The store was written by a newer Plimsoll than this one.</summary>
internal sealed class NewerStoreException(string path, int found, int known) : Exception(
    $"The store {path} has version {found}, but this Plimsoll knows only up to {known}. Start the newer Plimsoll again, or restore a backup made before the upgrade. Nothing was changed.");
