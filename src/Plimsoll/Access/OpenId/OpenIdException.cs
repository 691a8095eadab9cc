namespace Plimsoll.Access.OpenId;

/// <summary>The provider could not be asked, or what it said cannot be believed. The message is for the log: it names no secret.</summary>
internal sealed class OpenIdException(string message, Exception? inner = null) : Exception(message, inner);
