namespace Plimsoll.Registry;

/// <summary>A registry wants to be left alone, or no longer does.</summary>
/// <param name="Registry">The canonical name of the registry.</param>
/// <param name="Until">When it may be asked again; null: the cool-down was ended before its time.</param>
/// <param name="Reason">A sentence for a person.</param>
public sealed record RegistryCoolDown(string Registry, DateTimeOffset? Until, string Reason);
