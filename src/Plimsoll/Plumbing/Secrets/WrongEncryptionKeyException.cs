namespace Plimsoll.Plumbing.Secrets;

/// <summary>A sealed value does not open with the key that was given.</summary>
internal sealed class WrongEncryptionKeyException(string purpose) : Exception(
    $"The encryption key does not open what the store holds ({purpose}). Set ENCRYPTION_KEY to the key this data folder was made with, or put its encryption.key file back. Nothing was changed.");
