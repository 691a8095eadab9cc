namespace Plimsoll.Plumbing.Database;

/// <summary>One change, as the audit trail keeps it. Who made it is found out by whoever records it.</summary>
/// <param name="Action">Stable, kebab-case, and the kind of the event where there is one: <c>project-changed</c>.</param>
/// <param name="Subject">What was changed, as a person names it: <c>stage rel of shop</c>.</param>
internal sealed record Change(string Action, string Subject)
{
    /// <summary>As it was; null: it was not there. What is a secret by its name is left out when it is recorded.</summary>
    public object? Before { get; init; }

    /// <summary>As it is now; null: it is gone.</summary>
    public object? After { get; init; }

    /// <summary>The project it belongs to, if it belongs to one.</summary>
    public string? Project { get; init; }

    /// <summary>Who made the change, where that is not who signed in for the request.</summary>
    public string? Who { get; init; }

    /// <summary>What was before and after may hold secrets.</summary>
    public override string ToString() => $"{Action} {Subject}";
}
