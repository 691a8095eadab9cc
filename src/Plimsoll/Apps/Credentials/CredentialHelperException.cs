namespace Plimsoll.Apps.Credentials;

/// <summary>A credential helper was of no help. The message is a sentence for a person and holds no secret.</summary>
internal sealed class CredentialHelperException(string message, Exception? inner = null) : Exception(message, inner);
