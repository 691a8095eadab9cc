namespace Plimsoll.Apps.Api;

/// <summary>What a field of a change means: absent keeps the old value, empty clears it.</summary>
internal static class FieldValue
{
    public static string? Over(string? sent, string? old) => sent is null ? old : sent.Length == 0 ? null : sent;
}
