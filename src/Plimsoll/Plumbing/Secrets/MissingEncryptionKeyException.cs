namespace Plimsoll.Plumbing.Secrets;

/// <summary>There is a store, but the key it was made with is not given. A new one would open nothing in it.</summary>
internal sealed class MissingEncryptionKeyException(string path) : Exception(
    $"There is a store, but no key for it: neither ENCRYPTION_KEY nor {path}. Set ENCRYPTION_KEY to the key this data folder was made with, or put its key file back. Nothing was changed.");
